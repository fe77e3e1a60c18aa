export const mostSeed = 1_000_000;

/** The first of the seeds that follow, up to the last that pages take. */
export function nextSeed(seed: number, count: number): number {
  return Math.min(mostSeed, seed + count);
}

export function previousSeed(seed: number, count: number): number {
  return Math.max(0, seed - count);
}
