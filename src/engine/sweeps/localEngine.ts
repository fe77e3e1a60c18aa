import { StudioError } from '../../contract/errors.ts';
import type { Watch } from '../../contract/progress.ts';
import { counted } from '../../contract/figures.ts';
import type { QueueEntry, QueueFile } from '../../contract/queue.ts';
import { endRuns, removeRunsFromQueue } from '../queue/changeEntries.ts';
import { addToQueue, alikeOf } from '../queue/queueEntries.ts';
import type { NewEntry } from '../queue/queueEntries.ts';
import { readQueue } from '../queue/queueFile.ts';
import { QueueWorker } from '../queue/queueWorker.ts';
import { trainsOnGpu } from '../queue/room.ts';
import { isQueueWorked, withoutLost } from '../queue/worked.ts';
import { runsFolder } from '../runs/runFolder.ts';
import { isFinished } from '../queue/standing.ts';
import { isLocked } from '../runs/runLock.ts';
import { Trainers } from '../studio/trainers.ts';
import { usualImageLayer } from '../training/createTrainer.ts';
import { modelOfRequest } from '../training/modelOfRequest.ts';
import type { CellJob, CellLook, SweepEngine, SweepPlace, SweepStarter } from './sweepEngine.ts';

/** This machine's queue: cells wait there beside what else waits, and are trained when there is room. */
export class LocalEngine implements SweepEngine {
  readonly #place: SweepPlace;
  readonly #starter: SweepStarter | undefined;

  constructor(place: SweepPlace, starter: SweepStarter | undefined) {
    this.#place = place;
    this.#starter = starter;
  }

  check(): Promise<void> {
    return Promise.resolve();
  }

  async submit(jobs: readonly CellJob[], watch: Watch): Promise<string[]> {
    await addToQueue(jobs.map((job) => this.#entryOf(job)));
    if (this.#starter?.worksOnQueue !== true) return [];
    const worker = new QueueWorker(new Trainers(this.#starter.commandLine, 'own'));
    const ours = new Set(jobs.map(({ folder }) => folder));
    await worker.work(async (queue) => {
      const left = queue.entries.filter(({ folder, state }) => ours.has(folder) && state !== 'failed');
      const done = jobs.length - left.length;
      watch.onProgress?.({ phase: phaseOf(left, queue.isPaused), done, total: jobs.length });
      return left.every(({ isHeld }) => isHeld) && !(await areTakenOutAndTrained(jobs, queue));
    }, watch.signal);
    if (watch.signal?.aborted === true) {
      await endRuns(jobs.map(({ folder }) => folder));
      throw new StudioError(
        'interrupted',
        `Stopped; what was trained is saved. Continue with: extrapolate sweep resume ${this.#place.folder}`,
      );
    }
    return takenOutWords(jobs, await readQueue());
  }

  async look(jobs: readonly CellJob[]): Promise<Map<number, CellLook>> {
    const { entries } = await readQueue();
    const standing = (await isQueueWorked()) ? entries : await withoutLost(entries);
    const byFolder = new Map(standing.map((entry) => [entry.folder, entry]));
    const looks = new Map<number, CellLook>();
    for (const { index, folder } of jobs) {
      const entry = byFolder.get(folder);
      if (entry !== undefined) looks.set(index, lookOf(entry));
    }
    return looks;
  }

  async holdUps(looks: ReadonlyMap<number, CellLook>): Promise<string[]> {
    const waits = [...looks.values()].some(({ state }) => state === 'queued');
    if (!waits) return [];
    if ((await readQueue()).isPaused)
      return ['The queue is paused: “extrapolate queue resume” starts what waits.'];
    if (await isQueueWorked()) return [];
    return [
      `Nobody works on the queue in ${runsFolder()}: “extrapolate sweep resume ${this.#place.folder}” does, or “extrapolate queue work”, or the open Studio.`,
    ];
  }

  async stop(jobs: readonly CellJob[]): Promise<string[]> {
    await removeRunsFromQueue(jobs.map(({ folder }) => folder));
    return [];
  }

  #entryOf({ index, name, folder, log, steps, request }: CellJob): NewEntry {
    const words = ['sweep', 'cell', this.#place.folder, String(index)];
    const { kind, hyperParameters } = modelOfRequest(request);
    const { threads, tries } = this.#place;
    const isOnGpu = trainsOnGpu();
    const imageLayer = request.imageLayer ?? usualImageLayer(isOnGpu ? 'gpu' : 'cpu');
    return {
      ...{ folder, title: `${this.#place.id} ${name}`, from: 'sweep', begin: words, goOn: words, log, steps },
      ...{ threads, isOnGpu, mostTries: tries },
      alike: alikeOf([kind, hyperParameters, request.spectral, imageLayer, threads]),
    };
  }
}

function outOf({ entries }: QueueFile, jobs: readonly CellJob[]): CellJob[] {
  const folders = new Set(entries.map(({ folder }) => folder));
  return jobs.filter(({ folder }) => !folders.has(folder));
}

/** Whether cells that somebody took out of the queue have not ended yet: until they have, nobody can say where they stand. */
async function areTakenOutAndTrained(jobs: readonly CellJob[], queue: QueueFile): Promise<boolean> {
  for (const { folder } of outOf(queue, jobs)) if (await isLocked(folder)) return true;
  return false;
}

async function takenOutWords(jobs: readonly CellJob[], queue: QueueFile): Promise<string[]> {
  const finished = await Promise.all(outOf(queue, jobs).map(isFinished));
  const count = finished.filter((isDone) => !isDone).length;
  if (count === 0) return [];
  return [
    `${counted(count, 'cell')} left the queue before the end: another command stopped the sweep, or the queue was emptied.`,
  ];
}

/** What the cells of a sweep are at, and why none is trained where that is so. */
function phaseOf(left: readonly QueueEntry[], isPaused: boolean): string {
  if (left.length === 0 || left.some(({ state }) => state === 'running')) return 'training the cells';
  return isPaused ? 'waiting, as the queue is paused (“extrapolate queue resume”)' : 'waiting in the queue';
}

function lookOf({ state, isHeld, error }: QueueEntry): CellLook {
  // That of an earlier try is over.
  if (state === 'running') return { state: 'running' };
  const reason = error === null ? {} : { reason: error };
  if (state === 'failed') return { state: 'failed', ...reason };
  return isHeld
    ? { state: 'stopped', reason: error ?? 'It is held back in the queue.' }
    : { state: 'queued', ...reason };
}
