import type { Notice } from '../../contract/desktop.ts';
import type { QueuedRun } from '../../contract/queue.ts';
import type { RunFile, StatusFile } from '../../contract/runFiles.ts';
import type { Job, RunState, RunSummary } from '../../contract/studio.ts';
import { count, counted } from '../words.ts';

/** What of a run a notice is made of. */
export interface NotedRun extends Pick<RunSummary, 'id' | 'folder' | 'state' | 'safeStep' | 'error'> {
  run: Pick<RunFile, 'steps'>;
  status: Pick<StatusFile, 'step'> | null;
}

const active: readonly RunState[] = ['starting', 'training', 'pausing'];

/**
 * What a person who looks elsewhere is told: jobs that have ended by themselves since `before`. Short ones may begin and
 * end between two looks. Nothing where nothing was known before, as when a page is opened.
 */
export function noticesOfJobs(before: readonly Job[] | undefined, after: readonly Job[]): Notice[] {
  if (before === undefined) return [];
  const ended = new Set(before.filter(({ state }) => state !== 'running').map(({ id }) => id));
  return after.filter(({ id }) => !ended.has(id)).flatMap((job) => noticeOfJob(job) ?? []);
}

function noticeOfJob(job: Job): Notice | undefined {
  const address = addressOf(job);
  if (job.state === 'failed')
    return { title: `${job.title}: failed`, body: job.error?.message ?? 'No reason was given.', address };
  if (job.state !== 'done' || job.result === null) return undefined;
  const title = `${job.title}: done`;
  switch (job.result.kind) {
    case 'run':
      // Training has begun, which is no end.
      return undefined;
    case 'faces':
      return { title, body: `${counted(job.result.count, 'face')} in ${job.result.folder}`, address };
    case 'check': {
      const { decodable, files } = job.result.report;
      return { title, body: `${count(decodable)} of ${counted(files, 'image')} can be read.`, address };
    }
    case 'export':
      return { title, body: `${counted(job.result.count, 'picture')} in ${job.result.folder}`, address };
  }
}

function addressOf({ kind, folder }: Job): string {
  switch (kind) {
    case 'train':
      return '#/train';
    case 'faces':
    case 'check':
      return `#/data?${new URLSearchParams({ data: folder }).toString()}`;
    case 'export':
      return '#/export';
  }
}

/**
 * Trainings that went on in `before` and have ended; one that a person paused is no news, and neither is one of the queue that did not
 * come to its end: it is tried again, and `noticesOfQueue` tells when it is not any more.
 */
export function noticesOfRuns(
  before: readonly NotedRun[],
  after: readonly NotedRun[],
  queued: readonly QueuedRun[] = [],
): Notice[] {
  const trained = new Set(before.filter(({ state }) => active.includes(state)).map(({ folder }) => folder));
  const triedAgain = new Set(queued.map(({ folder }) => folder));
  return after
    .filter(({ folder }) => trained.has(folder))
    .filter(({ folder, state }) => state === 'finished' || !triedAgain.has(folder))
    .flatMap((run) => noticeOfRun(run) ?? []);
}

/** Runs that the queue has given up since `before`; nothing where nothing was known before. */
export function noticesOfQueue(
  before: readonly QueuedRun[] | undefined,
  after: readonly QueuedRun[],
): Notice[] {
  if (before === undefined) return [];
  const failed = new Set(before.filter(({ state }) => state === 'failed').map(({ id }) => id));
  return after
    .filter(({ id, state }) => state === 'failed' && !failed.has(id))
    .map(({ title, error }) => ({
      title: `${title}: training failed`,
      body: error ?? 'No reason was given.',
      address: '#/train',
    }));
}

function noticeOfRun({ id, run, state, status, safeStep, error }: NotedRun): Notice | undefined {
  const address = `#/train?${new URLSearchParams({ run: id }).toString()}`;
  const step = count(status?.step ?? 0);
  switch (state) {
    case 'finished':
      return { title: `${id}: trained`, body: `All ${counted(run.steps, 'step')} are done.`, address };
    case 'failed':
      return { title: `${id}: training failed`, body: error ?? `It failed at step ${step}.`, address };
    case 'interrupted': {
      const from = safeStep === null ? 'from the beginning' : `from step ${count(safeStep)}`;
      return {
        title: `${id}: training was interrupted`,
        body: `At step ${step}. It can be resumed ${from}.`,
        address,
      };
    }
    case 'waiting':
    case 'starting':
    case 'training':
    case 'pausing':
    case 'paused':
      return undefined;
  }
}
