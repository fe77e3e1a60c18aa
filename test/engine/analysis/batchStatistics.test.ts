import { expect, it } from 'vitest';
import { mergedStatistics, sliceStatistics } from '../../../src/engine/analysis/batchStatistics.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor4D } from '../../../src/engine/tensorflow/tf.ts';

/** Two channels: 1, 2, 3, … and their squares. */
function maps(from: number, count: number, width: number): Tensor4D {
  const values = Array.from({ length: count }, (_, n) => [from + n, (from + n) ** 2]);
  return tf.tensor4d(values.flat(), [count / width, 1, width, 2]);
}

it('slices of unequal size have the mean and the variance of the whole', () => {
  const slices = [maps(1, 2, 1), maps(3, 6, 3), maps(9, 2, 2)];
  const { count, mean, variance } = mergedStatistics(slices.map(sliceStatistics));
  tf.dispose(slices);
  // Closed form for 1 … n, n = 10: mean (n + 1) / 2, variance (n² − 1) / 12; Σ k² / n = 38.5 and Σ k⁴ / n = 2533.3.
  expect(count).toBe(10);
  expect(mean[0]).toBeCloseTo(5.5, 5);
  expect(variance[0]).toBeCloseTo(8.25, 5);
  expect(mean[1]).toBeCloseTo(38.5, 4);
  expect(variance[1]! / (2533.3 - 38.5 ** 2)).toBeCloseTo(1, 6);
});

it('counts the values of a channel, not the pictures', () => {
  const slice = maps(0, 12, 4);
  expect(sliceStatistics(slice).count).toBe(12);
  slice.dispose();
});

it('no slices have no channels', () => {
  expect(mergedStatistics([])).toEqual({ count: 0, mean: new Float64Array(), variance: new Float64Array() });
});
