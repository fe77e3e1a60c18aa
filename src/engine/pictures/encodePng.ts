import sharp from 'sharp';

import { enlarge, requireLength, requireWhole } from './raster.ts';
import type { Raster } from './raster.ts';

export interface PngOptions {
  /** Whole number by which each pixel is enlarged, nearest neighbour. Default 1. */
  readonly scale?: number;
  /** zlib level, 0 to 9: larger is smaller and slower. Default 6. */
  readonly compressionLevel?: number;
}

/**
 * A PNG of the raster: grey, RGB or RGBA, 8 bits a channel, no metadata, so that the same pixels always give
 * the same bytes (of one version of sharp). Throws a RangeError if sizes and data disagree.
 */
export async function encodePng(raster: Raster, options: PngOptions = {}): Promise<Buffer> {
  const { scale = 1, compressionLevel = 6 } = options;
  requireWhole('width', raster.width, 1);
  requireWhole('height', raster.height, 1);
  requireLength('picture', raster.data.length, raster.height, raster.width, raster.channels);
  const { data, width, height, channels } = enlarge(raster, scale);
  return sharp(data, { raw: { width, height, channels } })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .png({ compressionLevel, adaptiveFiltering: false, palette: false })
    .toBuffer();
}
