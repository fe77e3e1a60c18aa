import { join } from 'node:path';
import type { QueueEntry } from '../../contract/queue.ts';
import { ownerOf } from '../files/lockFile.ts';
import { runsFolder } from '../runs/runFolder.ts';
import { isLocked } from '../runs/runLock.ts';
import { isRunning } from './standing.ts';

/** The lock of the one process that works on a queue, in its runs folder. */
export const workerLock = 'queue.worker.lock';

/** Whether anybody starts what waits in the queue. */
export async function isQueueWorked(): Promise<boolean> {
  return (await ownerOf(runsFolder(), join(runsFolder(), workerLock))) !== undefined;
}

/**
 * The entries of a queue on which nobody works, as the next worker will find them: what was begun and whose trainer is gone waits to be
 * gone on with. A worker sees that itself, and until it has begun a trainer there is none.
 */
export function withoutLost(entries: readonly QueueEntry[]): Promise<QueueEntry[]> {
  return Promise.all(
    entries.map(async (entry) => {
      if (entry.state !== 'running' || (await isLocked(entry.folder)) || (await isRunning(entry)))
        return entry;
      return { ...entry, state: 'waiting', process: null, gpu: null };
    }),
  );
}
