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
