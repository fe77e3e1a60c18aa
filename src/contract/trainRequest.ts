import { z } from 'zod';
import { cropSchema } from './dataSet.ts';
import {
  dcganHyperParametersSchema,
  modelKinds,
  presetNames,
  spectralSchema,
  vaeHyperParametersSchema,
} from './hyperParameters.ts';

/** What a new run is asked with. */
export const trainRequestSchema = z.strictObject({
  data: z.string().min(1),
  /** Where none is given, the crop that the model's base code uses. */
  crop: cropSchema.optional(),
  folder: z.string().min(1).optional(),
  model: z.enum(modelKinds).default('vae'),
  preset: z.enum(presetNames).default('compact'),
  /** Those that differ from the preset; they must be the model's own. */
  hyperParameters: z
    .union([vaeHyperParametersSchema.partial(), dcganHyperParametersSchema.partial()])
    .default({}),
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
