import sharp from 'sharp';

import { encodePng } from './encodePng.ts';
import type { Raster } from './raster.ts';
import { element, text } from './svg.ts';
import type { TextStyle } from './svg.ts';
import { colours, fontStack } from './tokens.ts';

/** A text to be drawn on pixels, baseline at y. */
export interface Label extends TextStyle {
  readonly x: number;
  readonly y: number;
  readonly content: string;
}

/** The RGB raster as a PNG with labels drawn over it. Without labels the pixels are the raster's own. */
export async function encodeLabelled(raster: Raster, labels: readonly Label[]): Promise<Buffer> {
  if (labels.length === 0) return encodePng(raster);
  const { data, width, height, channels } = raster;
  const words = labels
    .map(({ x, y, content, ...style }) => text(x, y, content, { colour: colours.ink2, ...style }))
    .join('');
  const overlay = element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', width, height, 'font-family': fontStack, 'font-size': 11 },
    words,
  );
  return sharp(data, { raw: { width, height, channels } })
    .composite([{ input: Buffer.from(overlay) }])
    .removeAlpha()
    .toColourspace('srgb')
    .png({ compressionLevel: 6, adaptiveFiltering: false, palette: false })
    .toBuffer();
}
