import type { ListedReproduction } from '../../contract/experiments.ts';
import { titleOf } from '../../contract/runLabels.ts';
import type { QueueReport } from '../../contract/queue.ts';
import type { Job, RunSummary } from '../../contract/studio.ts';
import type { PageWork } from '../api/pageWorks.ts';
import { wholeWords } from '../components/queueWords.ts';
import { isUnderWay } from '../components/runStates.ts';
import { counted, duration, nameOf } from '../words.ts';

/** All that may be under way; undefined while it is not known. */
export interface AllWork {
  jobs: readonly Job[] | undefined;
  runs: readonly RunSummary[] | undefined;
  /** Folders in which experiments are being made. */
  experiments: readonly ListedReproduction[] | undefined;
  pages: readonly PageWork[];
}

export type WorkSource =
  | { kind: 'job'; job: Job }
  | { kind: 'run'; run: RunSummary }
  | { kind: 'experiments'; reproduction: ListedReproduction }
  | { kind: 'page'; work: PageWork };

/** Something that is under way. */
export interface LiveWork {
  key: string;
  title: string;
  /** When it began, in milliseconds since 1970. */
  since: number;
  /** From 0 to 1. */
  share: number;
  etaSeconds: number | null;
  source: WorkSource;
}

/** When runs and experiments began, as far as this page has seen it; by their keys. */
export type Arrivals = ReadonlyMap<string, number>;

/** All that is under way, the newest first. */
export function liveWork({ jobs, runs, experiments, pages }: AllWork, arrivals: Arrivals): LiveWork[] {
  const live: LiveWork[] = [
    ...(jobs ?? []).filter(({ state }) => state === 'running').map(ofJob),
    ...(runs ?? []).filter(({ state }) => isUnderWay(state)).map((run) => ofRun(run, arrivals)),
    ...(experiments ?? []).map((reproduction) => ofExperiments(reproduction, arrivals)),
    ...pages.filter(({ error }) => error === null).map(ofPage),
  ];
  return live.sort((a, b) => b.since - a.since);
}

function ofJob(job: Job): LiveWork {
  const { id, title, startedAt, progress, etaSeconds } = job;
  const since = Date.parse(startedAt);
  return {
    key: `job ${id}`,
    ...{ title, since, etaSeconds, share: shareOf(progress) },
    source: { kind: 'job', job },
  };
}

function ofPage(work: PageWork): LiveWork {
  const { name, title, startedAt: since, progress, etaSeconds } = work;
  return {
    key: `page ${name}`,
    ...{ title, since, etaSeconds, share: shareOf(progress) },
    source: { kind: 'page', work },
  };
}

/** A run may go on long after it was made: what counts is when it was seen to begin. */
function ofRun(run: RunSummary, arrivals: Arrivals): LiveWork {
  const key = keyOfRun(run);
  return {
    ...{ key, title: titleOf(run), since: arrivals.get(key) ?? Date.parse(run.run.createdAt) },
    share: (run.status?.step ?? 0) / run.run.steps,
    etaSeconds: run.status?.etaSeconds ?? null,
    source: { kind: 'run', run },
  };
}

function ofExperiments(reproduction: ListedReproduction, arrivals: Arrivals): LiveWork {
  const key = keyOfExperiments(reproduction);
  const { folder, share, etaSeconds } = reproduction;
  return {
    ...{ key, title: `Experiments in ${nameOf(folder)}`, since: arrivals.get(key) ?? 0, share, etaSeconds },
    source: { kind: 'experiments', reproduction },
  };
}

function shareOf(progress: { done: number; total: number } | null): number {
  return progress === null || progress.total === 0 ? 0 : progress.done / progress.total;
}

function keyOfRun({ folder }: RunSummary): string {
  return `run ${folder}`;
}

function keyOfExperiments({ folder }: ListedReproduction): string {
  return `experiments ${folder}`;
}

/** What was seen of runs and experiments: null before anything was known. */
export interface Seen {
  runs: ReadonlyMap<string, number | null> | null;
  experiments: ReadonlyMap<string, number | null> | null;
}

/** The same with what has begun since; what was under way at the first look began at a time that is not known. */
export function seenNow(before: Seen, { runs, experiments }: AllWork, now: number): Seen {
  const underWay = runs?.filter(({ state }) => isUnderWay(state));
  return {
    runs: keysSeen(before.runs, underWay?.map(keyOfRun), now),
    experiments: keysSeen(before.experiments, experiments?.map(keyOfExperiments), now),
  };
}

function keysSeen(
  before: Seen['runs'],
  keys: readonly string[] | undefined,
  now: number,
): ReadonlyMap<string, number | null> | null {
  if (keys === undefined) return before;
  if (before === null) return new Map(keys.map((key) => [key, null]));
  const sinceOf = (key: string): number | null => (before.has(key) ? (before.get(key) ?? null) : now);
  return new Map(keys.map((key) => [key, sinceOf(key)]));
}

export function arrivalsOf({ runs, experiments }: Seen): Arrivals {
  const known = [...(runs ?? []), ...(experiments ?? [])];
  return new Map(known.flatMap(([key, since]) => (since === null ? [] : [[key, since] as const])));
}

/** What has ended without a result, and may be dismissed. */
export interface EndedWork {
  key: string;
  title: string;
  /** Why it failed; null where a person cancelled it. */
  error: string | null;
  source: { kind: 'job'; id: string } | { kind: 'page'; name: string; address: string };
}

/** What failed or was cancelled, in the order in which it was begun, the newest first. */
export function endedWork({ jobs, pages }: AllWork): EndedWork[] {
  const ended = [
    ...(jobs ?? [])
      .filter(({ state }) => state === 'failed' || state === 'cancelled')
      .map(({ id, title, state, error, startedAt }) => ({
        since: Date.parse(startedAt),
        work: {
          ...{ key: `job ${id}`, title, source: { kind: 'job', id } as const },
          error: state === 'failed' ? (error?.message ?? 'No reason was given.') : null,
        },
      })),
    ...pages
      .filter(({ error }) => error !== null)
      .map(({ name, title, address, error, startedAt }) => ({
        since: startedAt,
        work: { key: `page ${name}`, title, error, source: { kind: 'page', name, address } as const },
      })),
  ];
  return ended.sort((a, b) => b.since - a.since).map(({ work }) => work);
}

/** "Finding the modules of faces 40 % · 2 min left and 1 more"; null where nothing is under way. */
export function liveWords(live: readonly LiveWork[]): string | null {
  const [newest] = live;
  if (newest === undefined) return null;
  const { title, share, etaSeconds } = newest;
  const left = etaSeconds === null ? '' : ` · ${duration(etaSeconds)} left`;
  const more = live.length > 1 ? ` and ${live.length - 1} more` : '';
  return `${title} ${Math.floor(share * 100)} %${left}${more}`;
}

/** What waits in the queue, and what there is to say of the whole; null where nothing waits. */
export function queueWords(queue: QueueReport | undefined): { waiting: string; whole: string } | null {
  if (queue === undefined) return null;
  const waiting = queue.runs.filter(({ state, isHeld }) => state === 'waiting' && !isHeld).length;
  if (waiting === 0) return null;
  const whole = queue.isPaused ? 'the queue is paused' : wholeWords(queue);
  return {
    waiting: `${waiting} ${waiting === 1 ? 'waits' : 'wait'}`,
    whole: whole === null ? '' : `, ${whole}`,
  };
}

/** "2 failures"; null where nothing failed. */
export function failureWords(ended: readonly EndedWork[]): string | null {
  const failed = ended.filter(({ error }) => error !== null).length;
  return failed === 0 ? null : counted(failed, 'failure');
}
