import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { cropSchema, facesRequestSchema, imageSetCheckSchema, browseOrderSchema } from './dataSet.ts';
import { errorCodes } from './errors.ts';
import { method } from './method.ts';
import { progressSchema } from './progress.ts';
import { runLabelsSchema } from './runLabels.ts';
import { logEventSchema } from './runLog.ts';
import { divergenceSchema, metricsLineSchema, runFileSchema, statusFileSchema } from './runFiles.ts';
import { nonEmpty, pictureBatchSchema, runRefSchema, whole } from './shared.ts';
import { trainRequestSchema } from './runs.ts';
import { removedRunSchema } from './trash.ts';

/**
 * What only a page needs: jobs that outlive a reload, trainers as processes of their own, folders to choose from, and
 * files that are followed while they grow.
 */

/** What a finished job leaves: where to go next, or what was found. */
export const jobResultSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('run'), run: z.string() }),
  z.object({ kind: z.literal('faces'), folder: z.string(), count: z.number().int() }),
  z.object({ kind: z.literal('check'), report: imageSetCheckSchema, seconds: z.number() }),
  z.object({ kind: z.literal('export'), folder: z.string(), count: z.number().int() }),
]);
export type JobResult = z.infer<typeof jobResultSchema>;

export const jobKinds = ['train', 'faces', 'check', 'export'] as const;
export const jobStates = ['running', 'done', 'failed', 'cancelled'] as const;

/** Long work of the engine itself. Training is no job: it has a process, a folder and a state of its own. */
export const jobSchema = z.object({
  id: z.string(),
  kind: z.enum(jobKinds),
  /** A name for people: "Making 600 faces". */
  title: z.string(),
  /** The folder it is about. */
  folder: z.string(),
  state: z.enum(jobStates),
  progress: progressSchema.nullable(),
  etaSeconds: z.number().nonnegative().nullable(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  error: z.object({ code: z.enum(errorCodes), message: z.string() }).nullable(),
  result: jobResultSchema.nullable(),
});
export type Job = z.infer<typeof jobSchema>;

/** Where a run stands, in one word: `interrupted` is a training that nobody does any more. */
export const runStates = [
  'waiting',
  'starting',
  'training',
  'pausing',
  'paused',
  'interrupted',
  'finished',
  'failed',
] as const;
export type RunState = (typeof runStates)[number];

export const runSummarySchema = z.object({
  id: z.string(),
  folder: z.string(),
  run: runFileSchema,
  labels: runLabelsSchema,
  status: statusFileSchema.nullable(),
  state: z.enum(runStates),
  /** True for the trained model that comes with the Studio: it is read, never changed. */
  bundled: z.boolean(),
  /** The newest step that is safe on disk; null before the first checkpoint. */
  safeStep: whole.nullable(),
  /** The newest value of each measurement. */
  latest: z.record(z.string(), z.number()),
  /** Why it failed, or the last words of a trainer that ended without saying. */
  error: z.string().nullable(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

/** Newest first; the model that comes along is the last. */
export function inListOrder(a: RunSummary, b: RunSummary): number {
  return Number(a.bundled) - Number(b.bundled) || b.run.createdAt.localeCompare(a.run.createdAt);
}

/** The runs of the runs folder: all where `restarted`, then what changed since the event before. */
export const runListEventSchema = z.object({
  folder: z.string(),
  runs: z.array(runSummarySchema),
  /** Folders of runs that are no longer there. */
  gone: z.array(z.string()),
  /** What is wrong with runs that cannot be read: all of it. */
  unreadable: z.array(z.string()),
  restarted: z.boolean(),
});
export type RunListEvent = z.infer<typeof runListEventSchema>;

export const followedRunSchema = z.object({
  summary: runSummarySchema,
  checkpoints: z.array(whole),
  /** Steps with a sheet of samples. */
  samples: z.array(whole),
  /** Measurements that came since the event before; all of them when `restarted`. */
  metrics: z.array(metricsLineSchema),
  restarted: z.boolean(),
});
export type FollowedRun = z.infer<typeof followedRunSchema>;

/** samples/step-….png, and where its pictures lie in it: pixels of the sheet unless said otherwise. */
export const sampleSheetSchema = z.object({
  sheet: z.instanceof(Blob),
  count: z.number().int().positive(),
  columns: z.number().int().positive(),
  /** Side of a picture in its own pixels, and by how much the sheet enlarges it. */
  side: z.number().int().positive(),
  scale: z.number().int().positive(),
  gap: whole,
  margin: whole,
});
export type SampleSheet = z.infer<typeof sampleSheetSchema>;

export const folderEntrySchema = z.object({
  name: z.string(),
  path: z.string(),
  /** Pictures directly inside, counted up to 1000; null where the folder cannot be read. */
  pictures: z.number().int().nullable(),
});
export type FolderEntry = z.infer<typeof folderEntrySchema>;

export const listedFolderSchema = z.object({
  path: z.string(),
  /** Null at the top of what may be seen. */
  parent: z.string().nullable(),
  pictures: z.number().int(),
  folders: z.array(folderEntrySchema),
  /** Where one can start from: the folders that the person who started the Studio allowed. */
  places: z.array(z.object({ name: z.string(), path: z.string() })),
});
export type ListedFolder = z.infer<typeof listedFolderSchema>;

/** What a folder is and how many pictures lie in it and below, as far as it was looked through. */
export const folderLookSchema = z.object({
  /** "CelebA", "a run of Extrapolation Studio"; null where nothing is recognised. */
  kind: z.string().nullable(),
  pictures: whole,
  /** Folders that were looked into. */
  folders: whole,
  state: z.enum(['counting', 'done', 'stopped']),
});
export type FolderLook = z.infer<typeof folderLookSchema>;

export const aboutSchema = z.object({
  version: z.string(),
  runsFolder: z.string(),
  /** A folder to write new sets of faces to. */
  dataFolder: z.string(),
  separator: z.string(),
  cores: z.number().int(),
  /** The trained model that comes with the Studio: where it should be, and whether it is. */
  bundledModel: z.object({ folder: z.string(), isThere: z.boolean() }),
});
export type About = z.infer<typeof aboutSchema>;

const jobRef = z.object({ job: z.string().max(100) });

export const studioContract = {
  about: method.output(aboutSchema),
  folders: {
    list: method.input(z.strictObject({ folder: nonEmpty.optional() })).output(listedFolderSchema),
    /** Recognises a folder and counts its pictures through the folders inside, until its reader leaves. */
    look: method.input(z.strictObject({ folder: nonEmpty })).output(eventIterator(folderLookSchema)),
  },
  jobs: {
    /** All jobs, again at every change. */
    follow: method.output(eventIterator(z.array(jobSchema))),
    cancel: method.input(jobRef).output(z.void()),
    dismiss: method.input(jobRef).output(z.void()),
  },
  data: {
    make: method.input(facesRequestSchema).output(jobRef),
    /** The first faces of a seed as a model would see them, drawn and not written. */
    draw: method
      .input(
        z.strictObject({
          seed: whole.default(0),
          hard: z.boolean().default(false),
          count: z.number().int().min(1).max(24).default(12),
        }),
      )
      .output(pictureBatchSchema),
    check: method.input(z.strictObject({ folder: nonEmpty })).output(jobRef),
    /**
     * Pictures of a set as a model sees them, `count` from `offset` on, in an order; with `attribute`, those that have it, or that
     * do not have it. Each comes with the attributes that it has.
     */
    browse: method
      .input(
        z.strictObject({
          folder: nonEmpty,
          offset: whole.default(0),
          count: z.number().int().min(1).max(240).default(10),
          crop: cropSchema.default('vae'),
          attribute: z.string().max(100).optional(),
          has: z.boolean().default(true),
          order: browseOrderSchema.default('name'),
          seed: whole.default(0),
        }),
      )
      .output(
        pictureBatchSchema.extend({
          files: z.array(z.string()),
          /** Of each file, the attributes that it has. */
          labels: z.array(z.array(z.string())),
          total: z.number().int(),
          /** Of the set's list, whatever is asked for; empty where there is none. */
          attributes: z.array(z.string()),
        }),
      ),
    /** One whole picture, and the square of it that is used. */
    picture: method
      .input(
        z.strictObject({
          folder: nonEmpty,
          file: nonEmpty,
          crop: cropSchema.default('vae'),
        }),
      )
      .output(
        z.object({
          /** The file as it is. */
          whole: z.instanceof(Blob),
          square: pictureBatchSchema,
          /** Size of the picture itself, and the square in its pixels. */
          width: z.number().int(),
          height: z.number().int(),
          box: z.object({ left: z.number(), top: z.number(), side: z.number() }),
        }),
      ),
  },
  runs: {
    /** All runs of the runs folder, then what changes. */
    list: method.output(eventIterator(runListEventSchema)),
    follow: method.input(runRefSchema).output(eventIterator(followedRunSchema)),
    /** The sample sheet of a step: the same latents at every checkpoint. */
    samples: method.input(runRefSchema.extend({ step: whole })).output(sampleSheetSchema),
    /** Packs the images, writes the run, starts its trainer; the job ends with the run. */
    start: method.input(trainRequestSchema).output(jobRef),
    /** Saves at the step that is being made, and ends the trainer. */
    pause: method.input(runRefSchema).output(z.void()),
    /** Ends the trainer at once: what was trained since the last checkpoint will be trained again. */
    stop: method.input(runRefSchema).output(z.void()),
    /** Goes on from the newest checkpoint; `onDivergence` is what becomes of it from now on when training diverges. */
    resume: method.input(runRefSchema.extend({ onDivergence: divergenceSchema.optional() })).output(z.void()),
    extend: method.input(runRefSchema.extend({ steps: z.number().int().positive() })).output(z.void()),
    /** What a new run with the same settings is asked with. */
    duplicate: method.input(runRefSchema).output(trainRequestSchema),
    remove: method.input(runRefSchema).output(removedRunSchema),
    /** What the trainer says, live. */
    log: method.input(runRefSchema).output(eventIterator(logEventSchema)),
  },
};
