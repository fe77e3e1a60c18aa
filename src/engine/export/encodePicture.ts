import sharp from 'sharp';
import type { PictureFormat } from '../../contract/exports.ts';
import { encodePng } from '../pictures/encodePng.ts';
import type { Raster } from '../pictures/raster.ts';

/** What the bytes of a picture depend on beside its pixels. */
export function encoderVersions(): { sharp: string; vips: string } {
  return { sharp: sharp.versions.sharp, vips: sharp.versions.vips };
}

export function extensionOf(format: PictureFormat): string {
  return format === 'jpeg' ? 'jpg' : format;
}

/**
 * The bytes of a picture file without metadata; the same pixels give the same bytes with one version of sharp.
 * @param quality 1 to 100, of JPEG; PNG and WebP keep every pixel whatever it says
 */
export async function encodePicture(raster: Raster, format: PictureFormat, quality: number): Promise<Buffer> {
  const { data, width, height, channels } = raster;
  switch (format) {
    case 'png':
      return encodePng(raster);
    case 'jpeg':
      // Halved chroma would blur the very colours that FluoHair paints.
      return sharp(data, { raw: { width, height, channels } })
        .jpeg({ quality, chromaSubsampling: '4:4:4' })
        .toBuffer();
    case 'webp':
      // Without loss, because lossy WebP always halves chroma.
      return sharp(data, { raw: { width, height, channels } }).webp({ lossless: true }).toBuffer();
  }
}
