import { describe, expect, it } from 'vitest';
import {
  askedOf,
  fewOf,
  proposedFolder,
  sourcesOf,
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
