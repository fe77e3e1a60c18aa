/** The place of the first value that is NaN or infinite; −1 where there is none. A plain loop: it is asked of millions of weights. */
export function firstNonFinite(values: ArrayLike<number>): number {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return i;
  return -1;
}
