import { setImmediate as nextTurn } from 'node:timers/promises';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor2D, Tensor4D } from '../tensorflow/tf.ts';

const batch = 64;

/** Pictures of latents as floats, in batches that let others in between. */
export async function floatsOf(z: Tensor2D, decode: (z: Tensor2D) => Tensor4D): Promise<Float32Array> {
  const chunks: Float32Array[] = [];
  for (let start = 0; start < z.shape[0]; start += batch) {
    const size = Math.min(batch, z.shape[0] - start);
    const pictures = tf.tidy(() => decode(z.slice([start, 0], [size, z.shape[1]])));
    chunks.push(Float32Array.from(pictures.dataSync<'float32'>()));
    pictures.dispose();
    await nextTurn();
  }
  const whole = new Float32Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
