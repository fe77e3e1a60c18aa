import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { long, method } from './method.ts';
import { mostThreads, stepCountSchema } from './runFiles.ts';
import { nonEmpty, whole } from './shared.ts';
import { mostTries } from './sweeps.ts';

/** The queue: runs that are trained, and runs that wait for a free slot. */

const entryId = z.string().regex(/^[a-z0-9-]{1,40}$/);
export const mostQueued = 10_000;
const threads = z.number().int().min(1).max(mostThreads);

/** A process that trains an entry, as it is known again after the worker of the queue has changed. */
const processSchema = z.strictObject({
  pid: z.number().int().positive(),
  host: z.string().max(300),
  /** When it began, as `processIdentity.ts` tells it; earlier than that nobody knows. */
  start: z.string().max(100).optional(),
  /** The machine's own start: after a restart no process of before is there. */
  boot: z.string().max(300).optional(),
});

/** A run that waits or is trained. Words are those after the program's name. */
export const queueEntrySchema = z.strictObject({
  id: entryId,
  /** The run directory; there is one entry a run. */
  folder: nonEmpty,
  title: z.string().max(500),
  from: z.enum(['person', 'sweep', 'reproduction']),
  addedAt: z.iso.datetime(),
  /** What makes the run and trains it, where there is no run.json yet; none where it is there. */
  begin: z.array(z.string().max(8192)).max(300).nullable(),
  /** What goes on with it. */
  goOn: z.array(z.string().max(8192)).min(1).max(300),
  /** Where the trainer's words go. */
  log: nonEmpty,
  /** The step at which it is done. */
  steps: stepCountSchema,
  threads,
  isOnGpu: z.boolean(),
  /** What is trained, so that the rate of one run tells of others like it. */
  alike: z.string().max(2000),
  tries: whole,
  mostTries: z.number().int().min(1).max(mostTries),
  state: z.enum(['waiting', 'running', 'failed']),
  /** Waits until a person lets it go on. */
  isHeld: z.boolean(),
  /** When it was begun last: what the run's files said before that is of an earlier training. */
  begunAt: z.iso.datetime().nullable(),
  process: processSchema.nullable(),
  /** The GPU it has, by number. */
  gpu: whole.nullable(),
  error: z.string().max(5000).nullable(),
});
export type QueueEntry = z.infer<typeof queueEntrySchema>;

/** queue.json of a runs folder, in the order of the queue. */
export const queueFileSchema = z.strictObject({
  version: z.literal(1),
  /** Nothing is started while it is paused; what runs goes on. */
  isPaused: z.boolean(),
  /** Threads that its runs share; the machine's where it is null. */
  threads: threads.nullable(),
  /** Seconds a step, by what is trained. */
  rates: z.record(z.string().max(2000), z.number().positive()),
  entries: z.array(queueEntrySchema).max(mostQueued),
});
export type QueueFile = z.infer<typeof queueFileSchema>;

const entryReportSchema = queueEntrySchema
  .pick({ id: true, folder: true, title: true, from: true, addedAt: true, steps: true, threads: true })
  .extend({
    state: z.enum(['waiting', 'running', 'failed']),
    isHeld: z.boolean(),
    gpu: whole.nullable(),
    tries: whole,
    error: z.string().nullable(),
    step: whole,
    /** Seconds until it begins and until it ends, as far as the rates of runs like it tell. */
    beginsIn: z.number().nonnegative().nullable(),
    endsIn: z.number().nonnegative().nullable(),
  });
export type QueuedRun = z.infer<typeof entryReportSchema>;

export const queueReportSchema = z.object({
  isPaused: z.boolean(),
  /** Whether a process works on the queue now. */
  isWorked: z.boolean(),
  threads,
  /** GPUs that runs take, one each; 0 where training uses the processor. */
  gpus: whole,
  runs: z.array(entryReportSchema),
  /** Until all that waits and runs is done; null where a rate is not known. */
  etaSeconds: z.number().nonnegative().nullable(),
});
export type QueueReport = z.infer<typeof queueReportSchema>;

const entryRef = z.strictObject({ entry: entryId });

export const queueContract = {
  show: method.output(queueReportSchema),
  /** Puts runs that are there at its end. */
  add: method
    .input(z.strictObject({ runs: z.array(nonEmpty).min(1).max(1000), extend: stepCountSchema.optional() }))
    .output(queueReportSchema),
  /** Before another entry, or to the end. */
  move: method
    .input(z.strictObject({ entry: entryId, before: entryId.nullable() }))
    .output(queueReportSchema),
  /** Takes an entry out; where it is trained, it saves and ends. */
  remove: method.input(entryRef).output(queueReportSchema),
  hold: method.input(entryRef.extend({ isHeld: z.boolean() })).output(queueReportSchema),
  /** Has one that failed wait again. */
  retry: method.input(entryRef).output(queueReportSchema),
  pause: method.input(z.strictObject({ isPaused: z.boolean() })).output(queueReportSchema),
  setThreads: method.input(z.strictObject({ threads: threads.nullable() })).output(queueReportSchema),
  /** Works on the queue in this process until it is empty. */
  work: long(z.strictObject({}), z.object({ finished: whole, failed: whole, waiting: whole })),
  /** Of a served engine alone: the queue, again when it changed. */
  follow: method.output(eventIterator(queueReportSchema)),
};
