import { useEffect, useReducer } from 'react';
import type { Modules } from './useModules.ts';

type Wish = 'asked' | 'searching';

/** By run: whoever leaves the page while the modules are searched finds the step when the page is opened again. */
const wishes = new Map<string, Wish>();

/**
 * A FluoHair step needs the modules: they are searched where they are not known, and then the step is added.
 * @param isReady whether all else that the step needs is known
 * @returns what a person asks for the step with
 */
export function useHairWish(run: string, found: Modules, isReady: boolean, add: () => void): () => void {
  const [, draw] = useReducer((drawn: number) => drawn + 1, 0);
  const wish = wishes.get(run);
  useEffect(() => {
    const next = nextOf(wish, found, isReady);
    if (next === 'wait') return;
    if (next === 'searching') {
      wishes.set(run, next);
      found.find();
      return;
    }
    wishes.delete(run);
    if (next === 'add') add();
  });
  return () => {
    wishes.set(run, 'asked');
    draw();
  };
}

/** What comes of a wish: nothing yet, a search, the step, or nothing at all where the search has ended without modules. */
export function nextOf(
  wish: Wish | undefined,
  { modules, search, isAsked }: Pick<Modules, 'modules' | 'search' | 'isAsked'>,
  isReady: boolean,
): 'wait' | 'searching' | 'add' | 'forget' {
  if (wish === undefined || modules === undefined || !isReady) return 'wait';
  if (modules !== null) return 'add';
  if (wish === 'asked') return 'searching';
  const hasEnded = search.isCancelled || search.error !== null || (!isAsked && !search.isRunning);
  return hasEnded ? 'forget' : 'wait';
}
