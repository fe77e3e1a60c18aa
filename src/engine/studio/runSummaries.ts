import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import type { RunFile, StatusFile } from '../../contract/runFiles.ts';
import type { RunState, RunSummary } from '../../contract/studio.ts';
import { StudioError } from '../../contract/errors.ts';
import { bundledModelFolder, idOfRun, isBundled } from '../runs/bundledModel.ts';
import { checkpointSteps } from '../runs/checkpoints.ts';
import { listRuns, readRun, readStatus, runPaths, runsFolder } from '../runs/runFolder.ts';
import { isLocked } from '../runs/runLock.ts';
import { MetricsTail } from './metricsTail.ts';
import type { Trainers } from './trainers.ts';

/** `reading` is the newest reading: one after another, since the tail has one place in the file. */
interface Measured {
  tail: MetricsTail;
  latest: Record<string, number>;
  reading: Promise<void>;
}

/** Reads where runs stand, from their folders alone; only the newest measurements are kept in memory. */
export class RunSummaries {
  readonly #trainers: Trainers;
  readonly #measured = new Map<string, Measured>();

  constructor(trainers: Trainers) {
    this.#trainers = trainers;
  }

  async list(): Promise<{ folder: string; runs: RunSummary[]; unreadable: string[] }> {
    const folder = runsFolder();
    const { runs, unreadable } = await listRuns(folder);
    const summaries = await Promise.all(runs.map((run) => this.#summarise(run)));
    return { folder, runs: [...summaries, ...(await this.#bundled(unreadable))], unreadable };
  }

  async read(folder: string): Promise<RunSummary> {
    const [run, status] = [await readRun(folder), await readStatus(folder)];
    return this.#summarise({ id: idOfRun(folder), folder, run, status });
  }

  async #bundled(unreadable: string[]): Promise<RunSummary[]> {
    const folder = bundledModelFolder();
    if (!existsSync(runPaths(folder).run)) return [];
    try {
      return [await this.read(folder)];
    } catch (error) {
      if (!(error instanceof StudioError)) throw error;
      unreadable.push(error.message);
      return [];
    }
  }

  async #summarise(listed: {
    id: string;
    folder: string;
    run: RunFile;
    status: StatusFile | undefined;
  }): Promise<RunSummary> {
    const { id, folder, run, status } = listed;
    const state = this.#stateOf(folder, run, status, await isLocked(folder));
    return {
      id,
      folder,
      run,
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

  async #latest(folder: string): Promise<Record<string, number>> {
    let entry = this.#measured.get(folder);
    if (entry === undefined) {
      const tail = new MetricsTail(runPaths(folder).metrics);
      entry = { tail, latest: {}, reading: Promise.resolve() };
      this.#measured.set(folder, entry);
    }
    const measured = entry;
    measured.reading = measured.reading.then(async () => {
      const { lines, restarted } = await measured.tail.read();
      if (restarted) measured.latest = {};
      for (const line of lines) Object.assign(measured.latest, line.values);
    });
    await measured.reading;
    return { ...measured.latest };
  }
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
  const { run, status, metrics, lock, checkpoints, samples } = runPaths(folder);
  const parts = [run, status, metrics, lock, checkpoints, samples].map(async (path) => {
    const facts = await stat(path).catch(() => undefined);
    return facts === undefined ? '-' : `${facts.ino}:${facts.size}:${path === lock ? 0 : facts.mtimeMs}`;
  });
  return (await Promise.all(parts)).join(' ');
}
