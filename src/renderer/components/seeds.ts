export const mostSeed = 1_000_000;

/** The first of the seeds that follow, up to the last that pages take. */
export function nextSeed(seed: number, count: number): number {
  return Math.min(mostSeed, seed + count);
}

export function previousSeed(seed: number, count: number): number {
  return Math.max(0, seed - count);
}

/** "1,200" → 1200; undefined where it is no seed that pages take. */
export function seedFrom(text: string): number | undefined {
  const digits = text.replaceAll(/[\s,]/g, '');
  const seed = /^\d{1,7}$/.test(digits) ? Number(digits) : undefined;
  return seed === undefined || seed > mostSeed ? undefined : seed;
}
