import sharp from 'sharp';
import type { Sharp } from 'sharp';

/** The test picture of test/oracles/cropResize.py, RGB, 178 × 218. */
export function formulaPicture(): { pixels: Uint8Array; width: number; height: number } {
  const width = 178;
  const height = 218;
  const pixels = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const start = (row * width + column) * 3;
      pixels[start] = (row * 7 + column * 3) % 256;
      pixels[start + 1] = Math.floor((row * column) / 151) % 256;
      pixels[start + 2] = (Math.floor(row / 9) + Math.floor(column / 7)) % 2 === 1 ? 230 : 25;
    }
  }
  return { pixels, width, height };
}

/** A picture of one colour, to be encoded. */
export function plain(colour: string, width = 178, height = 218): Sharp {
  return sharp({ create: { width, height, channels: 3, background: colour } });
}

/** A JPEG of the formula's picture: tens of kilobytes, so that it can be cut. */
export function detailedJpeg(): Promise<Buffer> {
  const { pixels, width, height } = formulaPicture();
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg()
    .toBuffer();
}

export const webPage = '<!DOCTYPE html><html><head><title>Quota exceeded</title></head></html>';
