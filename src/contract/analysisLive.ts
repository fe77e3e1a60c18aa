import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { sdrResultSchema, stretchingResultSchema } from './analysis.ts';
import { levelSchema } from './levels.ts';
import { progressSchema } from './progress.ts';
import { pictureBatchSchema } from './studio.ts';
import { method } from './method.ts';

/** What the page Analyse works with: the same measurements as `analyse` of the command line, without files. */

const whole = z.number().int().nonnegative();

const sdrInput = z.strictObject({
  run: z.string().min(1),
  step: whole.optional(),
  samples: z.number().int().min(16).max(4096).default(256),
  grid: z.enum(['filtered', 'native']).default('filtered'),
  seed: whole.default(0),
});

export const stretchingOfRunSchema = z.object({
  run: z.string(),
  step: whole,
  spectral: z.boolean(),
  stretching: stretchingResultSchema,
});
export type StretchingOfRun = z.infer<typeof stretchingOfRunSchema>;

export const sdrPairsSchema = z.object({
  /** Pairs in the bin. */
  total: whole,
  rows: z.array(z.object({ input: whole, output: whole, ratio: z.number() })),
  /** One of each a row: taps (signed colours), their power on the map's grid, one activation map, the mean power of maps. */
  filters: pictureBatchSchema,
  filterPowers: pictureBatchSchema,
  maps: pictureBatchSchema,
  mapPowers: pictureBatchSchema,
});
export type SdrPairs = z.infer<typeof sdrPairsSchema>;

export const analysisLiveContract = {
  sdr: method
    .input(sdrInput)
    .output(eventIterator(progressSchema, z.object({ run: z.string(), step: whole, sdr: sdrResultSchema }))),
  /** The (filter, map) pairs of one bin, in the order of their ratio. `high` null: all beyond `low`. */
  pairs: method
    .input(
      sdrInput.extend({
        side: z.enum(['decoder', 'encoder']),
        level: levelSchema,
        low: z.number().min(0),
        high: z.number().positive().nullable(),
        offset: whole.default(0),
        count: z.number().int().min(1).max(16).default(4),
      }),
    )
    .output(sdrPairsSchema),
  /** Stretching errors of every trained checkpoint of every run. */
  stretching: method
    .input(
      z.strictObject({
        runs: z.array(z.string().min(1)).min(1).max(12),
        factor: z.number().min(0.5).max(3).default(1.5),
        axis: z.enum(['horizontal', 'vertical']).default('horizontal'),
        samples: z.number().int().min(16).max(4096).default(256),
        seed: whole.default(0),
      }),
    )
    .output(eventIterator(progressSchema, z.object({ models: z.array(stretchingOfRunSchema) }))),
};
