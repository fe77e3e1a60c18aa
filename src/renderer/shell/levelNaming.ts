import { useSyncExternalStore } from 'react';
import { levelNamings } from '../../contract/levels.ts';
import type { LevelNaming } from '../../contract/levels.ts';

const key = 'extrapolation-levels';
const listeners = new Set<() => void>();

/** Another tab's choice is heard of as `storage`. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

function chosen(): LevelNaming {
  const saved = localStorage.getItem(key);
  return levelNamings.find((naming) => naming === saved) ?? 'output';
}

/** How levels are named on all pages: as it was chosen last, else by the maps that they put out. */
export function useLevelNaming(): LevelNaming {
  return useSyncExternalStore(subscribe, chosen, () => 'output');
}

export function chooseLevelNaming(naming: LevelNaming): void {
  localStorage.setItem(key, naming);
  for (const listener of [...listeners]) listener();
}
