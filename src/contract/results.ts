import { z } from 'zod';
import { modelSdrSchema, stretchingResultSchema } from './analysis.ts';
import { skippedFileSchema } from './dataSet.ts';
import { hiddenLevelSchema } from './levels.ts';

/** What the long methods end with: where the files are, and the numbers a person asks for first. */

const step = z.number().int().nonnegative();

export const sampledSchema = z.object({ file: z.string(), step, seeds: z.array(z.number().int()) });

export const encodedSchema = z.object({
  /** Originals above reconstructions. */
  grid: z.string(),
  /** Posterior means and log-variances by file. */
  codes: z.string(),
  step,
  count: z.number().int(),
  /** mean((x̂ − x)²) on values in [−1, 1] */
  meanSquaredError: z.number(),
  skipped: z.array(skippedFileSchema),
});

export const appliedSchema = z.object({
  folder: z.string(),
  grid: z.string(),
  step,
  count: z.number().int(),
  /** The recipe in words, a line a step. */
  description: z.array(z.string()),
  skipped: z.array(skippedFileSchema),
});

export const sdrAnalysisSchema = z.object({
  folder: z.string(),
  files: z.array(z.string()),
  models: z.array(z.object({ run: z.string(), step, sdr: modelSdrSchema })),
});

export const stretchingAnalysisSchema = z.object({
  folder: z.string(),
  files: z.array(z.string()),
  models: z.array(
    z.object({ run: z.string(), step, spectral: z.boolean(), stretching: stretchingResultSchema }),
  ),
});

export const modulesFoundSchema = z.object({
  folder: z.string(),
  files: z.array(z.string()),
  /** A FluoHair recipe on the hair module; null at the levels where FluoHair does not work. */
  recipe: z.string().nullable(),
  /** The same behind a hair gate; null where none was asked for. */
  hairOnlyRecipe: z.string().nullable(),
  level: hiddenLevelSchema,
  step,
  count: z.number().int(),
  modules: z.array(
    z.object({
      letter: z.string(),
      channels: z.array(z.number().int()),
      stability: z.number(),
      name: z.string().nullable(),
      score: z.number().nullable(),
      /** What the data's attributes say, where there are any. */
      attribute: z.object({ attribute: z.string(), correlation: z.number() }).nullable(),
    }),
  ),
  unassigned: z.array(z.number().int()),
  hair: z
    .object({
      count: z.number().int(),
      channels: z.array(z.number().int()),
      score: z.number(),
      inside: z.number(),
      outside: z.number(),
      weak: z.boolean(),
    })
    .nullable(),
  hint: z.string(),
});

export const augmentedSchema = z.object({
  folder: z.string(),
  count: z.number().int(),
  manifest: z.string(),
  /** Pictures that an earlier, stopped export had left whole. */
  kept: z.number().int(),
  bytes: z.number().int(),
  step,
});

export const demoResultSchema = z.object({
  folder: z.string(),
  report: z.string(),
  seconds: z.number(),
  /** What numbers.json holds. */
  numbers: z.record(z.string(), z.unknown()),
});
