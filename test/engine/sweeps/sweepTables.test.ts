import { expect, it } from 'vitest';
import type { CellReport, CellStanding, SettingValue } from '../../../src/contract/sweeps.ts';
import { groupsOf, pairsOf } from '../../../src/engine/sweeps/sweepTables.ts';

function cell(
  settings: Record<string, SettingValue>,
  loss: number,
  state: CellStanding = 'finished',
): CellReport {
  const place = { name: 'cell', folder: '/cell', step: 10, steps: 10, reason: null, etaSeconds: null };
  return { ...place, settings, state, measures: { loss } };
}

it('means over seeds count those that are finished', () => {
  const groups = groupsOf([
    cell({ seed: 0, klWeight: 1 }, 2),
    cell({ seed: 1, klWeight: 1 }, 4),
    cell({ seed: 2, klWeight: 1 }, 100, 'running'),
    cell({ seed: 0, klWeight: 2 }, 5),
  ]);
  expect(groups).toEqual([
    {
      settings: { klWeight: 1 },
      seeds: [0, 1],
      measures: { loss: { mean: 3, least: 2, most: 4, count: 2 } },
    },
    { settings: { klWeight: 2 }, seeds: [0], measures: { loss: { mean: 5, least: 5, most: 5, count: 1 } } },
  ]);
});

it('spectral is paired with plain training of the same seed and settings', () => {
  const pairs = pairsOf([
    cell({ seed: 0, spectral: true }, 5),
    cell({ seed: 0, spectral: false }, 4),
    cell({ seed: 1, spectral: true }, 9),
    cell({ seed: 1, spectral: false }, 6),
    cell({ seed: 2, spectral: true }, 50),
    cell({ seed: 2, spectral: false }, 1, 'failed'),
  ]);
  expect(pairs).toEqual([
    { settings: {}, seeds: [0, 1], differences: { loss: { mean: 2, least: 1, most: 3, count: 2 } } },
  ]);
});

it('without plain and spectral cells there are no pairs', () => {
  expect(pairsOf([cell({ seed: 0 }, 1), cell({ seed: 1 }, 2)])).toEqual([]);
});
