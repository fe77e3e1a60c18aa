/** `count` equal bins of [low, high), and one more for everything from `high` on. */
export interface Bins {
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/** Shares of the values in each bin, the last from `high` on; what lies below `low` counts in the first. */
export function binShares(values: ArrayLike<number>, bins: Bins): number[] {
  const shares = new Array<number>(bins.count + 1).fill(0);
  for (let i = 0; i < values.length; i++) {
    const at = Math.floor(((values[i]! - bins.low) / (bins.high - bins.low)) * bins.count);
    shares[Math.max(0, Math.min(bins.count, at))]! += 1 / values.length;
  }
  return shares;
}
