import { describe, expect, it } from 'vitest';
import type { Recipe, RecipeStep } from '../../../../src/contract/recipe.ts';
import {
  changed,
  changesSinceSaved,
  emptyRecipe,
  goOnWith,
  historyOf,
  isUntouched,
  keptWork,
  moved,
  recipeOf,
  startWork,
  workSchema,
} from '../../../../src/renderer/pages/intervene/history.ts';

const named = (name: string): Recipe => ({ ...emptyRecipe, name });
const start = startWork(named('start'), 'Start', 0);

describe('the history of a recipe', () => {
  it('undoes and redoes, and stops at both ends', () => {
    let work = changed(start, named('one'), 'One', 'one', 5000);
    work = changed(work, named('two'), 'Two', 'two', 10_000);
    expect(recipeOf(work).name).toBe('two');
    work = moved(moved(moved(work, -1), -1), -1);
    expect(recipeOf(work).name).toBe('start');
    work = moved(moved(moved(work, 1), 1), 1);
    expect(recipeOf(work).name).toBe('two');
  });

  it('is one state for a drag, and two for two drags', () => {
    let work = start;
    for (const at of [5000, 5100, 5200]) work = changed(work, named(String(at)), 'Hue', 'hue', at);
    expect(work.states).toHaveLength(2);
    expect(recipeOf(work).name).toBe('5200');
    work = changed(work, named('later'), 'Hue', 'hue', 9000);
    expect(work.states).toHaveLength(3);
  });

  it('forgets what was undone once something else is done', () => {
    let work = changed(start, named('one'), 'One', 'one', 5000);
    work = changed(moved(work, -1), named('other'), 'Other', 'other', 10_000);
    expect(work.states.map(({ recipe }) => recipe.name)).toEqual(['start', 'other']);
  });

  it('counts changes since the recipe was saved, also when they are undone', () => {
    let work = changed(start, named('one'), 'One', 'one', 5000);
    expect(changesSinceSaved(work)).toBeNull();
    work = { ...work, saved: { file: 'one.json', at: '', state: work.now } };
    expect(changesSinceSaved(work)).toBe(0);
    // A drag that goes on over the moment of saving must not change the saved state.
    work = changed(work, named('two'), 'One', 'one', 5100);
    expect(changesSinceSaved(work)).toBe(1);
    expect(changesSinceSaved(moved(work, -1))).toBe(0);
  });

  it('keeps a hundred states and reads back what it wrote', () => {
    let work = { ...start, saved: { file: 'start.json', at: '', state: 0 } };
    for (let i = 1; i <= 150; i++)
      work = { ...changed(work, named(`n${i}`), 'n', `n${i}`, i), saved: work.saved };
    expect(work.states).toHaveLength(100);
    expect(recipeOf(work).name).toBe('n150');
    expect(workSchema.parse(JSON.parse(JSON.stringify(work)))).toEqual(work);
  });

  it('goes on with a saved recipe as it was left, and can undo what was done before it was saved', () => {
    const before = changed(changed(start, named('one'), 'One', 'one', 1), named('two'), 'Two', 'two', 2);
    const opened = goOnWith(historyOf(before), { file: 'two.json', at: '' });
    expect(changesSinceSaved(opened)).toBe(0);
    expect(recipeOf(moved(opened, -1)).name).toBe('one');
    expect(changesSinceSaved(moved(opened, -1))).toBe(1);
  });
});

it('gives way to the recipe of another run only while nothing was done', () => {
  const step: RecipeStep = { kind: 'stretch', level: 'fine', axis: 'vertical', factor: 1.2, enabled: true };
  const other: Recipe = { version: 1, name: 'Other', steps: [step] };
  const empty = startWork(emptyRecipe, 'Start', 0);
  expect(isUntouched(empty)).toBe(true);
  const kept = keptWork(other, 'Keep the recipe of faces', 0);
  expect([isUntouched(kept), recipeOf(kept)]).toEqual([true, other]);
  expect(isUntouched(changed(kept, emptyRecipe, 'Remove', 'remove', 1))).toBe(false);
  expect(isUntouched(startWork(other, 'Open Other', 0))).toBe(false);
  expect(isUntouched({ ...empty, saved: { file: 'a', at: 'b', state: 0 } })).toBe(false);
});
