import { setImmediate as nextTurn } from 'node:timers/promises';
import { StudioError } from '../../contract/errors.ts';
import type { Watch } from '../../contract/progress.ts';

/** @throws StudioError `interrupted` once the person has stopped the work. */
export function throwIfStopped(watch: Watch, what: string): void {
  if (watch.signal?.aborted === true) throw new StudioError('interrupted', `${what} was stopped.`);
}

/**
 * Maps items to results with `inFlight` of them under way at a time, and hands the results on in order.
 * Memory is bounded: no more than `inFlight` results are held.
 */
export async function* mapInOrder<T, R>(
  items: Iterable<T>,
  inFlight: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const running: Promise<R>[] = [];
  try {
    for (const item of items) {
      const begun = work(item);
      // One that fails before its turn is told in its turn; until then it is no failure that nobody looks at, which would end the process.
      begun.catch(() => undefined);
      running.push(begun);
      if (running.length >= inFlight) yield await running.shift()!;
    }
    while (running.length > 0) yield await running.shift()!;
  } finally {
    // When the reader stops early, what is under way ends before its files are cleared away.
    await Promise.allSettled(running);
  }
}

/** Lets timers, signals and requests in. */
export async function breathe(): Promise<void> {
  await nextTurn();
}
