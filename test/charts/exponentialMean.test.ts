import { expect, it } from 'vitest';
import { exponentialMean } from '../../src/charts/exponentialMean.ts';

it('weights the past as TensorBoard does, without a bias towards 0 at the beginning', () => {
  // By hand with w = 0.9: m₁ = 0.1·10 = 1, told as 1/0.1; m₂ = 0.9·1 + 0.1·20 = 2.9, told as 2.9/0.19; m₃ = 2.61 + 0.1·0, told as 2.61/0.271.
  const smooth = exponentialMean([10, 20, 0], 0.9);
  expect(smooth.map((value) => Number(value.toFixed(9)))).toEqual(
    [10, 2.9 / 0.19, 2.61 / 0.271].map((value) => Number(value.toFixed(9))),
  );
});

it('leaves a constant where it is, and everything where the weight is 0', () => {
  for (const value of exponentialMean(new Array<number>(50).fill(0.3), 0.99))
    expect(value).toBeCloseTo(0.3, 12);
  expect(exponentialMean([3, 1, 4, 1, 5], 0)).toEqual([3, 1, 4, 1, 5]);
});

it('passes over what is no finite number', () => {
  expect(exponentialMean([2, NaN, 2, Infinity, 2], 0.5)).toEqual([2, NaN, 2, Infinity, 2]);
});
