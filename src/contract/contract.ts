import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { analysisLiveContract } from './analysisLive.ts';
import { channelsContract } from './channels.ts';
import { cropSchema, imageSetCheckSchema } from './dataSet.ts';
import { doctorReportSchema } from './doctor.ts';
import { pictureFormatSchema, testShareSchema } from './exportFiles.ts';
import {
  experimentIdSchema,
  experimentResultSchema,
  reproduceInputSchema,
  reproduceReadContract,
} from './experiments.ts';
import { experimentsLiveContract } from './experimentsLive.ts';
import { exportLiveContract } from './exportLive.ts';
import { hiddenLevelSchema } from './levels.ts';
import { liveContract } from './live.ts';
import { modulePreparations } from './modules.ts';
import { progressSchema } from './progress.ts';
import {
  appliedSchema,
  augmentedSchema,
  demoResultSchema,
  encodedSchema,
  modulesFoundSchema,
  sampledSchema,
  sdrAnalysisSchema,
  stretchingAnalysisSchema,
} from './results.ts';
import { metricsLineSchema, runFileSchema, statusFileSchema } from './runFiles.ts';
import { studioContract } from './studio.ts';
import { theoryContract } from './theoryContract.ts';
import { trainRequestSchema } from './trainRequest.ts';
import { method } from './method.ts';

/** Long work: progress while it lasts, then its result. */
function long<In, In2, Out, Out2>(input: z.ZodType<In, In2>, output: z.ZodType<Out, Out2>) {
  return method.input(input).output(eventIterator(progressSchema, output));
}

/** A run as a folder or as an id, and a step of it; the newest checkpoint where none is given. */
const modelRef = { run: z.string().min(1), step: z.number().int().nonnegative().optional() };
const out = { out: z.string().min(1) };
const seeds = z.array(z.number().int().nonnegative()).min(1).max(10_000);

export const listedRunSchema = z.object({
  id: z.string(),
  folder: z.string(),
  run: runFileSchema,
  status: statusFileSchema.optional(),
  /** False for a run whose status says "training" while no process trains it: it was interrupted. */
  alive: z.boolean(),
});
export type ListedRunReport = z.infer<typeof listedRunSchema>;

export const contract = {
  system: {
    doctor: method.output(doctorReportSchema),
  },
  data: {
    make: long(
      z.strictObject({
        ...out,
        count: z.number().int().min(1).max(1_000_000),
        seed: z.number().int().nonnegative().default(0),
        hard: z.boolean().default(false),
      }),
      z.object({ folder: z.string(), count: z.number().int(), seconds: z.number() }),
    ),
    check: long(z.strictObject({ folder: z.string().min(1) }), imageSetCheckSchema),
    pack: long(
      z.strictObject({ folder: z.string().min(1), crop: cropSchema.default('vae') }),
      z.object({
        path: z.string(),
        count: z.number().int(),
        bytes: z.number().int(),
        skipped: z.array(z.object({ file: z.string(), reason: z.string() })),
        notes: z.array(z.string()),
      }),
    ),
  },
  runs: {
    create: long(
      trainRequestSchema,
      z.object({
        folder: z.string(),
        run: runFileSchema,
        skipped: z.array(z.object({ file: z.string(), reason: z.string() })),
      }),
    ),
    /** Trains in this process, to the end or until it is stopped; `extend` adds steps first. */
    train: long(
      z.strictObject({ run: z.string().min(1), extend: z.number().int().positive().optional() }),
      z.object({
        folder: z.string(),
        phase: z.enum(['finished', 'stopped']),
        step: z.number().int(),
        steps: z.number().int(),
        damaged: z.array(z.string()),
        last: metricsLineSchema.optional(),
      }),
    ),
    list: method.output(
      z.object({ folder: z.string(), runs: z.array(listedRunSchema), unreadable: z.array(z.string()) }),
    ),
    show: method.input(z.strictObject({ run: z.string().min(1) })).output(
      listedRunSchema.extend({
        checkpoints: z.array(z.number().int()),
        metrics: z.array(metricsLineSchema),
      }),
    ),
    remove: method.input(z.strictObject({ run: z.string().min(1) })).output(z.object({ folder: z.string() })),
  },
  models: {
    sample: long(
      z.strictObject({ ...modelRef, ...out, seeds, columns: z.number().int().min(1).max(64).default(6) }),
      sampledSchema,
    ),
    encode: long(z.strictObject({ ...modelRef, ...out, images: z.string().min(1) }), encodedSchema),
    modules: long(
      z.strictObject({
        ...modelRef,
        ...out,
        level: hiddenLevelSchema.default('fine'),
        pairs: z.number().int().min(4).max(1024).multipleOf(4).default(64),
        seed: z.number().int().nonnegative().default(0),
        preparation: z.enum(modulePreparations).default('weighted'),
        /** Makes a hair gate too, and a recipe with it: without labels, or from held-out faces with true masks. */
        hairGate: z.enum(['module', 'painting']).optional(),
      }),
      modulesFoundSchema,
    ),
    apply: long(
      z.strictObject({
        ...modelRef,
        ...out,
        recipe: z.string().min(1),
        source: z.discriminatedUnion('kind', [
          z.strictObject({ kind: z.literal('seeds'), seeds }),
          z.strictObject({ kind: z.literal('images'), folder: z.string().min(1) }),
        ]),
      }),
      appliedSchema,
    ),
  },
  analysis: {
    sdr: long(
      z.strictObject({
        runs: z.array(z.string().min(1)).min(1),
        step: modelRef.step,
        ...out,
        samples: z.number().int().min(16).max(4096).default(256),
        grid: z.enum(['filtered', 'native']).default('filtered'),
        seed: z.number().int().nonnegative().default(0),
      }),
      sdrAnalysisSchema,
    ),
    stretching: long(
      z.strictObject({
        runs: z.array(z.string().min(1)).min(1),
        ...out,
        factor: z.number().min(0.5).max(3).default(1.5),
        axis: z.enum(['horizontal', 'vertical']).default('horizontal'),
        samples: z.number().int().min(16).max(4096).default(256),
        seed: z.number().int().nonnegative().default(0),
      }),
      stretchingAnalysisSchema,
    ),
  },
  exports: {
    make: long(
      z.strictObject({
        ...modelRef,
        ...out,
        recipes: z.array(z.string().min(1)),
        count: z.number().int().min(1).max(1_000_000),
        seed: z.number().int().nonnegative().default(1),
        format: pictureFormatSchema.default('png'),
        images: z.string().min(1).optional(),
        heldOut: z.boolean().optional(),
        seeds: z.number().int().min(1).max(1_000_000).optional(),
        testShare: testShareSchema.optional(),
      }),
      augmentedSchema,
    ),
  },
  demo: {
    run: long(
      z.strictObject({
        ...out,
        steps: z.number().int().positive().default(3500),
        count: z.number().int().min(200).max(1_000_000).default(8000),
        seed: z.number().int().nonnegative().default(0),
      }),
      demoResultSchema,
    ),
  },
  reproduce: {
    /** Trains what is needed and makes experiments, in this process; `reproduce.read` follows it from another one. */
    run: long(
      reproduceInputSchema,
      z.object({
        folder: z.string(),
        results: z.array(experimentResultSchema),
        leftOut: z.array(z.object({ experiment: experimentIdSchema, reason: z.string() })),
      }),
    ),
    ...reproduceReadContract,
  },
  analysisLive: analysisLiveContract,
  channels: channelsContract,
  experimentsLive: experimentsLiveContract,
  exportLive: exportLiveContract,
  live: liveContract,
  theory: theoryContract,
  studio: studioContract,
};
