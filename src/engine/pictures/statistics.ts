import { plottable } from './scales.ts';

/** The quantile at `share` (0 to 1) of values in rising order, by linear interpolation between neighbours. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) return Number.NaN;
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (at - below) * (high - low);
}

export interface Summary {
  /** Values that are finite, in rising order. */
  readonly sorted: Float64Array;
  /** Values that are not finite. */
  readonly skipped: number;
  readonly median: number;
  readonly lowerQuartile: number;
  readonly upperQuartile: number;
}

/** Median and quartiles of the finite values. */
export function summarise(values: ArrayLike<number>): Summary {
  const sorted = Float64Array.from(values)
    .filter((value) => plottable(value, false))
    .sort();
  return {
    sorted,
    skipped: values.length - sorted.length,
    median: quantile(sorted, 0.5),
    lowerQuartile: quantile(sorted, 0.25),
    upperQuartile: quantile(sorted, 0.75),
  };
}
