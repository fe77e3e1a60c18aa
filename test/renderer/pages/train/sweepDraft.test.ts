import { expect, it } from 'vitest';
import { emptyDraft } from '../../../../src/renderer/pages/train/runDraft.ts';
import type { RunDraft } from '../../../../src/renderer/pages/train/runDraft.ts';
import {
  definitionFrom,
  emptySweep,
  estimateWords,
  gridOf,
  sweepCommandOf,
  variable,
} from '../../../../src/renderer/pages/train/sweepDraft.ts';
import { runSummary } from '../../studioFacts.ts';

const draft: RunDraft = { ...emptyDraft, data: '/faces', steps: 500 };

it('asks with what varies, and with the settings of the form that are not the usual ones', () => {
  expect(definitionFrom(draft, emptySweep)).toEqual({
    definition: { grid: 'seed=0..2 spectral=on,off', data: '/faces', steps: 500 },
  });
  const changed: RunDraft = {
    ...{
      ...draft,
      preset: 'paper',
      seed: 7,
      checkpointEvery: 100,
      threads: 2,
      hyperParameters: { width: 4 },
    },
    spectral: { ...draft.spectral, gamma: 0.2 },
  };
  expect(
    definitionFrom(changed, { ...emptySweep, axes: [{ setting: 'klWeight', values: '1e-4, 5e-4' }] }),
  ).toEqual({
    definition: {
      grid: 'preset=paper seed=7 checkpointEvery=100 width=4 klWeight=1e-4,5e-4',
      ...{ data: '/faces', steps: 500, threads: 2 },
    },
  });
});

it('the settings of the spectral step count where a cell has it; what varies replaces the form’s value', () => {
  const spectral: RunDraft = { ...draft, isSpectral: true, spectral: { ...draft.spectral, gamma: 0.2 } };
  const axes = [{ setting: 'spectralGamma', values: '0.1,0.3' }];
  expect(gridOf(spectral, { name: '', axes })).toBe('spectral=on spectralGamma=0.1,0.3');
  expect(gridOf({ ...spectral, isSpectral: false }, emptySweep)).toBe(
    'spectralGamma=0.2 seed=0..2 spectral=on,off',
  );
});

it('says what is missing: images, values, a name that can be a folder’s', () => {
  expect(definitionFrom({ ...draft, data: '' }, emptySweep)).toEqual({
    missing: 'Choose a folder of images.',
  });
  expect(definitionFrom(draft, { name: '', axes: [{ setting: 'klWeight', values: ' ' }] })).toEqual({
    missing: 'KL weight: type values such as 0..4, or 1e-4,5e-4.',
  });
  expect(definitionFrom(draft, { ...emptySweep, name: '../up' })).toHaveProperty('missing');
});

it('the same is typed as one command', () => {
  expect(sweepCommandOf(draft, { ...emptySweep, name: 'seeds' })).toBe(
    "extrapolate sweep --grid 'seed=0..2 spectral=on,off' --data /faces --steps 500 --out runs/seeds",
  );
});

it('offers the settings of the model alone', () => {
  const names = (model: 'vae' | 'dcgan'): string[] => variable(model).map(({ value }) => value);
  expect(names('vae')).toEqual(expect.arrayContaining(['seed', 'spectral', 'klWeight', 'steps']));
  expect(names('dcgan')).not.toContain('klWeight');
  expect(names('vae')).not.toContain('data');
});

it('tells the time from a run with as many threads, and otherwise that nobody knows it', () => {
  const known = runSummary('a', 'finished');
  const threads = known.run.device.intraOpThreads;
  const asked = { cells: 6, steps: 300, threads, shared: 2 * threads };
  const { kind } = known.run.model;
  if (kind === 'imported') throw new Error('The run is a trained one.');
  const like = { ...draft, model: kind, preset: known.run.model.preset };
  // Three times two side by side, 300 steps at 2 a second each.
  expect(estimateWords([known], like, asked)).toContain('About 7 min 30 s: 2 at a time with');
  expect(estimateWords([known], like, { ...asked, threads: threads + 1 })).toContain(
    'is known once one was trained',
  );
});
