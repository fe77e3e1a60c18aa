/** The step nearest to another one; of two that are as near the earlier. Null where there is none. Steps rise. */
export function nearestStep(steps: readonly number[], wanted: number): number | null {
  let best: number | null = null;
  for (const step of steps) {
    if (best === null || Math.abs(step - wanted) < Math.abs(best - wanted)) best = step;
  }
  return best;
}
