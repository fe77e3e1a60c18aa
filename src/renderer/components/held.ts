import { useState, useSyncExternalStore } from 'react';

/** One value that components far apart look at and set. */
export class Held<T> {
  #value: T;
  readonly #listeners = new Set<() => void>();

  constructor(value: T) {
    this.#value = value;
  }

  get value(): T {
    return this.#value;
  }

  set(value: T): void {
    this.#value = value;
    for (const listener of [...this.#listeners]) listener();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

/** The value that was there last, for what closes a moment later than it goes. */
export function useLast<T>(value: T | null): T | null {
  const [last, setLast] = useState(value);
  if (value !== null && value !== last) setLast(value);
  return value ?? last;
}

export function useHeld<T>(held: Held<T>): T {
  const read = (): T => held.value;
  return useSyncExternalStore(held.subscribe, read, read);
}
