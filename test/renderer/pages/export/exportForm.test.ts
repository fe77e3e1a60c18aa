import { describe, expect, it } from 'vitest';
import {
  askedOf,
  fewOf,
  missingOf,
  placeOfError,
  proposedFolder,
  sourcesOf,
  trialOf,
} from '../../../../src/renderer/pages/export/useExportForm.ts';
import type { ExportAsked, ExportDraft } from '../../../../src/renderer/pages/export/useExportForm.ts';

const model = { run: 'vae', step: 100 };
const draft: ExportDraft = {
  source: 'seeds',
  count: 1000,
  seed: 1,
  photos: '',
  seedsBeside: 0,
  format: 'png',
  testShare: 0,
  recipes: [],
  folder: '',
};
const asked = (part: Partial<ExportDraft>, usable = ['a.json', 'b.json']): ExportAsked | null =>
  askedOf({ ...draft, ...part }, model, '/faces', usable, '/exports/augmented');

describe('what the Export form asks for', () => {
  it('is seeds as they are, in the proposed folder, where nothing was changed', () => {
    expect(asked({})).toEqual({
      ...model,
      ...{ out: '/exports/augmented', recipes: [], count: 1000, seed: 1, format: 'png' },
    });
  });

  it('is nothing while a number or the folder of photos is missing', () => {
    expect(asked({ count: '' })).toBeNull();
    expect(asked({ seed: '' })).toBeNull();
    expect(asked({ source: 'photos', photos: '  ' })).toBeNull();
    expect(asked({ source: 'data', seedsBeside: '' })).toBeNull();
    expect(asked({ source: 'seeds', seedsBeside: '' })).not.toBeNull();
  });

  it('takes held-out pictures of the model’s own data, and all of somebody’s photos', () => {
    expect(asked({ source: 'data' })).toMatchObject({ images: '/faces', heldOut: true });
    const photos = asked({ source: 'photos', photos: ' /mine ' });
    expect(photos).toMatchObject({ images: '/mine' });
    expect(photos).not.toHaveProperty('heldOut');
  });

  it('has seeds beside pictures only where there are pictures and some are wanted', () => {
    expect(asked({ source: 'data', seedsBeside: 50 })).toHaveProperty('seeds', 50);
    expect(asked({ source: 'data', seedsBeside: 0 })).not.toHaveProperty('seeds');
    expect(asked({ source: 'seeds', seedsBeside: 50 })).not.toHaveProperty('seeds');
  });

  it('leaves out ticked recipes that the model cannot do any more, in the order of the list', () => {
    expect(asked({ recipes: ['b.json', 'gone.json', 'a.json'] })?.recipes).toEqual(['a.json', 'b.json']);
  });

  it('keeps nothing apart for testing unless a share is said', () => {
    expect(asked({ testShare: 0 })).not.toHaveProperty('testShare');
    expect(asked({ testShare: 0.1 })).toHaveProperty('testShare', 0.1);
  });
});

describe('a try of few', () => {
  const whole: ExportAsked = { ...model, out: '/o', recipes: [], count: 1000, seed: 1, format: 'png' };

  it('has no more sources than were said, nor than were asked for', () => {
    expect(fewOf(whole, 12).count).toBe(12);
    expect(fewOf({ ...whole, count: 5 }, 12).count).toBe(5);
  });

  it('has some of each kind where pictures and seeds are asked for', () => {
    expect(fewOf({ ...whole, seeds: 500 }, 12)).toMatchObject({ count: 6, seeds: 6 });
    expect(fewOf({ ...whole, seeds: 2 }, 12)).toMatchObject({ count: 10, seeds: 2 });
    expect(fewOf({ ...whole, seeds: 500 }, 1)).toMatchObject({ count: 1, seeds: 1 });
    expect(sourcesOf({ ...whole, seeds: 500 })).toBe(1500);
  });
});

describe('the proposed folder', () => {
  const lies = (name: string, complete: boolean): Parameters<typeof proposedFolder>[2][number] => ({
    ...{
      folder: `/exports/${name}`,
      complete,
      pictures: 1,
      finished: 1,
      step: 1,
      recipes: [],
      resume: null,
      format: 'png',
      seed: 1,
    },
  });

  it('is one that no finished set has', () => {
    expect(proposedFolder('/exports', '/', [], 'augmented')).toBe('/exports/augmented');
    const taken = [lies('augmented', true), lies('augmented-2', true)];
    expect(proposedFolder('/exports', '/', taken, 'augmented')).toBe('/exports/augmented-3');
  });

  it('is that of an export that was stopped, so that it goes on', () => {
    expect(proposedFolder('/exports', '/', [lies('augmented', false)], 'augmented')).toBe(
      '/exports/augmented',
    );
  });
});

describe('a number that breaks its rule', () => {
  it.each<[Partial<ExportDraft>, string]>([
    [{ count: 999_999_999 }, 'Seeds: a whole number from 1 to 1,000,000.'],
    [{ count: 0 }, 'Seeds: a whole number from 1 to 1,000,000.'],
    [{ count: -1, source: 'data' }, 'Draws: a whole number from 1 to 1,000,000.'],
    [{ seed: 2.5 }, 'From seed: a whole number, 0 or more.'],
    [{ source: 'data', seedsBeside: 'some' }, 'And seeds: a whole number from 0 to 1,000,000.'],
  ])('is asked for by nobody, and said: %j', (part, sentence) => {
    expect(asked(part)).toBeNull();
    expect(missingOf({ ...draft, ...part }, '/faces')).toBe(sentence);
  });

  it('keeps nothing back where the form is whole', () => {
    expect(missingOf(draft, '')).toBeNull();
    expect(missingOf({ ...draft, source: 'data' }, '')).toBe(
      'The pictures of the data set are not on this computer.',
    );
  });
});

describe('what is tried first', () => {
  const trial = (part: Partial<ExportAsked>): [number, string | null] => {
    const { request, pictures, why } = trialOf({ ...asked({})!, ...part }, 24)!;
    expect(pictures).toBe(sourcesOf(request) * Math.max(1, request.recipes.length));
    return [pictures, why];
  };

  it('is 24 pictures where whole sources give them', () => {
    expect([1, 2, 3, 4].map((many) => trial({ recipes: Array<string>(many).fill('r') }))).toEqual(
      Array(4).fill([24, null]),
    );
    expect(trial({ seeds: 50 })).toEqual([24, null]);
  });

  it('is fewer, and why is said, where a source has a picture a recipe', () => {
    expect(trial({ recipes: Array<string>(5).fill('r') })).toEqual([
      20,
      'A trial writes 4 sources × 5 recipes.',
    ]);
    expect(trial({ recipes: Array<string>(30).fill('r') })).toEqual([
      30,
      'A trial writes 1 source × 30 recipes.',
    ]);
  });

  it('is nothing where the whole export is no larger', () => {
    expect([10, 24].map((count) => trialOf(asked({ count })!, 24))).toEqual([null, null]);
    expect(trialOf(asked({ count: 25 })!, 24)).toMatchObject({ pictures: 24 });
  });
});

describe('an error stands at the field that it speaks of', () => {
  const set = { ...asked({ recipes: ['a.json'] })!, images: '/mine/photos' };
  it.each([
    ['There is no folder /mine/photos.', 'images'],
    ['/exports/augmented cannot be used: there is a file of that name.', 'folder'],
    ['a.json is not a recipe.', 'recipes'],
    ['Another process writes the run.', 'page'],
  ] as const)('%s', (error, place) => {
    expect(placeOfError(error, set)).toBe(place);
  });

  it('of two paths it is the longer one, and without a form the page', () => {
    expect(placeOfError('/mine/photos/out is full.', { ...set, out: '/mine/photos/out' })).toBe('folder');
    expect(placeOfError('/mine/photos', null)).toBe('page');
  });
});
