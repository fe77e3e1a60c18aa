import sharp from 'sharp';
import { requireWhole } from './raster.ts';
import { groundBytes } from './tokens.ts';

/**
 * PNGs of this folder side by side, row by row, each at its own pixels on the common ground; a row is as high as its
 * highest. The parts of one figure, such as (a) to (f), become one picture.
 */
export async function pictureSheet(
  rows: readonly (readonly Buffer[])[],
  { gap = 8 }: { gap?: number } = {},
): Promise<Buffer> {
  requireWhole('gap', gap, 0);
  if (rows.length === 0 || rows.some((row) => row.length === 0))
    throw new RangeError('pictureSheet: nothing to show');
  const placed: { input: Buffer; left: number; top: number }[] = [];
  let [width, top] = [0, 0];
  for (const row of rows) {
    let [left, height] = [0, 0];
    for (const input of row) {
      const size = sizeOfPng(input);
      placed.push({ input, left, top });
      left += size.width + gap;
      height = Math.max(height, size.height);
    }
    width = Math.max(width, left - gap);
    top += height + gap;
  }
  const [r, g, b] = groundBytes;
  return sharp({ create: { width, height: top - gap, channels: 3, background: { r, g, b } } })
    .composite(placed)
    .removeAlpha()
    .toColourspace('srgb')
    .png({ compressionLevel: 9, adaptiveFiltering: false, palette: false })
    .toBuffer();
}

/** From the header (PNG, IHDR). */
function sizeOfPng(png: Buffer): { width: number; height: number } {
  if (png.length < 24 || png.readUInt32BE(12) !== 0x49484452) throw new RangeError('pictureSheet: not a PNG');
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}
