import { expect, it } from 'vitest';
import { StudioError } from '../../../src/contract/errors.ts';
import { batchesOf } from '../../../src/engine/session/batches.ts';
import { floatsOf, renderPictures } from '../../../src/engine/session/decodePictures.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor2D, Tensor4D } from '../../../src/engine/tensorflow/tf.ts';

/** Latents of 12 numbers in [−1, 1] that differ from row to row, and a decoder that makes pictures of 2 × 2 of them. */
function latents(count: number): { z: Tensor2D; values: Float32Array } {
  const values = Float32Array.from({ length: count * 12 }, (_, at) => (at % 256) / 127.5 - 1);
  return { z: tf.tensor2d(values, [count, 12]), values };
}
const decode = (z: Tensor2D): Tensor4D => z.reshape([z.shape[0], 2, 2, 3]);

it('goes through all rows once, in batches of at most the size', async () => {
  const batches = [];
  for await (const batch of batchesOf(7, 3)) batches.push(batch);
  expect(batches).toEqual([
    { first: 0, size: 3 },
    { first: 3, size: 3 },
    { first: 6, size: 1 },
  ]);
});

it('gives the pictures of more latents than are decoded at a time, in their order', async () => {
  const { z, values } = latents(150);
  const done: number[] = [];
  const floats = await floatsOf(z, decode);
  const bytes = await renderPictures(z, 2, decode, { onProgress: (at) => done.push(at.done) }, 'drawing');
  z.dispose();
  expect(floats).toEqual(values);
  // (value + 1) · 127.5 of the values above.
  expect(bytes).toEqual(Uint8Array.from(values, (_, at) => at % 256));
  expect(done).toEqual([...[16, 32, 48, 64, 80, 96, 112, 128, 144], 150]);
});

it('gives no pictures of no latents, and stops between two batches', async () => {
  const none = latents(0).z;
  expect(await floatsOf(none, decode)).toEqual(new Float32Array(0));
  none.dispose();
  const { z } = latents(40);
  const stopping = new AbortController();
  const watch = {
    signal: stopping.signal,
    onProgress: () => {
      stopping.abort();
    },
  };
  await expect(renderPictures(z, 2, decode, watch, 'drawing')).rejects.toThrow(
    new StudioError('interrupted', 'drawing was stopped.'),
  );
  z.dispose();
});
