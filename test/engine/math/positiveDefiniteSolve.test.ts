import { describe, expect, it } from 'vitest';
import { positiveDefiniteSolve } from '../../../src/engine/math/positiveDefiniteSolve.ts';
import { createRandom } from '../../../src/engine/math/random.ts';

describe('positiveDefiniteSolve', () => {
  it('solves two equations', () => {
    // Closed form: [[4, 2], [2, 3]] x = [2, 5] has x = [−0.5, 2].
    const x = positiveDefiniteSolve(Float64Array.of(4, 2, 2, 3), Float64Array.of(2, 5));
    expect(x[0]).toBeCloseTo(-0.5, 12);
    expect(x[1]).toBeCloseTo(2, 12);
  });

  it('gives back what the right side was made of, and leaves the matrix alone', () => {
    const n = 12;
    const random = createRandom(3, 1);
    const b = Float64Array.from({ length: n * n }, () => random.normal());
    const a = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        for (let k = 0; k < n; k++) a[i * n + j]! += b[i * n + k]! * b[j * n + k]!;
        if (i === j) a[i * n + j]! += 1;
      }
    }
    const truth = Float64Array.from({ length: n }, (_, i) => i - 4);
    const right = truth.map((_, i) => truth.reduce((sum, value, j) => sum + a[i * n + j]! * value, 0));
    const copy = a.slice();
    positiveDefiniteSolve(a, right).forEach((value, i) => {
      expect(value).toBeCloseTo(truth[i]!, 8);
    });
    expect(a).toEqual(copy);
  });

  it('refuses a matrix that is not positive definite', () => {
    expect(() => positiveDefiniteSolve(Float64Array.of(1, 2, 2, 1), Float64Array.of(1, 1))).toThrow(
      RangeError,
    );
  });

  it('says what it refuses', () => {
    const b = Float64Array.of(1, 1);
    expect(() => positiveDefiniteSolve(Float64Array.of(1, 2, 2, 1), b)).toThrow(
      'the matrix is not positive definite',
    );
    // Rank 1: the second pivot is 0.
    expect(() => positiveDefiniteSolve(Float64Array.of(1, 1, 1, 1), b)).toThrow(
      'the matrix is not positive definite',
    );
    expect(() => positiveDefiniteSolve(Float64Array.of(1, 2, 3), b)).toThrow(
      'a matrix of 3 entries for 2 unknowns',
    );
  });
});
