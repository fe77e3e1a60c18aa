import type { Crop } from '../../contract/dataSet.ts';

/** A square of a picture, in whole pixels from its upper left corner. */
export interface CropBox {
  left: number;
  top: number;
  side: number;
}

const celebaWidth = 178;
const celebaHeight = 218;

/** CelebA's aligned pictures, at their own size or enlarged: the same sides' ratio within 0.5 %. */
function hasCelebaShape(width: number, height: number): boolean {
  return Math.abs((width * celebaHeight) / (height * celebaWidth) - 1) < 0.005;
}

function centralSquare(width: number, height: number, side: number): CropBox {
  return { left: Math.floor((width - side) / 2), top: Math.floor((height - side) / 2), side };
}

/**
 * The square of a width × height picture (after its EXIF rotation) that a preset uses:
 * - `vae`: the central 148 of CelebA's 178 × 218 (rows 35:183, columns 15:163), as the paper's base code for its VAE;
 * - `dcgan`: rows 45:173, columns 25:153 of CelebA's, as the paper's base code for its GAN;
 * - `full`: the largest central square.
 * The first two scale with a CelebA-shaped picture; in a picture of any other shape they are the largest central square.
 */
export function cropBox(crop: Crop, width: number, height: number): CropBox {
  const scale = width / celebaWidth;
  const full = centralSquare(width, height, Math.min(width, height));
  if (crop === 'full' || !hasCelebaShape(width, height)) return full;
  if (crop === 'vae') return centralSquare(width, height, Math.max(1, Math.round(148 * scale)));
  const left = Math.round(25 * scale);
  const top = Math.round(45 * scale);
  return { left, top, side: Math.max(1, Math.min(Math.round(128 * scale), width - left, height - top)) };
}

/** Takes a position in the picture, in pixels with a pixel's centre at +0.5, to the index frame of the resized crop, where a pixel's centre is a whole number. */
export function toCropPixels(point: readonly [number, number], box: CropBox, size: number): [number, number] {
  const scale = size / box.side;
  return [(point[0] - box.left) * scale - 0.5, (point[1] - box.top) * scale - 0.5];
}
