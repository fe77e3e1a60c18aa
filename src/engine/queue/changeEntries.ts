import { StudioError } from '../../contract/errors.ts';
import type { QueueEntry, QueueFile } from '../../contract/queue.ts';
import { hasCode } from '../files/systemErrors.ts';
import { pauseFor } from '../session/signal.ts';
import { lockOwner } from '../runs/runLock.ts';
import { changeQueue, readQueue } from './queueFile.ts';
import { withEntry } from './queueWorker.ts';
import { isRunning, standingOf } from './standing.ts';

const lookMilliseconds = 100;
const longestEnd = 600;

/** Changes that people make to the queue. All throw StudioError `not-found` where an entry has left it. */

/** Before another entry, or to the end. */
export async function moveEntry(id: string, before: string | null): Promise<void> {
  await changeQueue((queue) => {
    const entry = entryIn(queue, id);
    const others = queue.entries.filter((other) => other.id !== id);
    if (before === null) return { ...queue, entries: [...others, entry] };
    const at = others.indexOf(entryIn({ ...queue, entries: others }, before));
    return { ...queue, entries: [...others.slice(0, at), entry, ...others.slice(at)] };
  });
}

export async function holdEntry(id: string, isHeld: boolean): Promise<void> {
  await changeQueue((queue) => {
    const { state } = entryIn(queue, id);
    if (state === 'running') {
      const way = isHeld ? 'Stop it instead: it can go on later.' : 'There is nothing to release.';
      throw new StudioError('busy', `This run is being trained. ${way}`);
    }
    // Its reason must stay, and only its tries anew let it begin.
    if (state === 'failed') {
      throw new StudioError(
        'wrong-usage',
        'This run has failed, so it can be neither held nor released. Retry it: then it waits again.',
      );
    }
    return withEntry(queue, id, { isHeld, ...(!isHeld && { error: null }) });
  });
}

/** Has one that failed wait again, with all its tries. */
export async function retryEntry(id: string): Promise<void> {
  await changeQueue((queue) => {
    if (entryIn(queue, id).state === 'running') return undefined;
    return withEntry(queue, id, { state: 'waiting', isHeld: false, tries: 0, error: null });
  });
}

/** Holds all that waits or runs, before the trainers are asked to end. */
export async function holdAll(reason: string): Promise<void> {
  await changeQueue((queue) => ({
    ...queue,
    entries: queue.entries.map((entry) =>
      entry.state === 'failed'
        ? entry
        : { ...entry, state: 'waiting', isHeld: true, process: null, gpu: null, error: reason },
    ),
  }));
}

/** Takes entries out of the queue; those that are trained save and end. */
export async function removeEntries(ids: readonly string[]): Promise<void> {
  await takeOutAndEnd(({ id }) => ids.includes(id));
}

/** The same by the folders of their runs; runs that are in no queue are passed over. */
export async function removeRunsFromQueue(folders: readonly string[]): Promise<void> {
  await takeOutAndEnd(({ folder }) => folders.includes(folder));
}

/** The same, and returns when their trainers have saved and ended, or after a minute. */
export async function endRuns(folders: readonly string[]): Promise<void> {
  const running = await takeOutAndEnd(({ folder }) => folders.includes(folder));
  for (const entry of running) {
    for (let waited = 0; waited < longestEnd && (await standingOf(entry)).kind === 'running'; waited++) {
      await pauseFor(lookMilliseconds, undefined);
    }
  }
}

/** @returns those that were being trained */
async function takeOutAndEnd(isTaken: (entry: QueueEntry) => boolean): Promise<QueueEntry[]> {
  const running = (await takeOut(isTaken)).filter(({ state }) => state === 'running');
  await Promise.all(running.map(askToEnd));
  return running;
}

/** Takes a run out of the queue and leaves its trainer alone. @returns whether it was in the queue */
export async function leaveQueue(folder: string): Promise<boolean> {
  return (await takeOut((entry) => entry.folder === folder)).length > 0;
}

export async function takeOut(isTaken: (entry: QueueEntry) => boolean): Promise<QueueEntry[]> {
  const queue = await readQueue();
  if (!queue.entries.some(isTaken)) return [];
  let taken: QueueEntry[] = [];
  await changeQueue((now) => {
    taken = now.entries.filter(isTaken);
    return { ...now, entries: now.entries.filter((entry) => !isTaken(entry)) };
  });
  return taken;
}

/** Its trainer, by the run's lock, or by the process that was begun and has not locked it yet. */
async function askToEnd(entry: QueueEntry): Promise<void> {
  const owner = await lockOwner(entry.folder);
  const known = owner?.isKnown === true && owner.pid > 1 ? owner.pid : undefined;
  const pid = known ?? ((await isRunning(entry)) ? entry.process?.pid : undefined);
  if (pid === undefined) return;
  try {
    process.kill(pid, 'SIGTERM');
  } catch (error) {
    // It has just ended by itself.
    if (!hasCode(error, 'ESRCH')) throw error;
  }
}

function entryIn(queue: QueueFile, id: string): QueueEntry {
  const entry = queue.entries.find((each) => each.id === id);
  if (entry !== undefined) return entry;
  throw new StudioError(
    'not-found',
    'This run is no longer in the queue: it is done, or somebody removed it.',
  );
}
