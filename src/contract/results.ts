import { z } from 'zod';
import { sdrResultSchema, stretchingResultSchema } from './analysis.ts';
import { skippedFileSchema } from './dataSet.ts';

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
  models: z.array(z.object({ run: z.string(), step, sdr: sdrResultSchema })),
});

export const stretchingAnalysisSchema = z.object({
  folder: z.string(),
  files: z.array(z.string()),
  models: z.array(
    z.object({ run: z.string(), step, spectral: z.boolean(), stretching: stretchingResultSchema }),
  ),
});
