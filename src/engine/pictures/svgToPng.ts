import sharp from 'sharp';

import { requireWhole } from './raster.ts';
import { colours } from './tokens.ts';

/** A PNG of an SVG at `scale` times its own size in pixels, on the panel colour. */
export async function svgToPng(svg: string, scale = 2): Promise<Buffer> {
  requireWhole('scale', scale, 1);
  return sharp(Buffer.from(svg), { density: 72 * scale })
    .flatten({ background: colours.panel })
    .toColourspace('srgb')
    .png({ compressionLevel: 9, adaptiveFiltering: false, palette: false })
    .toBuffer();
}
