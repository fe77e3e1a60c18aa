import { useCallback, useEffect, useState } from 'react';
import type { RecipeHistory, SavedRecipe } from '../../../contract/intervene.ts';
import type { Recipe, RecipeStep } from '../../../contract/recipe.ts';
import {
  changed,
  emptyRecipe,
  goOnWith,
  keptWork,
  moved,
  recipeOf,
  startWork,
  workSchema,
} from './history.ts';
import type { Work } from './history.ts';

export interface RecipeWork {
  work: Work;
  recipe: Recipe;
  /** `what` names the thing that is changed: changes of one thing in a row are one state. */
  change: (recipe: Recipe, words: string, what?: string) => void;
  changeStep: (index: number, step: RecipeStep, words: string, what: string) => void;
  undo: () => void;
  redo: () => void;
  /** Begins anew with another recipe, or goes on with one where its history was saved with it. */
  open: (recipe: Recipe, words: string, saved: SavedRecipe | null, history?: RecipeHistory | null) => void;
  /** Begins anew with the recipe of another run. */
  keep: (recipe: Recipe, words: string) => void;
  markSaved: (saved: SavedRecipe) => void;
}

/** The recipe of a run that is worked on, with its history: kept in the browser, so that a reload loses nothing. */
export function useWork(run: string): RecipeWork {
  const key = keyOf(run);
  const [work, setWork] = useState<Work>(() => read(key));
  const update = useCallback(
    (next: (before: Work) => Work) => {
      setWork((before) => {
        const after = next(before);
        localStorage.setItem(key, JSON.stringify(after));
        return after;
      });
    },
    [key],
  );
  // Another tab on the same run works on the same recipe.
  useEffect(() => {
    const onStorage = (event: StorageEvent): void => {
      if (event.key === key) setWork(read(key));
    };
    window.addEventListener('storage', onStorage);
    return () => {
      window.removeEventListener('storage', onStorage);
    };
  }, [key]);
  const recipe = recipeOf(work);
  const change: RecipeWork['change'] = (next, words, what = words) => {
    update((before) => changed(before, next, words, what, Date.now()));
  };
  return {
    work,
    recipe,
    change,
    changeStep: (index, step, words, what) => {
      const steps = recipe.steps.map((each, at) => (at === index ? step : each));
      change({ ...recipe, steps }, words, `${index} ${what}`);
    },
    undo: () => {
      update((before) => moved(before, -1));
    },
    redo: () => {
      update((before) => moved(before, 1));
    },
    open: (next, words, saved, history = null) => {
      if (saved !== null && history !== null) {
        update(() => goOnWith(history, { file: saved.file, at: saved.savedAt }));
        return;
      }
      const mark = saved === null ? null : { file: saved.file, at: saved.savedAt, state: 0 };
      update(() => startWork(next, words, Date.now(), mark));
    },
    keep: (kept, words) => {
      update(() => keptWork(kept, words, Date.now()));
    },
    markSaved: (saved) => {
      update((before) => ({ ...before, saved: { file: saved.file, at: saved.savedAt, state: before.now } }));
    },
  };
}

function keyOf(run: string): string {
  return `extrapolation-recipe-${run}`;
}

/** The recipe that is worked on with a run. */
export function workOf(run: string): Work {
  return read(keyOf(run));
}

function read(key: string): Work {
  try {
    const found = workSchema.safeParse(JSON.parse(localStorage.getItem(key) ?? 'null'));
    if (found.success) return found.data;
  } catch {
    // What cannot be read is begun anew.
  }
  return startWork(emptyRecipe, 'Start', Date.now());
}
