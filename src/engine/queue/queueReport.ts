import type { QueueEntry, QueueFile, QueueReport } from '../../contract/queue.ts';
import { checkpointSteps } from '../runs/checkpoints.ts';
import { readStatus } from '../runs/runFolder.ts';
import { readQueue } from './queueFile.ts';
import { isQueueWorked, withoutLost } from './worked.ts';
import { queueTimes } from './queueTimes.ts';
import { roomHere } from './room.ts';
import type { Room } from './room.ts';

/** Where every run of the queue stands, and when it will be done. */
export async function reportQueue(roomOf: (queue: QueueFile) => Room = roomHere): Promise<QueueReport> {
  const [queue, isWorked] = [await readQueue(), await isQueueWorked()];
  const room = roomOf(queue);
  const entries = isWorked ? queue.entries : await withoutLost(queue.entries);
  const reached = await Promise.all(entries.map(stepOf));
  const timed = entries.map((entry, index) => {
    const rate = queue.rates[entry.alike];
    const left = Math.max(0, entry.steps - reached[index]!);
    return { ...entry, secondsLeft: rate === undefined ? null : rate * left };
  });
  const times = queue.isPaused
    ? queueTimes(
        timed.filter(({ state }) => state === 'running'),
        room,
      )
    : queueTimes(timed, room);
  const ends = [...times.values()].map(({ endsIn }) => endsIn);
  return {
    isPaused: queue.isPaused,
    isWorked,
    threads: room.threads,
    gpus: room.gpus.length,
    runs: entries.map((entry, index) => {
      const { id, folder, title, from, addedAt, steps, threads, state, isHeld, gpu, tries, error } = entry;
      const { beginsIn = null, endsIn = null } = times.get(id) ?? {};
      return {
        ...{ id, folder, title, from, addedAt, steps, threads, state, isHeld, gpu, tries, error },
        ...{ step: reached[index]!, beginsIn, endsIn },
      };
    }),
    etaSeconds: ends.length > 0 && ends.every((end) => end !== null) ? Math.max(...ends) : null,
  };
}

/** Of one that waits, its newest checkpoint: what was trained after that is trained again. */
async function stepOf({ folder, state, steps }: QueueEntry): Promise<number> {
  const status = state === 'running' ? await readStatus(folder).catch(() => undefined) : undefined;
  const step = status?.step ?? (await checkpointSteps(folder).catch((): number[] => [])).at(-1) ?? 0;
  return Math.min(step, steps);
}
