import { setTimeout as sleep } from 'node:timers/promises';
import { StudioError } from '../../contract/errors.ts';

/** Tells waiters that something changed; changes while nobody waited are not lost. */
export class Signal {
  #version = 0;
  readonly #waiters = new Set<() => void>();

  raise(): void {
    this.#version += 1;
    for (const waiter of [...this.#waiters]) waiter();
  }

  /** Grows by one with each change. */
  get version(): number {
    return this.#version;
  }

  /**
   * Waits at least `pause` milliseconds, then for a change after version `seen`.
   * @returns false where `signal` was aborted instead
   */
  async wait(seen: number, pause: number, signal: AbortSignal | undefined): Promise<boolean> {
    if (!(await pauseFor(pause, signal))) return false;
    if (this.#version !== seen) return true;
    return new Promise<boolean>((resolve) => {
      const end = (changed: boolean): void => {
        this.#waiters.delete(onChange);
        signal?.removeEventListener('abort', onAbort);
        resolve(changed);
      };
      const onChange = (): void => {
        end(true);
      };
      const onAbort = (): void => {
        end(false);
      };
      this.#waiters.add(onChange);
      signal?.addEventListener('abort', onAbort);
    });
  }
}

/** @returns false where `signal` was aborted before the time was over */
export async function pauseFor(milliseconds: number, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    await sleep(milliseconds, undefined, signal && { signal });
    return signal?.aborted !== true;
  } catch {
    return false;
  }
}

/** @throws StudioError `interrupted` where whoever asked has asked something newer */
export function stopIfAsked(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new StudioError('interrupted', 'Something newer was asked.');
}

/**
 * How long to rest after a look that took so long: looking takes a tenth of the time at most, and what is seen is never older than
 * `most`, since a look is also slow for a moment while something else holds the thread.
 * @param took milliseconds
 */
export function restAfter(took: number, { least, most }: { least: number; most: number }): number {
  return Math.min(most, Math.max(least, 9 * took));
}
