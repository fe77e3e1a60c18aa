import type { SdrHistogram, SdrSummary } from '../../contract/analysis.ts';
import { quantile } from '../math/statistics.ts';

/** Middle and spread of spectral density ratios; null for none. */
export function summariseSdr(values: Float64Array): SdrSummary | null {
  if (values.length === 0) return null;
  const sorted = values.slice().sort();
  const q25 = quantile(sorted, 0.25);
  const q75 = quantile(sorted, 0.75);
  let near = 0;
  for (const value of values) if (value >= 0.75 && value <= 1.25) near++;
  return {
    count: values.length,
    median: quantile(sorted, 0.5),
    q25,
    q75,
    iqr: q75 - q25,
    shareNearOne: near / values.length,
  };
}

/** Bins of equal width from 0 to 4, and what lies beyond; the same for every level, so that they can be laid over each other. */
export const sdrBins = { low: 0, high: 4, width: 0.05 } as const;

/** How many values lie in each bin [low + n·width, low + (n + 1)·width), and how many beyond the last. */
export function sdrHistogram(values: ArrayLike<number>): SdrHistogram {
  const bins = Math.round((sdrBins.high - sdrBins.low) / sdrBins.width);
  const counts = new Array<number>(bins).fill(0);
  let overflow = 0;
  for (let i = 0; i < values.length; i++) {
    const bin = Math.floor((values[i]! - sdrBins.low) * (1 / sdrBins.width));
    if (bin >= bins) overflow++;
    else counts[bin]!++;
  }
  return { counts, overflow };
}
