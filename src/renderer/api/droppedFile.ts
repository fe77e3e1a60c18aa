import { useEffect, useSyncExternalStore } from 'react';

/** A recipe that waits for the page that opens it. */
export interface OfferedRecipe {
  file: File;
  /** It came with seeds, which are shown in the place of photos. */
  isOfSeeds: boolean;
}

/** A recipe that was dropped on the Studio, alone or in a picture. */
let waiting: OfferedRecipe | null = null;
const listeners = new Set<() => void>();

export function offerRecipe(file: File | null, isOfSeeds = false): void {
  waiting = file === null ? null : { file, isOfSeeds };
  for (const listener of [...listeners]) listener();
}

export function useOfferedRecipe(): OfferedRecipe | null {
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

/** What takes the photos that are dropped on the page that is shown, wherever in the window. */
let taker: ((files: readonly File[]) => void) | null = null;
/** Photos that one page hands to the next. */
let waitingPhotos: readonly File[] = [];

/** @returns whether a page has taken them */
export function offerPhotos(files: readonly File[]): boolean {
  if (taker === null || files.length === 0) return false;
  taker(files);
  return true;
}

/** For the page that is gone to next, as if they were dropped there. */
export function carryPhotos(files: readonly File[]): void {
  waitingPhotos = files;
}

/**
 * Photos may be dropped anywhere in the window while the page is shown, and those that a page before handed on are taken.
 * `onOpen` null: this model takes in none.
 */
export function usePhotoDrop(onOpen: ((files: readonly File[]) => void) | null): void {
  useEffect(() => {
    taker = onOpen;
    const photos = waitingPhotos;
    waitingPhotos = [];
    if (photos.length > 0) onOpen?.(photos);
    return () => {
      taker = null;
    };
  });
}
