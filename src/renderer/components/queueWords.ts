import type { QueuedRun, QueueReport } from '../../contract/queue.ts';
import { counted, duration } from '../words.ts';

/** What a page says of the queue. */

/** Where a run stands that waits; `place` counts from 1 among those that wait. */
export interface QueuePlace {
  entry: QueuedRun;
  place: number;
  isPaused: boolean;
}

/** Of a queue, for a thousand rows that ask. */
const known = new WeakMap<QueueReport, ReadonlyMap<string, QueuePlace>>();

/** Undefined where the run does not wait in the queue. */
export function placeInQueue(queue: QueueReport | undefined, folder: string): QueuePlace | undefined {
  if (queue === undefined) return undefined;
  let places = known.get(queue);
  if (places === undefined) {
    const { isPaused } = queue;
    places = new Map(waitingIn(queue).map((entry, at) => [entry.folder, { entry, place: at + 1, isPaused }]));
    known.set(queue, places);
  }
  return places.get(folder);
}

/** Those that wait or are held, in order. */
function waitingIn({ runs }: QueueReport): QueuedRun[] {
  return runs.filter(({ state }) => state === 'waiting');
}

/** "Waits, 3rd"; "On hold" of one that is held. */
export function waitWords({ entry, place }: QueuePlace): string {
  return entry.isHeld ? 'On hold' : `Waits, ${ordinal(place)}`;
}

/** "begins in about 12 min"; why it does not begin, where it does not. */
export function beginWords({ entry, isPaused }: QueuePlace): string {
  if (entry.isHeld) return 'does not begin until it is released';
  if (isPaused) return 'the queue is paused';
  const { beginsIn } = entry;
  if (beginsIn === null) return 'begins when there is room';
  return beginsIn < 1 ? 'begins now' : `begins in about ${duration(beginsIn)}`;
}

/** "Waits, 3rd in the queue, begins in about 12 min". */
export function placeWords(place: QueuePlace): string {
  const where = place.entry.isHeld ? 'On hold in the queue' : `${waitWords(place)} in the queue`;
  return `${where}, ${beginWords(place)}`;
}

/** "1 training, 3 wait, 1 failed". */
export function countWords({ runs }: QueueReport): string {
  const running = runs.filter(({ state }) => state === 'running').length;
  const failed = runs.filter(({ state }) => state === 'failed').length;
  const held = runs.filter(({ state, isHeld }) => state === 'waiting' && isHeld).length;
  const waiting = runs.length - running - failed - held;
  return [
    running > 0 && `${running} training`,
    waiting > 0 && `${waiting} ${waiting === 1 ? 'waits' : 'wait'}`,
    held > 0 && `${held} on hold`,
    failed > 0 && `${failed} failed`,
  ]
    .filter((part) => part !== false)
    .join(', ');
}

/** "all done in about 2 h 10 min"; null where nobody can say, or nothing is to be done. */
export function wholeWords({ runs, isPaused, etaSeconds }: QueueReport): string | null {
  const isMoving = runs.some(({ state, isHeld }) => state === 'running' || (state === 'waiting' && !isHeld));
  if (!isMoving || isPaused || etaSeconds === null) return null;
  return `all done in about ${duration(etaSeconds)}`;
}

/**
 * Why a run of so many threads would have to wait if it were begun now; null where it would begin at once.
 * The engine decides as `room.ts` says: one run a GPU, else as many as their threads allow, and none overtakes.
 */
export function willWait(queue: QueueReport | undefined, threads: number): string | null {
  if (queue === undefined) return null;
  const ahead = queue.runs.filter(({ state, isHeld }) => state === 'waiting' && !isHeld).length;
  if (queue.isPaused) return 'It will wait: the queue is paused.';
  if (ahead > 0) return `It will wait behind ${counted(ahead, 'other run')}.`;
  const running = queue.runs.filter(({ state }) => state === 'running');
  if (queue.gpus > 0) {
    const isFull = running.filter(({ gpu }) => gpu !== null).length >= queue.gpus;
    return isFull ? `It will wait: ${queue.gpus === 1 ? 'the GPU is' : 'all GPUs are'} taken.` : null;
  }
  const busy = running.reduce((sum, run) => sum + run.threads, 0);
  if (busy === 0 || busy + threads <= queue.threads) return null;
  return `It will wait: ${busy} of ${counted(queue.threads, 'thread')} are taken, and it takes ${threads}.`;
}

function ordinal(place: number): string {
  const [last, tens] = [place % 10, Math.floor(place / 10) % 10];
  const ending = tens === 1 ? 'th' : ({ 1: 'st', 2: 'nd', 3: 'rd' }[last] ?? 'th');
  return `${place}${ending}`;
}
