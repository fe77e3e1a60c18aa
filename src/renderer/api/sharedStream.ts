import { useSyncExternalStore } from 'react';
import { connection } from './api.ts';
import { ConnectionLost } from './connection.ts';
import { sentenceOf } from './errors.ts';

export interface Streamed<T> {
  /** Undefined before the first event. */
  value: T | undefined;
  /** Why there will be no more events; null while all is well. */
  error: string | null;
}

type Start<E> = (signal: AbortSignal) => Promise<AsyncIterable<E>>;

const lingerMilliseconds = 3000;

/** One event iterator of the engine for all who look at it; begun again whenever the connection is back. */
export class SharedStream<E, T> {
  readonly #start: Start<E>;
  readonly #fold: (before: T | undefined, event: E) => T;
  readonly #listeners = new Set<() => void>();
  #snapshot: Streamed<T> = { value: undefined, error: null };
  #stop: AbortController | undefined;

  constructor(start: Start<E>, fold: (before: T | undefined, event: E) => T) {
    this.#start = start;
    this.#fold = fold;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (this.#stop === undefined) {
      this.#stop = new AbortController();
      void this.#run(this.#stop.signal);
    }
    return () => {
      this.#listeners.delete(listener);
      setTimeout(() => {
        if (this.#listeners.size > 0) return;
        this.#stop?.abort();
        this.#stop = undefined;
      }, lingerMilliseconds);
    };
  };

  readonly getSnapshot = (): Streamed<T> => this.#snapshot;

  async #run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        for await (const event of await this.#start(signal)) {
          if (isOver(signal)) return;
          this.#set({ value: this.#fold(this.#snapshot.value, event), error: null });
        }
        return;
      } catch (error) {
        if (isOver(signal)) return;
        const isLost = error instanceof ConnectionLost || connection.getState().kind !== 'open';
        if (!isLost) {
          this.#set({ value: this.#snapshot.value, error: sentenceOf(error) });
          this.#stop = undefined;
          return;
        }
        await connection.whenOpen(signal).catch(() => undefined);
      }
    }
  }

  #set(snapshot: Streamed<T>): void {
    this.#snapshot = snapshot;
    for (const listener of [...this.#listeners]) listener();
  }
}

function isOver(signal: AbortSignal): boolean {
  return signal.aborted;
}

export function useStream<E, T>(stream: SharedStream<E, T>): Streamed<T> {
  return useSyncExternalStore(stream.subscribe, stream.getSnapshot);
}
