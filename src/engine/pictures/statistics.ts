import { plottable } from '../../charts/scale.ts';
import { quantile } from '../math/statistics.ts';

export interface Summary {
  /** Values that are finite, in rising order. */
  readonly sorted: Float64Array;
  /** Values that are not finite. */
  readonly skipped: number;
  readonly median: number;
  readonly lowerQuartile: number;
  readonly upperQuartile: number;
}

/** Median and quartiles of the finite values; NaN where there are none. */
export function summarise(values: ArrayLike<number>): Summary {
  const sorted = Float64Array.from(values)
    .filter((value) => plottable(value, false))
    .sort();
  const at = (share: number): number => (sorted.length === 0 ? Number.NaN : quantile(sorted, share));
  return {
    sorted,
    skipped: values.length - sorted.length,
    median: at(0.5),
    lowerQuartile: at(0.25),
    upperQuartile: at(0.75),
  };
}
