import { existsSync, lstatSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import type { QueueEntry, QueueFile } from '../../contract/queue.ts';
import { lockFolder } from '../files/folderLock.ts';
import type { FolderLock } from '../files/folderLock.ts';
import { startOfProcess, thisPlace } from '../files/processIdentity.ts';
import { readRun, readStatus, runPaths, runsFolder } from '../runs/runFolder.ts';
import { sweepFileOf } from '../runs/runsFolder.ts';
import { pauseFor } from '../session/signal.ts';
import type { ChildRuns } from '../studio/childRuns.ts';
import { changeQueue, readQueue } from './queueFile.ts';
import { placeFor, roomHere } from './room.ts';
import type { Room } from './room.ts';
import { isFromBefore, standingOf } from './standing.ts';
import { workerLock } from './worked.ts';

const lookMilliseconds = 400;
/** A rate is written anew where it has changed by more than this share. */
const rateChange = 0.1;
/** The exit code of a command line that was asked for something that makes no sense: no second try makes it better. */
const wrongUsage = 'code 2';

/** "training 50/300 · loss 0.08": how far a trainer was does not tell why it ended. */
const progressLine = /^\D+ \d+\/\d+( · |$)/;

/** What became of an entry that was begun. */
type Outcome = { id: string } & (
  | { kind: 'gone' }
  | { kind: 'again'; isBlameless: boolean; error: string | null }
  | { kind: 'held' | 'failed'; error: string }
);

/**
 * Starts what waits in the queue when there is room, and clears away what is done. One process works on a queue at a time; it may
 * end at any moment, since trainers go on by themselves and the next worker finds them by their runs' folders.
 */
export class QueueWorker {
  readonly #trainers: ChildRuns;
  readonly #roomOf: (queue: QueueFile) => Room;
  #lock: FolderLock | undefined;
  #waking = new AbortController();

  constructor(trainers: ChildRuns, roomOf: (queue: QueueFile) => Room = roomHere) {
    this.#trainers = trainers;
    this.#roomOf = roomOf;
  }

  /**
   * Works, or watches another process working, until `isDone` says so of the queue or the signal asks to end. Trainers that it began
   * go on then.
   */
  async work(
    isDone: (queue: QueueFile) => boolean | Promise<boolean>,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    try {
      for (;;) {
        const queue = await readQueue();
        if (signal?.aborted === true || (await isDone(queue))) return;
        if (queue.entries.length > 0 && (await this.#isWorker())) await this.#look(queue);
        if (!(await this.#rest(signal))) return;
      }
    } finally {
      await this.#lock?.release();
      this.#lock = undefined;
    }
  }

  /** Has it look at once: something was put into the queue. */
  wake(): void {
    this.#waking.abort();
  }

  async #rest(signal: AbortSignal | undefined): Promise<boolean> {
    const sooner = this.#waking.signal;
    await pauseFor(lookMilliseconds, signal === undefined ? sooner : AbortSignal.any([sooner, signal]));
    if (sooner.aborted) this.#waking = new AbortController();
    return signal?.aborted !== true;
  }

  async #isWorker(): Promise<boolean> {
    try {
      if (this.#lock !== undefined) {
        await this.#lock.confirm();
        return true;
      }
      const folder = runsFolder();
      await mkdir(folder, { recursive: true });
      const what = `The queue in ${folder}`;
      this.#lock = await lockFolder({ folder, name: workerLock, what, deed: 'is worked on' });
      return true;
    } catch (error) {
      this.#lock = undefined;
      if (error instanceof StudioError && ['busy', 'not-found'].includes(error.code)) return false;
      throw error;
    }
  }

  async #look(queue: QueueFile): Promise<void> {
    const outcomes: Outcome[] = [];
    const rates: Record<string, number> = {};
    for (const entry of queue.entries) {
      if (entry.state !== 'running') continue;
      const outcome = await this.#outcomeOf(entry);
      if (outcome !== undefined) outcomes.push(outcome);
      const status = await readStatus(entry.folder).catch(() => undefined);
      if (status !== undefined && status.stepsPerSecond > 0) rates[entry.alike] = 1 / status.stepsPerSecond;
    }
    const nothingNew = newRates(queue.rates, rates) === queue.rates && outcomes.length === 0;
    if (nothingNew && (queue.isPaused || entriesToBegin(queue.entries, this.#roomOf(queue)).length === 0))
      return;
    const begun: QueueEntry[] = [];
    await changeQueue((now) => {
      const entries = now.entries.flatMap((entry) => settled(entry, outcomes));
      begun.length = 0;
      const next = { ...now, rates: newRates(now.rates, rates), entries };
      if (!now.isPaused) begun.push(...entriesToBegin(entries, this.#roomOf(now)));
      return { ...next, entries: entries.map((entry) => begun.find(({ id }) => id === entry.id) ?? entry) };
    });
    for (const entry of begun) await this.#begin(entry);
  }

  /** Undefined while it is trained. */
  async #outcomeOf(entry: QueueEntry): Promise<Outcome | undefined> {
    const { id, folder } = entry;
    if (this.#trainers.isStarted(folder)) return undefined;
    const standing = await standingOf(entry);
    if (standing.kind === 'running') return undefined;
    if (standing.kind === 'finished') return { id, kind: 'gone' };
    if (await isFromBefore(entry)) return { id, kind: 'again', isBlameless: true, error: null };
    if (standing.kind === 'stopped') {
      return { id, kind: 'held', error: 'Its training was stopped from outside. Release it to go on.' };
    }
    const failure = this.#trainers.failureOf(folder);
    // Whoever was to begin it was killed before.
    if (entry.process === null && failure === undefined && standing.reason === null) {
      return { id, kind: 'again', isBlameless: true, error: null };
    }
    const words = await this.#trainers.lastWords(folder, entry.log);
    const isTold = words !== undefined && !progressLine.test(words);
    const error = standing.reason ?? (isTold ? words : endWords(failure));
    const isFinal = standing.isFinal || failure === wrongUsage || entry.tries >= entry.mostTries;
    return isFinal ? { id, kind: 'failed', error } : { id, kind: 'again', isBlameless: false, error };
  }

  async #begin(entry: QueueEntry): Promise<void> {
    const { id, folder, begin, goOn, log, threads, gpu } = entry;
    try {
      requireSweep(entry);
      requireRun(entry);
      const isNew = begin !== null && !existsSync(runPaths(folder).run);
      const words = isNew ? begin : [...goOn, ...(await extension(entry))];
      await mkdir(dirname(log), { recursive: true });
      const pid = await this.#trainers.begin(folder, words, {
        log,
        environment: {
          EXTRAPOLATION_THREADS: String(threads),
          // Those that this process's TensorFlow was started with.
          TF_NUM_INTRAOP_THREADS: undefined,
          TF_NUM_INTEROP_THREADS: undefined,
          ...(gpu !== null && { CUDA_VISIBLE_DEVICES: this.#roomOf(await readQueue()).gpus[gpu] }),
        },
      });
      if (pid === undefined || (await this.#remember(id, pid))) return;
      // Somebody took it out while its process was being started.
      if (!this.#trainers.isPausing(folder)) await this.#trainers.pause(folder);
    } catch (error) {
      // Another process trains it already: its lock tells how that goes on.
      if (error instanceof StudioError && error.code === 'busy') return;
      const words = error instanceof Error ? error.message : String(error);
      await changeQueue((queue) => withEntry(queue, id, { state: 'failed', error: words }));
    }
  }

  /** @returns false where the entry has left the queue */
  async #remember(id: string, pid: number): Promise<boolean> {
    const [{ host, boot }, start] = await Promise.all([thisPlace(), startOfProcess(pid)]);
    const startedAt = start.state === 'alive' ? start.startedAt : undefined;
    const process = { pid, host, ...(startedAt && { start: startedAt }), ...(boot && { boot }) };
    const { entries } = await changeQueue((queue) => withEntry(queue, id, { process }));
    return entries.some((entry) => entry.id === id);
  }
}

/** How a trainer ended that said nothing of it. @param failure as `failureOf` of the trainers tells it */
function endWords(failure: string | undefined): string {
  if (failure === undefined) return 'Its trainer ended without a word.';
  if (failure === 'SIGKILL') {
    return 'Its trainer was killed (SIGKILL), as a system does that has no memory left. What it had saved is safe.';
  }
  const isExit = failure.startsWith('code ') || failure.startsWith('SIG');
  return isExit ? `Its trainer ended without a word (${failure}).` : failure;
}

/** A trainer would say so as well, three times, after its log had made the folder anew. @throws StudioError `not-found` */
function requireSweep({ from, folder }: QueueEntry): void {
  const sweep = dirname(folder);
  if (from !== 'sweep' || existsSync(sweepFileOf(sweep))) return;
  throw new StudioError(
    'not-found',
    `There is no sweep at ${sweep} any more. Remove this run from the queue; where the sweep was moved, “extrapolate sweep resume” goes on with it there.`,
  );
}

/** Before its log makes the folder anew. A folder that is there says itself what it lacks. @throws StudioError `not-found` */
function requireRun({ begin, folder }: QueueEntry): void {
  if (begin !== null || lstatSync(folder, { throwIfNoEntry: false }) !== undefined) return;
  throw new StudioError(
    'not-found',
    `There is no run at ${folder} any more. Remove it from the queue; where the run was moved, “extrapolate queue add” goes on with it there.`,
  );
}

/** The steps that the run lacks of those it is in the queue for: asked for again, they would be added again. */
async function extension({ folder, goOn, steps }: QueueEntry): Promise<string[]> {
  if (goOn[0] !== 'train') return [];
  const lacking = steps - (await readRun(folder)).steps;
  return lacking > 0 ? ['--extend', String(lacking)] : [];
}

/** The queue with another state of an entry; as it is where that has left it. */
export function withEntry(queue: QueueFile, id: string, change: Partial<QueueEntry>): QueueFile {
  const entries = queue.entries.map((entry) => (entry.id === id ? { ...entry, ...change } : entry));
  return { ...queue, entries };
}

const atRest = { process: null, gpu: null } as const;

function settled(entry: QueueEntry, outcomes: readonly Outcome[]): QueueEntry[] {
  const outcome = outcomes.find(({ id }) => id === entry.id);
  if (outcome === undefined || entry.state !== 'running') return [entry];
  switch (outcome.kind) {
    case 'gone':
      return [];
    case 'again': {
      const tries = outcome.isBlameless ? Math.max(0, entry.tries - 1) : entry.tries;
      return [{ ...entry, ...atRest, state: 'waiting', tries, error: outcome.error }];
    }
    case 'held':
      return [{ ...entry, ...atRest, state: 'waiting', isHeld: true, error: outcome.error }];
    case 'failed':
      return [{ ...entry, ...atRest, state: 'failed', error: outcome.error }];
  }
}

/** Those that begin now, in the order of the queue: none overtakes one that waits for room. */
export function entriesToBegin(entries: readonly QueueEntry[], room: Room, now = new Date()): QueueEntry[] {
  const running = entries.filter(({ state }) => state === 'running');
  const begun: QueueEntry[] = [];
  for (const entry of entries) {
    if (entry.state !== 'waiting' || entry.isHeld) continue;
    const place = placeFor(entry, [...running, ...begun], room);
    if (place === undefined) break;
    const begunAt = now.toISOString();
    begun.push({ ...entry, ...place, state: 'running', tries: entry.tries + 1, begunAt, process: null });
  }
  return begun;
}

function newRates(before: QueueFile['rates'], seen: QueueFile['rates']): QueueFile['rates'] {
  const changed = Object.entries(seen).filter(([alike, rate]) => {
    const known = before[alike];
    return known === undefined || Math.abs(known - rate) > rateChange * known;
  });
  return changed.length === 0 ? before : { ...before, ...Object.fromEntries(changed) };
}
