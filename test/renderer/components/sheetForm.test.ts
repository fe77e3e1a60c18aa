import { expect, it } from 'vitest';
import type { Recipe } from '../../../src/contract/recipe.ts';
import { sheetRequestSchema } from '../../../src/contract/sheets.ts';
import { axesFor, sheetRequest } from '../../../src/renderer/components/sheetForm.ts';

const recipe: Recipe = {
  ...{ version: 1, name: 'Pink' },
  steps: [
    {
      ...{ kind: 'fluoHair', channels: [1], enabled: true },
      map: { kind: 'target', colour: [1, 0, 0], strength: 1 },
    },
  ],
};
const of = { run: 'r', step: 7, recipe };

it('asks for what was typed, and for the usual values where nothing was', () => {
  const form = { rows: 'strength', rowValues: ' 1, 2 ', columns: 'hue', columnValues: '', seed: 3 } as const;
  const asked = sheetRequest(of, form);
  expect(asked).toEqual({ ...of, rows: 'strength:1,2', columns: 'hue', runs: [], seed: 3, scale: 2 });
  expect(sheetRequestSchema.parse(asked)).toEqual(asked);
});

it('names runs apart from the axis that compares them', () => {
  const form = { rows: 'seed', rowValues: '1-3', columns: 'run', columnValues: 'a, b', seed: 3 } as const;
  expect(sheetRequest(of, form)).toMatchObject({ rows: 'seed:1-3', columns: 'run', runs: ['a', 'b'] });
});

it('offers strength and hue where a recipe paints in a colour', () => {
  expect(axesFor(recipe)).toContain('hue');
  expect(axesFor(null)).toEqual(['factor', 'checkpoint', 'seed', 'run']);
});
