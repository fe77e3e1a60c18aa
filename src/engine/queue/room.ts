import { availableParallelism } from 'node:os';
import type { QueueEntry, QueueFile } from '../../contract/queue.ts';
import { gpuChoice } from '../tensorflow/chooseGpus.ts';

/** What runs share: threads of processors, and GPUs, which are named by their UUIDs. */
export interface Room {
  threads: number;
  gpus: readonly string[];
}

/** What this machine has; loads no TensorFlow. */
export function roomHere(queue: Pick<QueueFile, 'threads'>): Room {
  return {
    threads: queue.threads ?? availableParallelism(),
    gpus: gpuChoice().used.map(({ uuid }) => uuid),
  };
}

/** Whether what is trained here takes a GPU. */
export function trainsOnGpu(): boolean {
  return roomHere({ threads: null }).gpus.length > 0;
}

type Taking = Pick<QueueEntry, 'threads' | 'isOnGpu' | 'gpu'>;

/**
 * Whether a run can begin beside those that run, and on which GPU: one run a GPU; on processors as many as their threads
 * allow. One that wants more threads than there are runs alone.
 */
export function placeFor(
  entry: Taking,
  running: readonly Taking[],
  room: Room,
): { gpu: number | null } | undefined {
  if (entry.isOnGpu && room.gpus.length > 0) {
    const taken = new Set(running.map(({ gpu }) => gpu));
    const gpu = room.gpus.findIndex((_, index) => !taken.has(index));
    return gpu < 0 ? undefined : { gpu };
  }
  const busy = running.filter(({ gpu }) => gpu === null).reduce((sum, { threads }) => sum + threads, 0);
  return busy === 0 || busy + entry.threads <= room.threads ? { gpu: null } : undefined;
}
