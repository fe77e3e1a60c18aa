import { StudioError } from '../../contract/errors.ts';
import type { Watch } from '../../contract/progress.ts';
import { bytesFromFloats } from '../pictures/raster.ts';
import type { Tensor2D, Tensor4D } from '../tensorflow/tf.ts';
import { valuesOf } from '../tensorflow/valuesOf.ts';
import { batchesOf } from './batches.ts';
import type { Batch } from './batches.ts';

/** Latents [B, latent] → pictures [B, side, side, 3] in [−1, 1]. */
type Decode = (z: Tensor2D) => Tensor4D;

/** Pictures decoded at a time where floats are asked for, and where somebody watches: few enough to be stopped soon. */
const batchOfFloats = 64;
const batchOfBytes = 16;

/** Pictures of latents [count, latent] as floats, [count · side · side · 3]. */
export async function floatsOf(z: Tensor2D, decode: Decode): Promise<Float32Array> {
  let whole = new Float32Array(0);
  for await (const { first, size } of batchesOf(z.shape[0], batchOfFloats)) {
    const values = batchOf(z, decode, { first, size });
    if (first === 0) whole = new Float32Array((values.length / size) * z.shape[0]);
    whole.set(values, first * (values.length / size));
  }
  return whole;
}

/**
 * Pictures of latents as bytes.
 * @param z [count, latent]
 * @returns bytes [count, side, side, 3]
 * @throws StudioError `interrupted`
 */
export async function renderPictures(
  z: Tensor2D,
  side: number,
  decode: Decode,
  watch: Watch,
  phase: string,
): Promise<Uint8Array> {
  const [count] = z.shape;
  const each = side * side * 3;
  const bytes = new Uint8Array(count * each);
  for await (const { first, size } of batchesOf(count, batchOfBytes)) {
    if (watch.signal?.aborted === true) throw new StudioError('interrupted', `${phase} was stopped.`);
    bytes.set(bytesFromFloats(batchOf(z, decode, { first, size })), first * each);
    watch.onProgress?.({ phase, done: first + size, total: count });
  }
  return bytes;
}

function batchOf(z: Tensor2D, decode: Decode, { first, size }: Batch): Float32Array {
  return valuesOf(() => decode(z.slice([first, 0], [size, z.shape[1]])));
}
