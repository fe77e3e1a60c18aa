import sharp from 'sharp';
import { currentDecoding } from '../../../contract/dataSet.ts';
import type { Crop, Decoding } from '../../../contract/dataSet.ts';
import { decodeCrop, defaultSize } from '../decode.ts';
import { drawFace } from './drawFace.ts';
import type { FaceParameters } from './parameters.ts';

/** A drawn picture as it is kept: JPEG, without colour subsampling. */
export function jpegOfDrawing(picture: string): Promise<Buffer> {
  return sharp(Buffer.from(picture))
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: 92, chromaSubsampling: '4:4:4' })
    .toBuffer();
}

/**
 * The face as a packed set would hold it: drawn, kept as JPEG, cropped and resized.
 * @returns RGB bytes [size, size, 3]
 */
export async function renderFace(
  face: FaceParameters,
  crop: Crop = 'vae',
  size = defaultSize,
  decoding: Decoding = currentDecoding,
): Promise<Uint8Array> {
  const { pixels } = await decodeCrop(await jpegOfDrawing(drawFace(face).picture), crop, size, decoding);
  return pixels;
}
