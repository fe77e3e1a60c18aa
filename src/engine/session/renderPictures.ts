import { setImmediate as nextTurn } from 'node:timers/promises';
import { StudioError } from '../../contract/errors.ts';
import type { Watch } from '../../contract/progress.ts';
import { bytesFromFloats } from '../pictures/raster.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor2D, Tensor4D } from '../tensorflow/tf.ts';

/** Pictures decoded at a time: enough to fill the processor, few enough that a click is answered in between. */
const batch = 32;

/**
 * Runs latents through a decoder in batches, letting others in between.
 * @param z [count, latent]
 * @param decode a batch of latents → pictures [B, side, side, 3] in [−1, 1]
 * @returns bytes [count, side, side, 3]
 */
export async function renderPictures(
  z: Tensor2D,
  side: number,
  decode: (z: Tensor2D) => Tensor4D,
  watch: Watch,
  phase: string,
): Promise<Uint8Array> {
  const [count, latent] = z.shape;
  const bytes = new Uint8Array(count * side * side * 3);
  for (let start = 0; start < count; start += batch) {
    if (watch.signal?.aborted === true) throw new StudioError('interrupted', `${phase} was stopped.`);
    const size = Math.min(batch, count - start);
    const pictures = tf.tidy(() => decode(z.slice([start, 0], [size, latent])));
    bytes.set(bytesFromFloats(pictures.dataSync<'float32'>()), start * side * side * 3);
    pictures.dispose();
    watch.onProgress?.({ phase, done: start + size, total: count });
    await nextTurn();
  }
  return bytes;
}
