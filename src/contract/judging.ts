import { z } from 'zod';
import type { ModelKind } from './hyperParameters.ts';

/**
 * Whether a checkpoint is good enough for checks on its pictures to mean anything. A model that draws mud changes "hair"
 * more than "the rest" as well, where neither is there.
 */

/** Of a β-VAE: the error of its reconstructions of held-out pictures over that of the untrained model, at most (our choice). */
export const mostErrorLeft = 0.2;
/** Of a DCGAN: the diversity of its samples, of which real pictures have 1, at least (our choice). */
export const leastDiversity = 0.5;

/** Null where checks can be judged; or why not, in a sentence. */
export const judgingSchema = z.object({ refusal: z.string().nullable() });
export type Judging = z.infer<typeof judgingSchema>;

/** What a run has measured of a checkpoint; undefined where it has not. */
export interface MeasuredQuality {
  /** Mean squared errors of reconstructions of held-out pictures, before training and at the checkpoint. */
  untrainedError?: number | undefined;
  error?: number | undefined;
  diversity?: number | undefined;
}

const beginning = 'Cannot be judged:';

export function judgeQuality(kind: ModelKind, measured: MeasuredQuality): Judging {
  return { refusal: kind === 'vae' ? refusalOfErrors(measured) : refusalOfDiversity(measured) };
}

function refusalOfErrors({ untrainedError, error }: MeasuredQuality): string | null {
  if (untrainedError === undefined || error === undefined) {
    return `${beginning} the run has not measured how well this checkpoint reconstructs held-out pictures.`;
  }
  const left = error / untrainedError;
  if (left <= mostErrorLeft) return null;
  // Rounded up, so that what is above the limit is not written as if it were within it.
  return `${beginning} this checkpoint draws too roughly. The error of its reconstructions of held-out pictures is ${Math.ceil(left * 100)} % of the untrained model’s; checks need ${mostErrorLeft * 100} % or less. Train it longer.`;
}

function refusalOfDiversity({ diversity }: MeasuredQuality): string | null {
  if (diversity === undefined) {
    return `${beginning} the run has not measured how much the samples of this checkpoint differ.`;
  }
  if (diversity >= leastDiversity) return null;
  return `${beginning} the samples of this checkpoint are too much alike. They differ ${Math.floor(diversity * 100)} % as much as real pictures do; checks need ${leastDiversity * 100} % or more. Train it longer.`;
}
