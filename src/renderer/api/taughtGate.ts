import { useSyncExternalStore } from 'react';
import type { PartGate } from '../../contract/recipe.ts';

/** A gate that was taught, on its way to the page that works with it. */
export interface OfferedGate {
  run: string;
  gate: PartGate;
  /** What the history says of it. */
  words: string;
}

let waiting: OfferedGate | null = null;
const listeners = new Set<() => void>();

export function offerGate(gate: OfferedGate | null): void {
  waiting = gate;
  for (const listener of [...listeners]) listener();
}

export function useOfferedGate(): OfferedGate | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => waiting,
  );
}
