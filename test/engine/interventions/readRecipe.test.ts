import { describe, expect, it } from 'vitest';
import { StudioError } from '../../../src/contract/errors.ts';
import type { ColourMap, Recipe, RecipeStep } from '../../../src/contract/recipe.ts';
import { describeRecipe } from '../../../src/engine/interventions/describeRecipe.ts';
import { readRecipe, writeRecipe } from '../../../src/engine/interventions/readRecipe.ts';

const recipe: Recipe = {
  version: 1,
  name: 'everything',
  steps: [
    {
      kind: 'fluoHair',
      channels: [1, 14, 30],
      map: { kind: 'target', colour: [1, 0, 0.9], strength: 1.5 },
      enabled: true,
    },
    { kind: 'fluoHair', channels: [2], map: { kind: 'negate' }, enabled: false },
    { kind: 'stretch', level: 'intermediate', axis: 'horizontal', factor: 1.5, enabled: true },
    { kind: 'stretch', level: 'image', axis: 'vertical', factor: 0.8, enabled: true },
    { kind: 'scale', level: 'fine', channels: [4], factor: 0, enabled: true },
    { kind: 'scale', level: 'coarse', channels: [4, 5], factor: -2, enabled: true },
    { kind: 'hybridise', level: 'fine', channels: [7], seed: 12, enabled: true },
  ],
};

function failure(text: string): string {
  try {
    readRecipe(text, 'hair.json');
  } catch (error) {
    if (error instanceof StudioError) return `${error.code}: ${error.message}`;
  }
  return 'it can be read';
}

describe('readRecipe', () => {
  it('reads back what was written, and switches steps on unless told otherwise', () => {
    expect(readRecipe(writeRecipe(recipe), 'hair.json')).toEqual(recipe);
    const short =
      '{"version":1,"name":"a","steps":[{"kind":"stretch","level":"fine","axis":"vertical","factor":2}]}';
    expect(readRecipe(short, 'a.json').steps[0]?.enabled).toBe(true);
  });

  it('says what is wrong, in which file and in which step', () => {
    expect(failure('{')).toMatch(/^damaged: hair\.json is not valid JSON: /);
    expect(failure('{"version":2,"name":"a","steps":[]}')).toBe(
      'unavailable: hair.json was written by a newer version of the Studio (its form is 2, this version reads 1). Update the Studio to use it.',
    );
    const broken = JSON.stringify({
      ...recipe,
      steps: [recipe.steps[2], { ...recipe.steps[3], factor: 40 }],
    });
    expect(failure(broken)).toMatch(
      /^wrong-usage: hair\.json is not a recipe\. Step 2, factor must be 4 or less\. Correct that/,
    );
    expect(failure('[]')).toMatch(/^wrong-usage: hair\.json is not a recipe\. /);
    expect(failure('{"version":1,"name":"a","steps":[{"kind":"blur"}]}')).toMatch(/Step 1, kind must be /);
  });

  it('names the place of what is wrong: a step, a part of the recipe, or nothing where it is none', () => {
    const beginning = 'wrong-usage: hair.json is not a recipe. ';
    expect(
      failure('{"version":1,"name":"a","steps":[3]}').startsWith(`${beginning}Step 1 must be an object. `),
    ).toBe(true);
    expect(failure('{"version":1,"steps":[]}').startsWith(`${beginning}Name is missing. `)).toBe(true);
    expect(
      failure('{"version":1,"name":"a","steps":{}}').startsWith(`${beginning}Steps must be a list. `),
    ).toBe(true);
    for (const none of ['null', '3', '"a"', '[]'])
      expect(failure(none)).toBe(`${beginning}It must be an object. Correct that, or choose another recipe.`);
    // A version that is no number, or today's, is not the fault of another program.
    for (const version of ['"2"', '1', 'null'])
      expect(failure(`{"version":${version}}`).startsWith(beginning)).toBe(true);
  });
});

describe('describeRecipe', () => {
  it('says each step in a line of plain words', () => {
    expect(describeRecipe(recipe)).toEqual([
      'FluoHair: paint in #ff00e6 with strength 1.5 what channels 1, 14 and 30 of level fine draw',
      'FluoHair: invert the colours of what channel 2 of level fine draws (switched off)',
      'Stretch all maps of level intermediate by 1.5, horizontally',
      'Stretch the picture by 0.8, vertically',
      'Switch off channel 4 of level fine',
      'Multiply channels 4 and 5 of level coarse by -2',
      'Replace channel 7 of level fine by those of seed 12',
    ]);
  });

  it('says a colour map row by row, and where a gate came from', () => {
    const gate = { start: [1], coarse: [1], intermediate: [1], fine: [1], bias: 0 };
    const matrix: ColourMap = {
      kind: 'matrix',
      matrix: [
        [1, 0.5, 0],
        [0, 1, 0],
        [0, -2, 1],
      ],
    };
    const steps: RecipeStep[] = [
      { kind: 'fluoHair', channels: [2, 3], map: matrix, enabled: true },
      {
        ...{ kind: 'fluoHair', channels: [0], map: { kind: 'negate' }, enabled: true },
        gate: { ...gate, madeFrom: 'module' },
      },
    ];
    expect(describeRecipe({ version: 1, name: 'maps', steps })).toEqual([
      'FluoHair: multiply by the colour map [[1, 0.5, 0], [0, 1, 0], [0, -2, 1]] what channels 2 and 3 of level fine draw',
      'FluoHair, hair only: invert the colours of what is drawn where the hair gate (found without labels) is open',
    ]);
  });
});
