import type { HiddenLevel } from '../../../contract/levels.ts';

/**
 * Sentences that are claimed both of an experiment's runs and of runs that a person chose. Their rules are `comparisons`
 * and `trueOfAll` in both cases.
 */

/** `place` says at which levels: "At every hidden level". */
export function widerClaim(
  place: string,
  { decoder, encoder }: { decoder: string; encoder: string },
): string {
  return `${place} the ${encoder}’s ratios spread wider than the ${decoder}’s (interquartile range)`;
}

/** `moment` says at which checkpoint: "At step 3,000"; `other` is what training without the spectral step is called there. */
export function smallerErrorClaim(moment: string, level: HiddenLevel, other: 'classical' | 'plain'): string {
  return `${moment} the ${level}-level error is smaller after spectral training than after ${other} training, in every seed.`;
}

export function localisedClaim(moment: string, level: HiddenLevel): string {
  return `${moment} the differences at the ${level} level are better localised (smaller participation ratio) after spectral training, in every seed.`;
}
