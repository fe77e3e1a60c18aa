import { z } from 'zod';

/** What becomes of a claim, wherever it is decided: in an experiment, or on runs that a page compares. */

/** Fewer seeds than this decide nothing: one run differs from the next by more than most treatments do (our trials). */
export const leastSeeds = 3;

/** A number by seed, in the order of `seeds` of the result; null where it could not be measured. */
export const measuredValueSchema = z.strictObject({
  name: z.string().min(1),
  unit: z.string().nullable(),
  perSeed: z.array(z.number().nullable()),
});

export const verdictOutcomes = ['holds', 'does-not-hold', 'undecidable'] as const;

/** What became of a claim: decided by a rule that the claim's own words state, from the values, and never by hand. */
export const verdictSchema = z.strictObject({
  /** A sentence that can be true or false. */
  claim: z.string().min(1),
  /** Where the claim stands in the paper, or "beyond the paper". */
  place: z.string().min(1),
  outcome: z.enum(verdictOutcomes),
  /** Why, with the numbers and their spread over seeds. */
  because: z.string().min(1),
  values: z.array(measuredValueSchema),
  /** True where a change of the program that makes this fail is a fault; false where it is a finding. */
  gate: z.boolean(),
});
export type Verdict = z.infer<typeof verdictSchema>;
