import { expect, it } from 'vitest';
import { symmetricEigen } from '../../../src/engine/math/symmetricEigen.ts';
import oracle from '../../oracles/principalDirections.json' with { type: 'json' };

it('has the eigenvalues of NumPy, and vectors that the matrix only stretches', () => {
  const n = oracle.eigenvalues.length;
  const matrix = oracle.symmetric;
  const { values, vectors } = symmetricEigen(matrix.flat(), n);
  // test/oracles/principalDirections.py
  values.forEach((value, at) => {
    expect(value).toBeCloseTo(oracle.eigenvalues[at]!, 10);
  });
  vectors.forEach((vector, at) => {
    matrix.forEach((row, i) => {
      const product = row.reduce((sum, entry, k) => sum + entry * vector[k]!, 0);
      expect(product).toBeCloseTo(values[at]! * vector[i]!, 10);
    });
    expect(Math.hypot(...vector)).toBeCloseTo(1, 12);
  });
});

it('leaves a diagonal matrix as it is, its greatest value first, each vector with its largest entry above 0', () => {
  const { values, vectors } = symmetricEigen([1, 0, 0, 0, 9, 0, 0, 0, -4], 3);
  expect([...values]).toEqual([9, 1, -4]);
  expect(vectors.map((vector) => [...vector])).toEqual([
    [0, 1, 0],
    [1, 0, 0],
    [0, 0, 1],
  ]);
  // [[2, 1], [1, 2]]: 3 along (1, 1), 1 along (1, −1)
  const pair = symmetricEigen([2, 1, 1, 2], 2);
  expect(pair.values[0]).toBeCloseTo(3, 12);
  expect(pair.vectors[0]![0]).toBeCloseTo(Math.SQRT1_2, 12);
  expect(pair.vectors[0]![1]).toBeCloseTo(Math.SQRT1_2, 12);
  expect(() => symmetricEigen([1, 2, 3], 2)).toThrow(RangeError);
});
