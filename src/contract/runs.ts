import { z } from 'zod';
import { allFoldersSchema, cropSchema, skippedFileSchema } from './dataSet.ts';
import {
  dcganHyperParametersSchema,
  modelKinds,
  presetNames,
  spectralSchema,
  vaeHyperParametersSchema,
} from './hyperParameters.ts';
import { long, method } from './method.ts';
import { labelChangesSchema, runLabelsSchema } from './runLabels.ts';
import {
  divergenceSchema,
  imageLayers,
  mostThreads,
  metricsLineSchema,
  runFileSchema,
  statusFileSchema,
  stepCountSchema,
} from './runFiles.ts';
import { nonEmpty, runRefSchema } from './shared.ts';
import { removedRunSchema, trashEntrySchema } from './trash.ts';

/** What a new run is asked with. */
export const trainRequestSchema = z.strictObject({
  data: nonEmpty,
  /** Where none is given, the crop that the model's base code uses. */
  crop: cropSchema.optional(),
  allFolders: allFoldersSchema,
  folder: nonEmpty.optional(),
  model: z.enum(modelKinds).default('vae'),
  preset: z.enum(presetNames).default('compact'),
  /** Those that differ from the preset; they must be the model's own. */
  hyperParameters: z
    .union([vaeHyperParametersSchema.partial(), dcganHyperParametersSchema.partial()])
    .default({}),
  steps: stepCountSchema,
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(0),
  checkpointEvery: stepCountSchema.optional(),
  measureEvery: stepCountSchema.default(50),
  tensorboard: z.boolean().default(false),
  /** Where none is asked for: `blocks` on processors, where it is faster; `plain` on GPUs, where it was not measured. */
  imageLayer: z.enum(imageLayers).optional(),
  spectral: spectralSchema.nullable().default(null),
  onDivergence: divergenceSchema.default('stop'),
  /** Threads that it is trained with, which decide its last bits; those of the machine where nobody says. */
  threads: z.number().int().min(1).max(mostThreads).optional(),
});
export type TrainRequest = z.input<typeof trainRequestSchema>;

export const listedRunSchema = z.object({
  id: z.string(),
  folder: z.string(),
  run: runFileSchema,
  labels: runLabelsSchema,
  status: statusFileSchema.optional(),
  /** False for a run whose status says "training" while no process trains it: it was interrupted. */
  alive: z.boolean(),
});
export type ListedRunReport = z.infer<typeof listedRunSchema>;

export const runsContract = {
  create: long(
    trainRequestSchema,
    z.object({
      folder: z.string(),
      run: runFileSchema,
      skipped: z.array(skippedFileSchema),
      /** What was missing in the lists, and what of the folder was passed over, as sentences. */
      notes: z.array(z.string()),
    }),
  ),
  /** Trains in this process, to the end or until it is stopped. */
  train: long(
    runRefSchema.extend({
      /** Steps more than was asked before; they count once training has begun. */
      extend: stepCountSchema.optional(),
      /** Where the same pictures lie now. */
      data: nonEmpty.optional(),
      /** From step 0, with all that was made so far put aside. */
      startOver: z.boolean().default(false),
      onDivergence: divergenceSchema.optional(),
    }),
    z.object({
      folder: z.string(),
      phase: z.enum(['finished', 'stopped']),
      step: z.number().int(),
      steps: z.number().int(),
      damaged: z.array(z.string()),
      /** What else there is to say, as sentences. */
      notes: z.array(z.string()).default([]),
      last: metricsLineSchema.optional(),
    }),
  ),
  list: method.output(
    z.object({ folder: z.string(), runs: z.array(listedRunSchema), unreadable: z.array(z.string()) }),
  ),
  show: method.input(runRefSchema).output(
    listedRunSchema.extend({
      checkpoints: z.array(z.number().int()),
      metrics: z.array(metricsLineSchema),
    }),
  ),
  /** Changes a run's name, tags, note, or whether it is archived; answers with all of them as they are now. */
  label: method.input(labelChangesSchema).output(runLabelsSchema),
  /** Moves a run into the trash beside it. */
  remove: method.input(runRefSchema).output(removedRunSchema),
  /** What lies in the trash of the runs folder, newest first. */
  removed: method.output(z.array(removedRunSchema)),
  restore: method
    .input(z.strictObject({ entry: trashEntrySchema }))
    .output(z.object({ id: z.string(), folder: z.string() })),
  emptyTrash: method.output(z.object({ count: z.number().int() })),
};
