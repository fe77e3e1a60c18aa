/**
 * Latents on the arc from a to b: at share t, sin((1 − t)ω)/sin ω · a + sin(tω)/sin ω · b, ω the angle between them.
 * A straight line would pass nearer to the middle than latents of the prior lie. Where the two point the same way or
 * opposite ways, and so mark no arc, the line is straight.
 */
export function between(a: readonly number[], b: readonly number[], share: number): number[] {
  const dot = a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
  const cosine = dot / (Math.hypot(...a) * Math.hypot(...b));
  const angle = Number.isFinite(cosine) ? Math.acos(Math.min(1, Math.max(-1, cosine))) : 0;
  const sine = Math.sin(angle);
  const [of, to] =
    sine < 1e-6 ? [1 - share, share] : [Math.sin((1 - share) * angle) / sine, Math.sin(share * angle) / sine];
  return a.map((value, at) => of * value + to * (b[at] ?? 0));
}

/** "3:1.5,12:-0.4" ↔ the latents that were moved, in the order of their numbers. */
export function movedFrom(text: string | undefined): Map<number, number> {
  const moved = new Map<number, number>();
  for (const part of (text ?? '').split(',')) {
    const found = /^(\d+):(-?\d+(?:\.\d+)?)$/.exec(part);
    if (found !== null) moved.set(Number(found[1]), Number(found[2]));
  }
  return moved;
}

export function movedText(moved: ReadonlyMap<number, number>): string | undefined {
  if (moved.size === 0) return undefined;
  return [...moved]
    .sort(([a], [b]) => a - b)
    .map(([latent, value]) => `${latent}:${Number(value.toFixed(2))}`)
    .join(',');
}

export function withMoved(latents: readonly number[], moved: ReadonlyMap<number, number>): number[] {
  return latents.map((value, at) => moved.get(at) ?? value);
}
