import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { dcganHyperParametersSchema, vaeHyperParametersSchema } from './hyperParameters.ts';
import { long, method } from './method.ts';
import { mostThreads } from './runFiles.ts';
import { trainRequestSchema } from './runs.ts';
import { nonEmpty, whole } from './shared.ts';

/** Sweeps: one training in many variants, a run directory each. */

/** More cells than this are a slip in a range. */
export const mostCells = 2000;

const hyperParameterNames = [
  ...new Set([
    ...Object.keys(vaeHyperParametersSchema.shape),
    ...Object.keys(dcganHyperParametersSchema.shape),
  ]),
];
const trainingNames = [
  ...['seed', 'model', 'preset', 'steps', 'data', 'crop', 'allFolders', 'checkpointEvery'],
  ...['measureEvery', 'imageLayer', 'onDivergence', 'tensorboard'],
];
const spectralNames = ['spectral', 'spectralGamma', 'spectralCap', 'spectralGrid', 'spectralVariant'];

/** What a sweep can set, and what it can vary: the settings of a new run, by the names that they have there. */
export const sweepSettingNames: readonly string[] = [
  ...trainingNames,
  ...spectralNames,
  ...hyperParameterNames,
];
export const sweepHyperParameterNames: readonly string[] = hyperParameterNames;

/** A value of a setting; `spectral` is true or false, or `on` or `off`. */
const settingSchema = z.union([z.string().min(1).max(4096), z.number().min(-1e12).max(1e12), z.boolean()]);
export type SettingValue = z.infer<typeof settingSchema>;
export type Settings = Readonly<Record<string, SettingValue>>;

const settingName = z.string().max(60);
/** Values of an axis: a list, or a text such as "0..4" or "1e-4,5e-4". */
const axisSchema = z.union([z.array(settingSchema).min(1).max(mostCells), z.string().min(1).max(4096)]);

export const mostTries = 100;
const threads = z.number().int().min(1).max(mostThreads);
const tries = z.number().int().min(1).max(mostTries);

/** The file of a sweep, YAML or JSON: `set` holds for every cell, each name in `vary` has several values. */
export const sweepFileSchema = z.strictObject({
  /** What the jobs of a scheduler are called, and the default folder. */
  name: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$/, 'must be of letters, digits, dots, _ and - alone, at most 60')
    .optional(),
  /** Here, or beside the file when it is handed in; so are the steps. */
  data: nonEmpty.optional(),
  steps: trainRequestSchema.shape.steps.optional(),
  set: z.record(settingName, settingSchema).default({}),
  vary: z.record(settingName, axisSchema),
  threads: threads.optional(),
  tries: tries.optional(),
});

export const sweepEngines = ['local', 'slurm', 'ray'] as const;
export const sweepEngineSchema = z.enum(sweepEngines);
export type SweepEngineName = z.infer<typeof sweepEngineSchema>;

const word = z.string().min(1).max(200);

/** What is handed through to `sbatch`. */
export const slurmOptionsSchema = z.strictObject({
  partition: word.optional(),
  gres: word.optional(),
  /** The time limit of a task, as sbatch reads it. */
  time: word.optional(),
  account: word.optional(),
  /** Tasks that run at the same time. */
  parallel: z.number().int().min(1).max(mostCells).optional(),
  /** More options of sbatch, one a text: "--mem=4G". */
  sbatch: z.array(z.string().min(1).max(500)).max(50).default([]),
});
export type SlurmOptions = z.infer<typeof slurmOptionsSchema>;

/** Options that a sweep on Slurm goes on with instead of its own; the others stay. */
export const slurmChangesSchema = z.strictObject({
  ...slurmOptionsSchema.shape,
  sbatch: slurmOptionsSchema.shape.sbatch.unwrap().optional(),
});
export type SlurmChanges = z.infer<typeof slurmChangesSchema>;

/** Where a Ray head listens, and what each job asks of it. Its token comes from the environment and is written nowhere. */
export const rayOptionsSchema = z.strictObject({
  /** What is wrong with it is told in words of its own (src/engine/sweeps/ray/rayAddress.ts). */
  address: z.string().min(1).max(500),
  /** Jobs at the same time; where it is not said, as many as fit. */
  parallel: z.number().int().min(1).max(mostCells).optional(),
  /** GPUs a job. */
  gpus: z.number().min(0).max(64).default(0),
});
export type RayOptions = z.infer<typeof rayOptionsSchema>;

/** Who trains the cells. */
export const sweepPlaceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('local') }),
  z.strictObject({ kind: z.literal('slurm'), options: slurmOptionsSchema }),
  z.strictObject({ kind: z.literal('ray'), options: rayOptionsSchema }),
]);
export type SweepPlaceChoice = z.infer<typeof sweepPlaceSchema>;

const cellSchema = z.strictObject({
  /** Also the name of its run directory. */
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/),
  /** The values of what varies. */
  settings: z.record(settingName, settingSchema),
  request: trainRequestSchema.omit({ folder: true }),
});
export type SweepCell = z.infer<typeof cellSchema>;

/** sweep.json: what was asked, and every cell. Written once; `tries` and `place` change when a sweep goes on with others. */
export const sweepSchema = z.strictObject({
  version: z.literal(1),
  /** Of this sweep alone, and short: schedulers' jobs are called so. */
  id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/),
  createdAt: z.iso.datetime(),
  threads,
  tries,
  place: sweepPlaceSchema,
  /** In the order in which names of cells have them. */
  axes: z
    .array(z.strictObject({ name: settingName, values: z.array(settingSchema).min(1) }))
    .max(sweepSettingNames.length),
  cells: z.array(cellSchema).min(1).max(mostCells),
});
export type Sweep = z.infer<typeof sweepSchema>;

/** How a sweep is asked for: by a file, or by what varies. */
const definitionShape = {
  /** A sweep file, YAML or JSON. */
  sweepFile: nonEmpty.optional(),
  /** "seed=0..4 klWeight=1e-4,5e-4 spectral=on,off" */
  grid: z.string().max(20_000).optional(),
  data: nonEmpty.optional(),
  steps: trainRequestSchema.shape.steps.optional(),
  /** Threads a cell; where nobody says, one: several runs of one thread side by side are the fastest. */
  threads: threads.optional(),
  /** How often a cell is begun or gone on with, at most, before it counts as failed. */
  tries: tries.optional(),
};
export const sweepDefinitionSchema = z.strictObject(definitionShape);
export type SweepDefinition = z.infer<typeof sweepDefinitionSchema>;

export const sweepRequestSchema = z.strictObject({
  ...definitionShape,
  /** The folder of the sweep: new or empty. */
  out: nonEmpty,
  place: sweepPlaceSchema.default({ kind: 'local' }),
});
export type SweepRequest = z.input<typeof sweepRequestSchema>;

/** Where a cell stands. `unknown`: its scheduler does not answer, and the run's folder does not tell. */
export const cellStates = [
  'waiting',
  'queued',
  'blocked',
  'running',
  'stopped',
  'failed',
  'unknown',
  'finished',
] as const;
export type CellStanding = (typeof cellStates)[number];

const cellReportSchema = z.object({
  name: z.string(),
  folder: z.string(),
  settings: z.record(z.string(), settingSchema),
  state: z.enum(cellStates),
  step: whole,
  steps: whole,
  /** Why it stands there, where there is something to say. */
  reason: z.string().nullable(),
  etaSeconds: z.number().nonnegative().nullable(),
  /** The newest value of each measurement. */
  measures: z.record(z.string(), z.number()),
});
export type CellReport = z.infer<typeof cellReportSchema>;

const spreadSchema = z.object({ mean: z.number(), least: z.number(), most: z.number(), count: whole });
export type Spread = z.infer<typeof spreadSchema>;

export const sweepReportSchema = z.object({
  id: z.string(),
  folder: z.string(),
  createdAt: z.string(),
  place: sweepPlaceSchema,
  threads,
  axes: z.array(z.object({ name: z.string(), values: z.array(settingSchema) })),
  cells: z.array(cellReportSchema),
  /** Cells that differ in their seed alone, over the seeds that are finished. */
  groups: z.array(
    z.object({
      settings: z.record(z.string(), settingSchema),
      seeds: z.array(settingSchema),
      measures: z.record(z.string(), spreadSchema),
    }),
  ),
  /** Spectral minus plain, of finished cells that differ in that alone; none where `spectral` does not vary. */
  pairs: z.array(
    z.object({
      settings: z.record(z.string(), settingSchema),
      seeds: z.array(settingSchema),
      differences: z.record(z.string(), spreadSchema),
    }),
  ),
  /** Seconds until all are finished; null where nobody can say. */
  etaSeconds: z.number().nonnegative().nullable(),
  /** What the scheduler says, as sentences. */
  notes: z.array(z.string()),
});
export type SweepReport = z.infer<typeof sweepReportSchema>;

const sweepRef = { sweep: nonEmpty };
const sweepRefSchema = z.strictObject(sweepRef);

export const sweepsContract = {
  /** Every cell, checked as a whole; nothing is written. */
  plan: long(
    sweepDefinitionSchema,
    z.object({
      cells: z.array(z.object({ name: z.string(), settings: z.record(z.string(), settingSchema) })),
      threads,
      notes: z.array(z.string()),
    }),
  ),
  /** Writes the sweep and has it trained, to its end where this process is who sees to it. */
  begin: long(sweepRequestSchema, sweepReportSchema),
  /** Goes on with the cells that are not finished. */
  resume: long(
    z.strictObject({ ...sweepRef, tries: tries.optional(), slurm: slurmChangesSchema.optional() }),
    sweepReportSchema,
  ),
  /** Trains one cell in this process. */
  cell: long(
    z.strictObject({ ...sweepRef, index: z.number().int().min(0).max(mostCells) }),
    z.object({
      folder: z.string(),
      phase: z.enum(['finished', 'stopped']),
      /** Where it went on from. */
      from: whole,
      step: whole,
      steps: whole,
      notes: z.array(z.string()),
    }),
  ),
  status: method.input(sweepRefSchema).output(sweepReportSchema),
  /** Asks the cells that are trained to save and end, and takes those that wait out of their queue. */
  stop: method.input(sweepRefSchema).output(sweepReportSchema),
  /** Writes the table as CSV, JSON and a page into the sweep's folder. */
  report: method
    .input(sweepRefSchema)
    .output(z.object({ report: sweepReportSchema, files: z.array(z.string()) })),
  /** The sweeps in the runs folder, newest first. */
  list: method.output(
    z.array(
      z.object({
        id: z.string(),
        folder: z.string(),
        createdAt: z.string(),
        place: sweepEngineSchema,
        cells: whole,
        finished: whole,
      }),
    ),
  ),
  /** Of a served engine alone: a sweep's report, again when something changed. */
  follow: method.input(sweepRefSchema).output(eventIterator(sweepReportSchema)),
  /** Of a served engine alone: writes the sweep into the runs folder, and puts its cells into the queue. */
  start: long(
    z.strictObject({ ...definitionShape, name: sweepFileSchema.shape.name }),
    z.object({ folder: z.string(), cells: whole }),
  ),
};
