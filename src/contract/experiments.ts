import { z } from 'zod';
import { modelKinds } from './hyperParameters.ts';
import { long, method } from './method.ts';
import { nonEmpty, whole } from './shared.ts';
import { verdictSchema } from './verdicts.ts';

/** The paper's deep experiments, and ours beyond it: what is asked for, and what stands in the files of a result. */

export const experimentIds = [
  'fig1',
  'fig4',
  'fig5',
  'fig5-gan',
  'eye-distance',
  'hair-not-tone',
  'modules',
] as const;
export const experimentIdSchema = z.enum(experimentIds);
export type ExperimentId = z.infer<typeof experimentIdSchema>;

/** `quick`: minutes, proves that everything works; `compact`: two processor cores; `photographs`: the same, for long; `paper`: the paper's sizes. */
export const experimentScales = ['quick', 'compact', 'photographs', 'paper'] as const;
export const experimentScaleSchema = z.enum(experimentScales);
export type ExperimentScale = z.infer<typeof experimentScaleSchema>;

const reproduction = {
  /** Where runs, figures, numbers and verdicts are kept; what is finished there is not made again. */
  out: nonEmpty,
  scale: experimentScaleSchema.default('compact'),
  /** A folder of images; none: synthetic faces are drawn. */
  data: nonEmpty.optional(),
  /** A folder of masks of the hair on some of those images, white on black; none: CelebA's attributes of hair tell, where they are. */
  hairMasks: nonEmpty.optional(),
  /** Seeds 0 … n − 1; the scale's own number where none is given. */
  seeds: z.number().int().min(1).max(20).optional(),
};

export const reproduceInputSchema = z.strictObject({
  ...reproduction,
  experiments: z.array(experimentIdSchema).min(1).max(64),
});
export type ReproduceInput = z.input<typeof reproduceInputSchema>;

export const experimentTableSchema = z.strictObject({
  /** Also the name of its CSV. */
  name: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string().min(1),
  columns: z.array(z.string().min(1)),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
});
export type ExperimentTable = z.infer<typeof experimentTableSchema>;

export const experimentFigureSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string().min(1),
  /** What is seen, in words that follow from the numbers; also the text for those who cannot see it. */
  caption: z.string().min(1),
  /** Files beside result.json: always a PNG, an SVG where the figure is drawn and not photographed. */
  png: z.string().min(1),
  svg: z.string().min(1).nullable(),
});
export type ExperimentFigure = z.infer<typeof experimentFigureSchema>;

export const usedRunSchema = z.strictObject({
  name: z.string().min(1),
  kind: z.enum(modelKinds),
  seed: whole,
  spectral: z.boolean(),
  /** The checkpoint that the numbers are of. */
  step: z.number().int().positive(),
});

/** result.json of an experiment. */
export const experimentResultSchema = z.strictObject({
  version: z.literal(1),
  experiment: experimentIdSchema,
  title: z.string().min(1),
  scale: experimentScaleSchema,
  seeds: z.array(whole).min(1),
  data: z.strictObject({
    name: z.string().min(1),
    images: z.number().int().positive(),
    /** Whether true masks and eye positions are known. */
    truth: z.boolean(),
  }),
  runs: z.array(usedRunSchema),
  verdicts: z.array(verdictSchema),
  tables: z.array(experimentTableSchema),
  figures: z.array(experimentFigureSchema),
  /** What a reader must know: choices where the paper is silent, what the scale cannot show. */
  notes: z.array(z.string()),
});
export type ExperimentResult = z.infer<typeof experimentResultSchema>;

/** progress.json of a reproduction: what a page reads while a process of its own works. Replaced atomically. */
export const reproductionStateSchema = z.strictObject({
  version: z.literal(1),
  phase: z.enum(['working', 'stopped', 'finished', 'failed']),
  pid: z.number().int().nullable(),
  host: z.string(),
  heartbeat: z.iso.datetime(),
  scale: experimentScaleSchema,
  experiments: z.array(
    z.strictObject({
      experiment: experimentIdSchema,
      state: z.enum(['waiting', 'training', 'measuring', 'done', 'failed']),
      /** What is being done, in words, and how far it is, 0 … 1. */
      doing: z.string().nullable(),
      share: z.number().min(0).max(1),
      error: z.string().nullable(),
    }),
  ),
  error: z.string().nullable(),
});
export type ReproductionState = z.infer<typeof reproductionStateSchema>;

export const reproductionPhases = [
  'none',
  'starting',
  'working',
  'stopping',
  'stopped',
  'finished',
  'failed',
] as const;

export const followedReproductionSchema = z.object({
  folder: z.string(),
  /** `none`: nothing was ever made here. `stopped`: begun, and nobody works on it; the same start goes on. */
  phase: z.enum(reproductionPhases),
  state: reproductionStateSchema.nullable(),
  /** How far all its experiments are together, 0 … 1. */
  share: z.number().min(0).max(1),
  /** From how fast it went lately; null where that is not known. */
  etaSeconds: z.number().nonnegative().nullable(),
  /** Why it failed, in words. */
  error: z.string().nullable(),
  /** Changes whenever a result does. */
  resultsKey: z.string(),
});
export type FollowedReproduction = z.infer<typeof followedReproductionSchema>;

export const listedReproductionSchema = z.object({
  folder: z.string(),
  phase: z.enum(reproductionPhases),
  scale: experimentScaleSchema.nullable(),
  /** Experiments that have a result. */
  made: z.array(experimentIdSchema),
  /** As of a followed one. */
  share: z.number().min(0).max(1),
  etaSeconds: z.number().nonnegative().nullable(),
});
export type ListedReproduction = z.infer<typeof listedReproductionSchema>;

const outRef = z.strictObject({ out: nonEmpty });

export const startReproductionSchema = z.strictObject({
  ...reproduction,
  /** One experiment, or all of them. */
  what: z.enum([...experimentIds, 'all']),
});

export const experimentsContract = {
  /** Trains what is needed and makes experiments, in this process; `read` and `follow` look at them from another one. */
  run: long(
    reproduceInputSchema,
    z.object({
      folder: z.string(),
      results: z.array(experimentResultSchema),
      leftOut: z.array(z.object({ experiment: experimentIdSchema, reason: z.string() })),
    }),
  ),
  /** The results in a folder, and where the work stands. */
  read: method.input(outRef).output(
    z.object({
      folder: z.string(),
      state: reproductionStateSchema.nullable(),
      results: z.array(experimentResultSchema),
    }),
  ),
  /** Folders with experiments beside where new image sets are proposed, by name. */
  list: method.output(z.object({ folder: z.string(), found: z.array(listedReproductionSchema) })),
  follow: method.input(outRef).output(followedReproductionSchema),
  start: method.input(startReproductionSchema).output(z.object({ folder: z.string() })),
  /** Asks it to save and end; what is trained and measured is kept. */
  stop: method.input(outRef).output(z.void()),
  /** A figure of a result, as it lies beside result.json. */
  figure: method
    .input(outRef.extend({ experiment: experimentIdSchema, file: nonEmpty }))
    .output(z.object({ picture: z.instanceof(Blob) })),
};
