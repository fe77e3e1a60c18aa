import { afterEach, describe, expect, it } from 'vitest';
import { sampleDiversity } from '../../../src/engine/analysis/sampleDiversity.ts';
import { statelessNormal } from '../../../src/engine/tensorflow/statelessNormal.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor4D } from '../../../src/engine/tensorflow/tf.ts';

let made: Tensor4D[] = [];
afterEach(() => {
  tf.dispose(made);
  made = [];
});

/** Pictures of one grey value each, so that distances are differences of values. */
function grey(values: readonly number[]): Tensor4D {
  const pictures = tf.tidy(() =>
    tf.tensor4d([...values], [values.length, 1, 1, 1]).tile<Tensor4D>([1, 8, 8, 3]),
  );
  made.push(pictures);
  return pictures;
}

function noise(count: number, step: number): Tensor4D {
  const pictures = statelessNormal([count, 8, 8, 3], 1, step) as Tensor4D;
  made.push(pictures);
  return pictures;
}

describe('the diversity of samples', () => {
  it('is the ratio of mean distances, and counts samples nearer than half of what is usual', () => {
    // Real 0, 1, 3: distances 1, 3, 2, mean 2; nearest others 1, 1, 2, median 1, so "near" is below 0.5.
    // Samples 0, 0.4, 2: distances 0.4, 2, 1.6, mean 4/3; nearest 0.4, 0.4, 1.6: two of three are near.
    const { diversity, nearDuplicates } = sampleDiversity(grey([0, 0.4, 2]), grey([0, 1, 3]));
    expect(diversity).toBeCloseTo(2 / 3, 5);
    expect(nearDuplicates).toBeCloseTo(2 / 3, 12);
  });

  it('is near 1 without repetitions for samples of the same distribution', () => {
    const { diversity, nearDuplicates } = sampleDiversity(noise(64, 1), noise(64, 2));
    expect(diversity).toBeGreaterThan(0.97);
    expect(diversity).toBeLessThan(1.03);
    expect(nearDuplicates).toBe(0);
  });

  it('is 0, with repetitions alone, where all samples are the same', () => {
    const same = tf.tidy(() => noise(1, 1).tile<Tensor4D>([16, 1, 1, 1]));
    made.push(same);
    const { diversity, nearDuplicates } = sampleDiversity(same, noise(16, 2));
    expect(diversity).toBeLessThan(1e-3);
    expect(nearDuplicates).toBe(1);
  });

  it('sees a few pictures that come again and again', () => {
    const pairs = tf.tidy(() => noise(16, 1).tile<Tensor4D>([2, 1, 1, 1]));
    made.push(pairs);
    const { diversity, nearDuplicates } = sampleDiversity(pairs, noise(32, 2));
    // Each of 32 has 31 others, of which one is itself again: 30/31 of the distances stay.
    expect(diversity).toBeGreaterThan(0.9);
    expect(diversity).toBeLessThan(1);
    expect(nearDuplicates).toBe(1);
  });

  it('compares as many pictures as there are of both kinds, and needs two', () => {
    const [few, many] = [noise(16, 1), noise(48, 2)];
    const firstOfMany = tf.tidy(() => many.slice<Tensor4D>([0, 0, 0, 0], [16, 8, 8, 3]));
    made.push(firstOfMany);
    expect(sampleDiversity(few, many)).toEqual(sampleDiversity(few, firstOfMany));
    expect(() => sampleDiversity(grey([1]), many)).toThrow(RangeError);
  });
});
