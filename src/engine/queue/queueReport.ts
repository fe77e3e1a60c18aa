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
  const looks = await Promise.all(entries.map(lookAt));
  const timed = entries.map((entry, index) => {
    const rate = queue.rates[entry.alike];
    const { step, secondsLeft } = looks[index]!;
    const byRate = rate === undefined ? null : rate * Math.max(0, entry.steps - step);
    return { ...entry, secondsLeft: secondsLeft ?? byRate };
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
        ...{ step: looks[index]!.step, beginsIn, endsIn },
      };
    }),
    etaSeconds: ends.length > 0 && ends.every((end) => end !== null) ? Math.max(...ends) : null,
  };
}

/**
 * How far it is: of one that waits, its newest checkpoint, since what was trained after that is trained again. Of one that is trained also
 * the time that its trainer tells, which is shown elsewhere, too.
 */
async function lookAt({
  folder,
  state,
  steps,
}: QueueEntry): Promise<{ step: number; secondsLeft: number | null }> {
  const status = state === 'running' ? await readStatus(folder).catch(() => undefined) : undefined;
  const step = status?.step ?? (await checkpointSteps(folder).catch((): number[] => [])).at(-1) ?? 0;
  const secondsLeft = status?.phase === 'training' ? status.etaSeconds : null;
  return { step: Math.min(step, steps), secondsLeft };
}
