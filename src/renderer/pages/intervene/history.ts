import { z } from 'zod';
import { recipeHistorySchema } from '../../../contract/intervene.ts';
import type { RecipeHistory } from '../../../contract/intervene.ts';
import type { Recipe } from '../../../contract/recipe.ts';

/** A recipe while it is worked on: every state since it was opened, and which one is shown. */
export const workSchema = recipeHistorySchema.extend({
  saved: z.object({ file: z.string(), at: z.string(), state: z.number().int() }).nullable(),
});
export type Work = z.infer<typeof workSchema>;

const mostStates = 100;
/** Changes of the same thing this close to each other are one. */
const pauseMilliseconds = 1500;

export function startWork(recipe: Recipe, words: string, at: number, saved: Work['saved'] = null): Work {
  return { states: [{ words, at, what: 'start', recipe }], now: 0, saved };
}

const kept = 'kept';

/** Begins with the recipe of another run. */
export function keptWork(recipe: Recipe, words: string, at: number): Work {
  return { states: [{ words, at, what: kept, recipe }], now: 0, saved: null };
}

/** Whether nothing was done here yet: another run's recipe may take its place. */
export function isUntouched({ states, saved }: Work): boolean {
  const [first] = states;
  return saved === null && states.length === 1 && (first?.what === kept || first?.recipe.steps.length === 0);
}

/** Goes on with a recipe as it was saved, with all that can be undone in it. */
export function goOnWith({ states, now }: RecipeHistory, saved: { file: string; at: string }): Work {
  return { states, now, saved: { ...saved, state: now } };
}

/** What is saved beside the recipe. */
export function historyOf({ states, now }: Work): RecipeHistory {
  return { states, now };
}

export const emptyRecipe: Recipe = { version: 1, name: 'My recipe', steps: [] };

export function recipeOf(work: Work): Recipe {
  return (work.states[work.now] ?? work.states[0])?.recipe ?? emptyRecipe;
}

/** A change after the state that is shown; what was undone before it is forgotten. */
export function changed(work: Work, recipe: Recipe, words: string, what: string, at: number): Work {
  const kept = work.states.slice(0, work.now + 1);
  const last = kept.at(-1);
  const isSame = last?.what === what && at - last.at < pauseMilliseconds && work.now > 0;
  const isSaved = work.saved?.state === work.now;
  const states = [...(isSame && !isSaved ? kept.slice(0, -1) : kept), { words, at, what, recipe }];
  const dropped = Math.max(0, states.length - mostStates);
  const saved = work.saved === null ? null : { ...work.saved, state: work.saved.state - dropped };
  // A saved state that was undone and then left is none of the states any more.
  const lost = saved !== null && saved.state > work.now - dropped;
  return {
    states: states.slice(dropped),
    now: states.length - dropped - 1,
    saved: lost ? { ...saved, state: -1 } : saved,
  };
}

export function moved(work: Work, by: -1 | 1): Work {
  return { ...work, now: Math.min(work.states.length - 1, Math.max(0, work.now + by)) };
}

/** Changes since the recipe was saved; null where it never was. */
export function changesSinceSaved({ saved, now }: Work): number | null {
  return saved === null ? null : Math.abs(now - saved.state);
}
