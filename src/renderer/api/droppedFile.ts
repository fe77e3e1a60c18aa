import { useSyncExternalStore } from 'react';

/** A recipe that was dropped on the Studio and waits for the page that opens it. */
let waiting: File | null = null;
const listeners = new Set<() => void>();

export function offerRecipe(file: File | null): void {
  waiting = file;
  for (const listener of [...listeners]) listener();
}

export function useOfferedRecipe(): File | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => waiting,
  );
}

export function isRecipeFile({ name, type }: { name: string; type: string }): boolean {
  return name.toLowerCase().endsWith('.json') || type === 'application/json';
}
