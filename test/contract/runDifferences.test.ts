import { describe, expect, it } from 'vitest';
import { spectralDefaults } from '../../src/contract/hyperParameters.ts';
import type { RunFile } from '../../src/contract/runFiles.ts';
import { differencesOf, differInSpectralOnly, differOnlyInSeed } from '../../src/contract/runDifferences.ts';
import { knownRun } from '../renderer/pages/analyse/knownRun.ts';

const { run } = knownRun('one', {});

describe('what was asked differently of two runs', () => {
  it('is not their name, nor when they were begun', () => {
    expect(differencesOf(run, { ...run, id: 'two', createdAt: '2026-02-02T00:00:00.000Z' })).toEqual([]);
  });

  it('is named with the words of the form, each with both values', () => {
    expect(differencesOf(run, { ...run, seed: 1, checkpointEvery: 20 })).toEqual([
      { name: 'seed', before: '0', after: '1' },
      { name: 'checkpoint every', before: '10', after: '20' },
    ]);
  });

  it('is the spectral step and its settings, which are off where it is', () => {
    const found = differencesOf(run, { ...run, spectral: spectralDefaults });
    expect(found).toContainEqual({ name: 'spectral', before: 'off', after: 'on' });
    expect(found).toContainEqual({
      ...{ name: 'spectral step gamma', before: 'off', after: String(spectralDefaults.gamma) },
    });
  });

  it('is how the image layer is computed, which earlier runs do not say', () => {
    const device: RunFile['device'] = { ...run.device, imageLayer: 'blocks' };
    expect(differencesOf(run, { ...run, device })).toEqual([
      { name: 'image layer', before: 'plain', after: 'blocks' },
    ]);
    expect(differencesOf(run, { ...run, device: { ...device, imageLayer: 'plain' } })).toEqual([]);
  });
});

describe('runs that can be compared', () => {
  const { run: spectral } = knownRun('spectral', { isSpectral: true });

  it('are seeds of one another where nothing but the seed was asked differently', () => {
    const device: RunFile['device'] = { ...run.device, intraOpThreads: 8, imageLayer: 'blocks' };
    expect(differOnlyInSeed(run, { ...run, seed: 1, measureEvery: 1, device })).toBe(true);
    expect(differOnlyInSeed(run, { ...run, seed: 1, steps: 200 })).toBe(false);
    expect(differOnlyInSeed(run, spectral)).toBe(false);
  });

  it('or differ in seed and spectral training alone', () => {
    expect(differInSpectralOnly(run, { ...spectral, seed: 1 })).toBe(true);
    expect(differInSpectralOnly(run, { ...spectral, steps: 200 })).toBe(false);
  });
});
