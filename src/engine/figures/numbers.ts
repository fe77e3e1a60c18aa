import { valueText } from '../../charts/numberText.ts';

/** A number for people in which what rounding left is 0. */
export function roundingText(value: number): string {
  return Math.abs(value) < 1e-12 ? '0' : valueText(value);
}

/** A parameter as a person would write it: 1, not 1.00. */
export function plainText(value: number): string {
  return Number(value.toPrecision(6)).toLocaleString('en', { maximumFractionDigits: 6 });
}
