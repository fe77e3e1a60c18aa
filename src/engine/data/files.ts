import { open, rename, rm } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { StudioError } from '../../contract/errors.ts';
import type { Watch } from '../../contract/progress.ts';

/** Writes a file so that it is there whole or not at all, also after a power cut. */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}.part`;
  await writeSynced(temporary, content);
  await rename(temporary, path);
}

/** Writes a file and waits until it is on the disk. */
export async function writeSynced(path: string, content: string | Uint8Array): Promise<void> {
  const handle = await open(path, 'w');
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes a rename in this folder last. Windows cannot open folders, and needs no such call. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Removes a folder of our own that is no longer of use; that it stays is no reason to fail. */
export async function removeQuietly(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: 2 }).catch(() => undefined);
}

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
      running.push(work(item));
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
