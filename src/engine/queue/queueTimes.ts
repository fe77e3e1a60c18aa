import type { QueueEntry } from '../../contract/queue.ts';
import { placeFor } from './room.ts';
import type { Room } from './room.ts';

/** An entry with what is left of it: seconds, or null where no run like it has told its rate. */
export interface TimedEntry extends Pick<
  QueueEntry,
  'id' | 'threads' | 'isOnGpu' | 'gpu' | 'state' | 'isHeld'
> {
  secondsLeft: number | null;
}

export interface Times {
  beginsIn: number | null;
  endsIn: number | null;
}

/**
 * When each entry begins and ends if nothing else comes: the queue is played through in its order, as the worker does it.
 * Behind a run whose end nobody knows, nobody knows the beginning of those that need its place.
 * @returns seconds from now, by the entry's id; none for what is held or has failed
 */
export function queueTimes(entries: readonly TimedEntry[], room: Room): Map<string, Times> {
  const times = new Map<string, Times>();
  let running: { entry: TimedEntry; end: number }[] = [];
  let now = 0;
  for (const entry of entries) {
    if (entry.state !== 'running') continue;
    const end = entry.secondsLeft ?? Infinity;
    running.push({ entry, end });
    times.set(entry.id, { beginsIn: 0, endsIn: known(end) });
  }
  for (const entry of entries) {
    if (entry.state !== 'waiting' || entry.isHeld) continue;
    let place = placeFor(entry, taking(running), room);
    while (place === undefined && Number.isFinite(now)) {
      const next = Math.min(...running.map(({ end }) => end));
      now = next;
      if (!Number.isFinite(next)) break;
      running = running.filter(({ end }) => end > next);
      place = placeFor(entry, taking(running), room);
    }
    const end = now + (entry.secondsLeft ?? Infinity);
    times.set(entry.id, { beginsIn: known(now), endsIn: known(end) });
    if (place !== undefined) running.push({ entry: { ...entry, gpu: place.gpu }, end });
  }
  return times;
}

function taking(running: readonly { entry: TimedEntry }[]): TimedEntry[] {
  return running.map(({ entry }) => entry);
}

function known(seconds: number): number | null {
  return Number.isFinite(seconds) ? seconds : null;
}
