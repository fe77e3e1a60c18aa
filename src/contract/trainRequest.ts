import { z } from 'zod';
import { cropSchema } from './dataSet.ts';
import { presetNames, spectralSchema, vaeHyperParametersSchema } from './hyperParameters.ts';

/** What a new run is asked with. */
export const trainRequestSchema = z.strictObject({
  data: z.string().min(1),
  crop: cropSchema.default('vae'),
  folder: z.string().min(1).optional(),
  preset: z.enum(presetNames).default('compact'),
  hyperParameters: vaeHyperParametersSchema.partial().default({}),
  steps: z.number().int().positive(),
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(0),
  checkpointEvery: z.number().int().positive().optional(),
  measureEvery: z.number().int().positive().default(50),
  tensorboard: z.boolean().default(false),
  spectral: spectralSchema.nullable().default(null),
});
export type TrainRequest = z.input<typeof trainRequestSchema>;
