import { expect, it } from 'vitest';
import type { Recipe } from '../../../src/contract/recipe.ts';
import { isPngFile, missingWords, placeOf } from '../../../src/renderer/api/pictureWords.ts';
import { pictureFileName } from '../../../src/renderer/components/pictureFileName.ts';
import { savedLatents } from '../../../src/renderer/pages/explore/savedLatents.ts';
import { savedChoices } from '../../../src/renderer/pages/intervene/savedChoices.ts';

const recipe: Recipe = {
  ...{ version: 1, name: 'Pink: wider!' },
  steps: [{ kind: 'stretch', level: 'image', axis: 'vertical', factor: 1.25, enabled: true }],
};

it('opens a picture with a recipe on Intervene, one without on Explore, behind the photos there', () => {
  const seed = { kind: 'seed' as const, seed: 7 };
  expect(placeOf({ sources: [seed], recipe }, 2)).toEqual({ page: 'intervene', params: { seed: 7, at: 0 } });
  expect(placeOf({ sources: [seed], recipe: null, recipeIn: 'manifest.json' }, 0).page).toBe('intervene');
  const moved: [number, number][] = [
    [3, 1.5],
    [12, -0.4],
  ];
  expect(placeOf({ sources: [{ ...seed, moved }], recipe: null }, 2)).toEqual({
    page: 'explore',
    params: { seed: 7, at: 2, along: undefined, moved: '3:1.5,12:-0.4' },
  });
  expect(placeOf({ sources: [{ kind: 'photo', name: 'me.jpg' }], recipe }, 0).params).toEqual({});
});

it('says what of a picture cannot be shown again', () => {
  const words = missingWords({
    sources: [{ kind: 'photo', name: 'me.jpg' }],
    recipe: null,
    recipeIn: 'm.json',
  });
  expect(words).toEqual([
    'Its recipe is too long for a picture; it is in m.json of its set.',
    'It was made from the photo me.jpg, which is not stored in it: open that photo to see the same.',
  ]);
  expect(missingWords({ sources: [{ kind: 'seed', seed: 1 }], recipe })).toEqual([]);
});

it('knows a PNG by its type or its ending', () => {
  expect([
    isPngFile({ name: 'a.PNG', type: '' }),
    isPngFile({ name: 'a', type: 'image/png' }),
    isPngFile({ name: 'a.jpg', type: 'image/jpeg' }),
  ]).toEqual([true, true, false]);
});

it('names a saved picture by what it shows', () => {
  const ref = { run: '/runs/faces s0', step: 3000, recipe };
  const of = (seeds: number[]): string => pictureFileName({ ...ref, source: { kind: 'seeds', seeds } });
  expect([of([7]), of([7, 8, 9])]).toEqual([
    'seed-7-pink-wider-faces-s0-3000.png',
    'seeds-7-9-pink-wider-faces-s0-3000.png',
  ]);
  const latents = { kind: 'latents' as const, latents: [[0]] };
  const from = [{ kind: 'photo' as const, name: 'my face.jpg' }];
  expect(pictureFileName({ ...ref, recipe: null, source: latents, from })).toBe('my-face-faces-s0-3000.png');
});

it('offers the picture that is shown large, and all, with what they were made of', () => {
  const nameOf = (index: number): string => `Seed ${index + 5}`;
  const source = { kind: 'seeds' as const, seeds: [5, 6] };
  const seeds = savedChoices({ run: 'r', step: 1, recipe, source, at: 1, nameOf, origins: null });
  expect(seeds.map(({ what }) => [what.source, what.scale])).toEqual([
    [{ kind: 'seeds', seeds: [6] }, undefined],
    [{ kind: 'seeds', seeds: [6] }, 4],
    [source, 2],
  ]);
  const origins = [{ kind: 'photo' as const, name: 'me.jpg' }];
  const explored = { run: 'r', step: 1, names: ['me.jpg'], origins, latents: [[1], [2]], seed: 5 };
  const edited = savedLatents({ ...explored, at: 1, edited: [9] });
  expect(edited[0]).toEqual({
    label: 'Seed 5, edited, 64 × 64 pixels',
    what: {
      ...{ run: 'r', step: 1, recipe: null, scale: 1 },
      from: [{ kind: 'seed', seed: 5, moved: [[0, 9]] }],
      source: { kind: 'latents', latents: [[9]] },
    },
  });
  expect(edited[2]?.what.from).toEqual([
    { kind: 'photo', name: 'me.jpg' },
    { kind: 'seed', seed: 5 },
  ]);
});
