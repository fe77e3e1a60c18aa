import { fixedTo } from './figures.ts';
import { z } from 'zod';
import type { ModelKind } from './hyperParameters.ts';

/**
 * Whether a checkpoint is good enough for checks on its pictures to mean anything. A model that draws mud changes "hair"
 * more than "the rest" as well, where neither is there.
 */

/**
 * Of a β-VAE: mean squared difference of its samples from their mean, over that of its reconstructions from held-out pictures, at
 * least (our choice): what a model gets wrong must not be larger than what it has to tell.
 */
export const leastContrast = 1;
/** Of a DCGAN: the diversity of its samples, of which real pictures have 1, at least (our choice). */
export const leastDiversity = 0.5;

/** Null where checks can be judged; or why not, in a sentence. */
export const judgingSchema = z.object({ refusal: z.string().nullable() });
export type Judging = z.infer<typeof judgingSchema>;

/** What is known of a checkpoint; undefined where it was not measured. */
export interface MeasuredQuality {
  /** Mean squared difference of samples from their mean picture. */
  contrast?: number | undefined;
  /** Mean squared error of reconstructions of held-out pictures. */
  error?: number | undefined;
  diversity?: number | undefined;
}

const beginning = 'Cannot be judged:';

export function judgeQuality(kind: ModelKind, measured: MeasuredQuality): Judging {
  return { refusal: kind === 'vae' ? refusalOfContrast(measured) : refusalOfDiversity(measured) };
}

function refusalOfContrast({ contrast, error }: MeasuredQuality): string | null {
  if (contrast === undefined || error === undefined) {
    return `${beginning} the run has not measured how well this checkpoint reconstructs held-out pictures.`;
  }
  const ratio = contrast / error;
  if (ratio >= leastContrast) return null;
  // Rounded down, so that what is below the limit is not written as if it had reached it.
  const times = fixedTo(Math.floor(ratio * 100) / 100, 2);
  return `${beginning} this checkpoint draws too roughly. Its faces differ from one another ${times} × as much as its reconstructions differ from held-out pictures; checks need ${leastContrast} × or more. Train it longer.`;
}

function refusalOfDiversity({ diversity }: MeasuredQuality): string | null {
  if (diversity === undefined) {
    return `${beginning} the run has not measured how much the samples of this checkpoint differ.`;
  }
  if (diversity >= leastDiversity) return null;
  return `${beginning} the samples of this checkpoint are too much alike. They differ ${Math.floor(diversity * 100)} % as much as real pictures do; checks need ${leastDiversity * 100} % or more. Train it longer.`;
}
