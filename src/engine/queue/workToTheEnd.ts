import type { Watch } from '../../contract/progress.ts';
import { StudioError } from '../../contract/errors.ts';
import type { QueueEntry } from '../../contract/queue.ts';
import type { ChildRuns } from '../studio/childRuns.ts';
import { readQueue } from './queueFile.ts';
import { QueueWorker } from './queueWorker.ts';
import { isFinished } from './standing.ts';

/** What became of the queue that a command worked on. */
export interface WorkedQueue {
  finished: number;
  failed: number;
  waiting: number;
}

/**
 * Works on the queue until nothing is left that can be trained: what failed, is held or waits in a paused queue stays.
 * @throws StudioError `interrupted`; trainers go on by themselves
 */
export async function workToTheEnd(trainers: ChildRuns, watch: Watch): Promise<WorkedQueue> {
  const worker = new QueueWorker(trainers);
  const seen = new Map<string, QueueEntry>();
  await worker.work(({ entries, isPaused }) => {
    for (const entry of entries) seen.set(entry.id, entry);
    const running = entries.filter(({ state }) => state === 'running').length;
    const waiting = entries.filter(({ state, isHeld }) => state === 'waiting' && !isHeld).length;
    const done = seen.size - running - waiting;
    watch.onProgress?.({ phase: 'working on the queue', done, total: seen.size });
    return running === 0 && (waiting === 0 || isPaused);
  }, watch.signal);
  if (watch.signal?.aborted === true) {
    throw new StudioError(
      'interrupted',
      'Nothing more is started. Runs that are being trained go on; “extrapolate queue” shows them.',
    );
  }
  const { entries } = await readQueue();
  const failed = entries.filter(({ state }) => state === 'failed').length;
  // What somebody removed has left the queue as well.
  const left = [...seen.values()].filter(({ id }) => !entries.some((entry) => entry.id === id));
  const finished = (await Promise.all(left.map(isFinished))).filter((isDone) => isDone).length;
  return { finished, failed, waiting: entries.length - failed };
}
