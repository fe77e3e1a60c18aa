import { valueText } from '../pictures/scales.ts';

/** A number for people in which what rounding left is 0. */
export function roundingText(value: number): string {
  return Math.abs(value) < 1e-12 ? '0' : valueText(value);
}

/** A parameter as a person would write it: 1, not 1.00. */
export function plainText(value: number): string {
  return Number(value.toPrecision(6)).toLocaleString('en', { maximumFractionDigits: 6 });
}

/**
 * The mean of each value and its neighbours, `reach` to either side and as many as there are on both: the first and the
 * last stay as they are.
 */
export function movingMean(values: readonly number[], reach: number): number[] {
  return values.map((_, i) => {
    const by = Math.min(reach, i, values.length - 1 - i);
    const near = values.slice(i - by, i + by + 1);
    return near.reduce((sum, value) => sum + value, 0) / near.length;
  });
}
