/** Ratios are drawn on a logarithmic scale from 1 to this. */
export const largestRatio = 30;

/** Where a ratio stands between 1 and `largestRatio`, from 0 to 1. */
export function shareOf(ratio: number): number {
  return Math.min(1, Math.max(0, Math.log(ratio) / Math.log(largestRatio)));
}
