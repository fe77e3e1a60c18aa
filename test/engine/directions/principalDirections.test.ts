import { expect, it } from 'vitest';
import type { Progress } from '../../../src/contract/progress.ts';
import { latentMoments } from '../../../src/engine/directions/latentMoments.ts';
import type { LatentMoments } from '../../../src/engine/directions/latentMoments.ts';
import { principalDirections } from '../../../src/engine/directions/principalDirections.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor2D } from '../../../src/engine/tensorflow/tf.ts';
import oracle from '../../oracles/principalDirections.json' with { type: 'json' };

async function momentsOf(
  rows: number[][],
  draw: (z: Tensor2D) => Tensor2D,
  watch = {},
): Promise<LatentMoments> {
  const z = tf.tensor2d(rows);
  try {
    return await latentMoments(z, draw, 'drawing', watch);
  } finally {
    z.dispose();
  }
}

const drawn = (z: Tensor2D): Tensor2D =>
  tf.tanh(tf.matMul(z, tf.tensor2d(oracle.weights)).add(tf.tensor1d(oracle.bias)));

it('are those of NumPy: least squares, then the right singular vectors of the fitted map', async () => {
  const seen: Progress[] = [];
  const moments = await momentsOf(oracle.z, drawn, {
    onProgress: (progress: Progress) => seen.push(progress),
  });
  const found = principalDirections(moments, 12);
  // test/oracles/principalDirections.py; sums in float32
  expect(found).toHaveLength(oracle.shares.length);
  found.forEach(({ vector, share }, at) => {
    expect(share).toBeCloseTo(oracle.shares[at]!, 4);
    vector.forEach((value, k) => {
      expect(value).toBeCloseTo(oracle.directions[at]![k]!, 3);
    });
  });
  expect(principalDirections(moments, 2)).toEqual(found.slice(0, 2));
  expect(seen.at(-1)).toEqual({ phase: 'drawing', done: 200, total: 200 });
});

it('are the axes, with their shares of the variance, where pictures are latents of other sizes', async () => {
  // x = (3 z₁, z₂, 0): of the variance nine tenths and one, up to the draws’ own moments.
  const moments = await momentsOf(
    oracle.z.map((row) => row.slice(0, 3)),
    (z) => z.mul(tf.tensor1d([3, 1, 0])),
  );
  const found = principalDirections(moments, 12);
  expect(found).toHaveLength(2);
  expect(Math.abs(found[0]!.vector[0]!)).toBeCloseTo(1, 4);
  expect(Math.abs(found[1]!.vector[1]!)).toBeCloseTo(1, 4);
  expect(found[0]!.share).toBeGreaterThan(0.85);
  expect(found[0]!.share + found[1]!.share).toBeLessThan(1.1);
});

it('says where there are too few draws, and stops when asked', async () => {
  const few = await momentsOf(oracle.z.slice(0, 7), drawn);
  expect(() => principalDirections(few, 3)).toThrow(RangeError);
  const stop = AbortSignal.abort();
  await expect(momentsOf(oracle.z, drawn, { signal: stop })).rejects.toMatchObject({ code: 'interrupted' });
});
