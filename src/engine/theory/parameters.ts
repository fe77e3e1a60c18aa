import { figure } from '../../contract/figures.ts';
import type { z } from 'zod';
import { sentenceOfIssues } from '../../contract/complaints.ts';
import { StudioError } from '../../contract/errors.ts';
import { isPrime, smallestDivisor } from '../math/primes.ts';

/** What was asked, with the defaults filled in. Throws `wrong-usage` naming every value that breaks a rule, and the rule. */
export function readParameters<Schema extends z.ZodType>(
  schema: Schema,
  asked: unknown,
  what: string,
): z.infer<Schema> {
  const result = schema.safeParse(asked, { reportInput: true });
  if (result.success) return result.data;
  throw new StudioError(
    'wrong-usage',
    `${what} cannot be made with these options. ${sentenceOfIssues(result.error.issues)}`,
  );
}

/** Throws `wrong-usage` unless a size is prime, with the divisor and the nearest primes that would do. */
export function requirePrime(value: number, name: string): void {
  if (isPrime(value)) return;
  let below = value - 1;
  while (below > 2 && !isPrime(below)) below--;
  let above = value + 1;
  while (!isPrime(above)) above++;
  throw new StudioError(
    'wrong-usage',
    `${name} is ${value}, which is ${smallestDivisor(value)} × ${value / smallestDivisor(value)}: stretching is a group only for a prime number. Take ${below} or ${above}.`,
  );
}

/** Throws `wrong-usage` where a step is so large that gradient descent runs away: η·curvature must stay below 1. */
export function requireStableStep(stepSize: number, curvature: number, meaning: string): void {
  const product = stepSize * curvature;
  if (product < 1) return;
  throw new StudioError(
    'wrong-usage',
    `The step size ${stepSize} is unstable: times ${meaning} = ${figure(curvature)} it gives ${figure(product)}, and must stay below 1. Take less than ${figure(1 / curvature)}.`,
  );
}

/** Throws `diverged` where a number left the finite ones, before it reaches a chart. */
export function requireFinite(value: number, what: string, step: number): void {
  if (Number.isFinite(value)) return;
  throw new StudioError(
    'diverged',
    `${what} left the finite numbers by step ${step}. Take a smaller step size, less noise or a weaker spectral step.`,
  );
}
