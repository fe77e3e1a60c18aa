import { useSyncExternalStore } from 'react';

/** Where the user guide is open: a heading by the name that a link gives it; null while it is closed. */
let place: string | null = null;
const listeners = new Set<() => void>();

/** Opens the guide at a heading, such as `sdr-spectral-density-ratio`, from any component; null closes it. */
export function openGuide(slug: string | null): void {
  place = slug;
  for (const listener of [...listeners]) listener();
}

export function useGuidePlace(): string | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => place,
    () => place,
  );
}
