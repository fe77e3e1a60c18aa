import { existsSync, statSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import type { RunLabels } from '../../contract/runLabels.ts';
import type { RunFile, StatusFile } from '../../contract/runFiles.ts';
import { inListOrder } from '../../contract/studio.ts';
import type { RunState, RunSummary } from '../../contract/studio.ts';
import { StudioError } from '../../contract/errors.ts';
import { bundledModelFolder, idOfRun, isBundled } from '../runs/bundledModel.ts';
import { checkpointSteps } from '../runs/checkpoints.ts';
import { labelsForList } from '../runs/runLabels.ts';
import { readRun, readStatus, runFolders, runPaths, runsFolder } from '../runs/runFolder.ts';
import { isLocked } from '../runs/runLock.ts';
import { pauseFor } from '../session/signal.ts';
import { LatestMeasures } from './latestMeasures.ts';
import { Recent } from './recent.ts';
import type { Trainers } from './trainers.ts';

export interface ListedRuns {
  folder: string;
  /** Newest first; the model that comes along is the last. */
  runs: RunSummary[];
  /** What is wrong with runs that cannot be read. */
  unreadable: string[];
}

/** What a look at a run found. `mark`: what its files looked like, where that may be compared; `failure`: of its last trainer. */
interface Seen {
  mark: string | undefined;
  failure: string | undefined;
  summary?: RunSummary;
  problem?: string | undefined;
}

/** Disks tell times in steps of some milliseconds, or of two seconds. */
const settledMilliseconds = 3000;
/** Runs that are read at a time: of each there are a few small files to wait for. */
const together = 16;

/** `reading` is the newest reading: one after another, since there is one place in the file. */
interface Measured {
  measures: LatestMeasures;
  reading: Promise<Record<string, number>>;
}

/** Reads where runs stand, from their folders alone; only the newest measurements are kept in memory. */
export class RunSummaries {
  readonly #trainers: Trainers;
  readonly #measured = new Map<string, Measured>();
  readonly #seen = new Map<string, Seen>();
  readonly #listed = new Recent(() => this.#look());
  #changed = new AbortController();

  constructor(trainers: Trainers) {
    this.#trainers = trainers;
  }

  /** As they are now; pages that ask at the same time share one look. */
  list(): Promise<ListedRuns> {
    return this.#listed.get(0);
  }

  /** As they were at most so many milliseconds ago. */
  recent(age: number): Promise<ListedRuns> {
    return this.#listed.get(age);
  }

  /** Milliseconds that the newest look took. */
  get lookTook(): number {
    return this.#listed.took;
  }

  /** Waits before the next look: not so long where this engine has changed a run meanwhile. @returns false where `signal` was aborted */
  async rest(milliseconds: number, signal: AbortSignal | undefined): Promise<boolean> {
    const sooner = this.#changed.signal;
    await pauseFor(milliseconds, signal === undefined ? sooner : AbortSignal.any([sooner, signal]));
    return signal?.aborted !== true;
  }

  /** To be called when this engine has changed a run beside its training: those who follow the list hear of it at once. */
  async lookAgain(): Promise<void> {
    // The first look may have been begun before the change.
    await this.list().catch(() => undefined);
    await this.list().catch(() => undefined);
    const changed = this.#changed;
    this.#changed = new AbortController();
    changed.abort();
  }

  async #look(): Promise<ListedRuns> {
    const folder = runsFolder();
    const folders = await runFolders(folder);
    const bundled = bundledModelFolder();
    if (existsSync(runPaths(bundled).run) && !folders.includes(bundled)) folders.push(bundled);
    const runs: RunSummary[] = [];
    const unreadable: string[] = [];
    for (let at = 0; at < folders.length; at += together) {
      const some = folders.slice(at, at + together);
      const seen = await Promise.all(
        some.map(async (each) => this.#atRest(each) ?? (await this.#lookAt(each))),
      );
      for (const { summary, problem } of seen) {
        if (summary !== undefined) runs.push(summary);
        if (problem !== undefined) unreadable.push(problem);
      }
    }
    for (const known of this.#seen.keys()) if (!folders.includes(known)) this.#seen.delete(known);
    runs.sort(inListOrder);
    return { folder, runs, unreadable };
  }

  /** What was seen of a run in which nothing has happened since; undefined where something may have. */
  #atRest(folder: string): Seen | undefined {
    const seen = this.#seen.get(folder);
    if (seen?.mark === undefined || this.#trainers.isStarted(folder)) return undefined;
    return seen.mark === markOf(folder) && seen.failure === this.#trainers.failureOf(folder)
      ? seen
      : undefined;
  }

  async #lookAt(folder: string): Promise<Seen> {
    const mark = markOf(folder);
    const failure = this.#trainers.failureOf(folder);
    let problem: string | undefined;
    const complain = (sentence: string): void => {
      problem = sentence;
    };
    const seen = await this.read(folder, complain).then(
      (summary): Seen => ({ mark: this.#canRest(summary) ? mark : undefined, failure, summary, problem }),
      (error: unknown): Seen => {
        if (!(error instanceof StudioError)) throw error;
        return { mark: undefined, failure, problem: error.message };
      },
    );
    this.#seen.set(folder, seen);
    return seen;
  }

  /** Nobody works in it, and its files have not changed just now, when a change to come may have the same time. */
  #canRest({ folder, state }: RunSummary): boolean {
    if (
      existsSync(runPaths(folder).lock) ||
      !['waiting', 'paused', 'finished', 'failed', 'interrupted'].includes(state)
    )
      return false;
    return Date.now() - newestChange(folder) > settledMilliseconds;
  }

  /** @param complain is told what cannot be read of what the run can be shown without */
  async read(folder: string, complain: (sentence: string) => void = () => undefined): Promise<RunSummary> {
    const [run, status] = [await readRun(folder), await readStatus(folder)];
    const labels = await labelsForList(folder, complain);
    return this.#summarise({ id: idOfRun(folder), folder, run, labels, status });
  }

  async #summarise(listed: {
    id: string;
    folder: string;
    run: RunFile;
    labels: RunLabels;
    status: StatusFile | undefined;
  }): Promise<RunSummary> {
    const { id, folder, run, labels, status } = listed;
    const state = this.#stateOf(folder, run, status, await isLocked(folder));
    return {
      id,
      folder,
      run,
      labels,
      status: status ?? null,
      state,
      bundled: isBundled(folder),
      // Checkpoints that cannot be looked at hide neither this run nor the others.
      safeStep: (await checkpointSteps(folder).catch((): number[] => [])).at(-1) ?? null,
      latest: await this.#latest(folder),
      error: await this.#errorOf(folder, state, status),
    };
  }

  #stateOf(folder: string, run: RunFile, status: StatusFile | undefined, isAlive: boolean): RunState {
    const started = this.#trainers.isStarted(folder);
    if (isAlive || started) {
      if (this.#trainers.isPausing(folder)) return 'pausing';
      return isAlive && status?.phase === 'training' && status.pid !== null ? 'training' : 'starting';
    }
    this.#trainers.settle(folder);
    switch (status?.phase) {
      case undefined:
      case 'waiting':
        return 'waiting';
      case 'training':
        return 'interrupted';
      case 'stopped':
        return 'paused';
      case 'finished':
        return status.step < run.steps ? 'paused' : 'finished';
      case 'failed':
        return 'failed';
    }
  }

  /** Why a run failed; or how its trainer ended, if that was before it could write down anything itself. */
  async #errorOf(folder: string, state: RunState, status: StatusFile | undefined): Promise<string | null> {
    if (state === 'failed') return status?.error ?? null;
    if (!['waiting', 'paused', 'finished'].includes(state)) return null;
    const failure = this.#trainers.failureOf(folder);
    const words =
      failure !== undefined || state === 'waiting' ? await this.#trainers.lastWords(folder) : undefined;
    return words ?? failure ?? null;
  }

  #latest(folder: string): Promise<Record<string, number>> {
    let measured = this.#measured.get(folder);
    if (measured === undefined) {
      const measures = new LatestMeasures(runPaths(folder).metrics);
      measured = { measures, reading: Promise.resolve({}) };
      this.#measured.set(folder, measured);
    }
    const { measures, reading } = measured;
    measured.reading = reading.catch(() => undefined).then(() => measures.read());
    return measured.reading;
  }
}

/**
 * What a run's folder looks like from outside. Whoever works in it makes or replaces files, which changes the folder itself; people
 * change run.json, status.json and labels.json. One quick look at five times, since a thousand runs are looked at twice a second.
 */
function markOf(folder: string): string {
  return timesOf(folder).join(' ');
}

function newestChange(folder: string): number {
  return Math.max(...timesOf(folder));
}

function timesOf(folder: string): number[] {
  const { run, status, labels, checkpoints } = runPaths(folder);
  return [folder, run, status, labels, checkpoints].map(
    (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0,
  );
}

/** Steps whose sample sheet is there, in order. */
export async function sampleSteps(folder: string): Promise<number[]> {
  const { samples } = runPaths(folder);
  if (!existsSync(samples)) return [];
  return (await readdir(samples))
    .map((name) => /^step-(\d{8,})\.png$/.exec(name)?.[1])
    .filter((digits) => digits !== undefined)
    .map(Number)
    .sort((a, b) => a - b);
}

/** Changes whenever a file of the run does. */
export async function fingerprintOf(folder: string): Promise<string> {
  const { run, status, metrics, lock, labels, checkpoints, samples } = runPaths(folder);
  const parts = [run, status, metrics, lock, labels, checkpoints, samples].map(async (path) => {
    const facts = await stat(path).catch(() => undefined);
    return facts === undefined ? '-' : `${facts.ino}:${facts.size}:${path === lock ? 0 : facts.mtimeMs}`;
  });
  return (await Promise.all(parts)).join(' ');
}
