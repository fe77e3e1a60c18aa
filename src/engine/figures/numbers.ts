import { figure } from '../../contract/figures.ts';

/** Below this, what two numbers differ by is what arithmetic in double precision rounds away. */
const rounding = 1e-12;

/** A number for people in which what rounding left is 0. */
export function roundingText(value: number): string {
  return Math.abs(value) < rounding ? '0' : figure(value);
}

/** How far two things differ that should be one: "rounding error alone", or the difference. */
export function differenceText(value: number): string {
  return Math.abs(value) < rounding ? 'rounding error alone' : figure(value);
}
