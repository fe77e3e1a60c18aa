import { expect, it } from 'vitest';
import { comparedRuns } from '../../../../src/engine/analysis/verdicts/comparedRuns.ts';
import { knownRun } from '../../../renderer/pages/analyse/knownRun.ts';

const own = knownRun('own', { seed: 0 });
const spectral = knownRun('spectral', { seed: 0, isSpectral: true });
const names = (...runs: Parameters<typeof comparedRuns>[0]): string[] =>
  comparedRuns(runs).map(({ ref }) => ref);

it('are those that differ from the first in seed and spectral training alone', () => {
  const longer = knownRun('longer', { seed: 1, steps: 900 });
  expect(names(own, longer, knownRun('seed-1', { seed: 1 }), spectral)).toEqual([
    'own',
    'seed-1',
    'spectral',
  ]);
  expect(names(longer, own)).toEqual(['longer']);
  expect(names()).toEqual([]);
});

it('have each seed once: a run made again is no further seed', () => {
  const again = [1, 2].map((each) => knownRun(`again-${each}`, { seed: 0 }));
  expect(names(own, ...again)).toEqual(['own']);
});

it('have one spectral training: that of the first run, else the first that comes', () => {
  const { run } = knownRun('stronger', { seed: 1, isSpectral: true });
  const stronger = { ref: 'stronger', run: { ...run, spectral: { ...run.spectral!, gamma: 0.5 } } };
  expect(names(own, spectral, stronger)).toEqual(['own', 'spectral']);
  expect(names(own, stronger, spectral)).toEqual(['own', 'stronger']);
  expect(names(spectral, stronger, own)).toEqual(['own', 'spectral']);
});
