import type { PictureBatch } from '../../../contract/shared.ts';
import { decodeCrop } from '../decode.ts';
import { drawFace } from './drawFace.ts';
import { faceParameters } from './parameters.ts';
import { svgToPng } from '../../pictures/svgToPng.ts';

const side = 64;

/** The first faces of a seed, through the same crop as training: what `makeFaces` would write, without writing. */
export async function drawFaces(request: {
  seed: number;
  hard: boolean;
  count: number;
}): Promise<PictureBatch> {
  const pixels: Uint8Array<ArrayBuffer>[] = [];
  for (let number = 1; number <= request.count; number++) {
    const { picture } = drawFace(faceParameters(request.seed, number, request.hard));
    const decoded = await decodeCrop(await svgToPng(picture), 'vae', side);
    pixels.push(new Uint8Array(decoded.pixels));
  }
  return { pixels: new Blob(pixels), count: request.count, width: side, height: side };
}
