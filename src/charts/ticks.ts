import { ticks, tickStep } from 'd3-array';

export interface ValueRange {
  readonly low: number;
  readonly high: number;
}

/**
 * The finest of d3's steps (1, 2 or 5 times a power of ten) that cuts the range into at most `count` pieces. d3 itself
 * takes the step nearest to a `count`-th of the range, which can be half as many ticks again as there is room for.
 */
export function stepOf({ low, high }: ValueRange, count: number): number {
  const least = ((high - low) / Math.max(1, count)) * 0.999;
  let pieces = Math.max(1, count);
  while (pieces > 1 && tickStep(low, high, pieces) < least) pieces--;
  return tickStep(low, high, pieces);
}

/** The multiples of one of d3's steps inside the range, each the double nearest to its decimal. */
export function multiplesOf(step: number, { low, high }: ValueRange): number[] {
  // Ends that should be multiples may lie a rounding away from them.
  const reach = step * 1e-9;
  return ticks(low - reach, high + reach, (high - low) / step);
}

/** Multiples of a round step, at most `count` + 1 of them, inside the range. */
export function linearTicks(range: ValueRange, count: number): number[] {
  return multiplesOf(stepOf(range, count), range);
}

/** Powers of ten inside the range, about `count` of them: every one, or every second, fifth … */
export function decadeTicks({ low, high }: ValueRange, count: number): number[] {
  const [first, last] = [Math.log10(low) - 1e-9, Math.log10(high) + 1e-9];
  return ticks(first, last, Math.min(last - first, count))
    .filter(Number.isInteger)
    .map((exponent) => Number(`1e${exponent}`));
}

/** Powers of ten, with their doubles and fivefolds while there is room; linear steps where less than a decade shows. */
export function logTicks(range: ValueRange, count: number): number[] {
  const fine = factorsOf([1, 2, 5], range);
  if (fine.length < 3) return linearTicks(range, Math.min(count, 4)).filter((value) => value > 0);
  if (fine.length <= count + 1) return fine;
  const threefold = factorsOf([1, 3], range);
  return threefold.length <= count + 1 ? threefold : decadeTicks(range, count);
}

function factorsOf(factors: readonly number[], { low, high }: ValueRange): number[] {
  const found: number[] = [];
  for (let e = Math.floor(Math.log10(low)); e <= Math.ceil(Math.log10(high)); e++) {
    for (const factor of factors) {
      const value = Number(`${factor}e${e}`);
      if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)) found.push(value);
    }
  }
  return found;
}
