import { StudioError } from '../../contract/errors.ts';
import type { Fig3aParameters, Fig3bParameters } from '../../contract/theory.ts';

/**
 * The theory is computed in one go, which nobody can stop: what would take more than about a minute is refused.
 * Nanoseconds a unit of work, measured on one core of a small machine, rounded up.
 */
const cost = { chainStep: 40, trainingStep: 10, errorTerm: 20 } as const;
const mostSeconds = 90;

/** Throws `wrong-usage` where the chains of figure 3a would take too long. */
export function requireModestChains({ chains, steps, variants }: Fig3aParameters): void {
  const seconds = chains * steps * variants.length * cost.chainStep * 1e-9;
  if (seconds <= mostSeconds) return;
  throw new StudioError(
    'wrong-usage',
    `${chains} chains of ${steps} steps for ${variants.length} ways to descend would take about ${minutes(seconds)}. Take fewer chains, steps or variants: their product may be ${((mostSeconds / cost.chainStep) * 1e9).toLocaleString('en')} at most.`,
  );
}

/** Throws `wrong-usage` where the training of figure 3b, or measuring its extrapolation error, would take too long. */
export function requireModestTraining({ size, steps, points }: Fig3bParameters): void {
  const training = steps * size * cost.trainingStep * 1e-9;
  const measuring = points * size ** 2 * cost.errorTerm * 1e-9;
  if (training + measuring <= mostSeconds) return;
  throw new StudioError(
    'wrong-usage',
    `Figure 3b with size ${size}, ${steps} steps and ${points} points would take about ${minutes(training + measuring)}. Take ${measuring > training ? 'fewer points' : 'fewer steps'} or a smaller size.`,
  );
}

function minutes(seconds: number): string {
  const whole = Math.round(seconds / 60);
  return whole <= 1 ? 'a minute and a half' : `${whole} minutes`;
}
