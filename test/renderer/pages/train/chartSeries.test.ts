import { describe, expect, it } from 'vitest';
import type { MetricsLine } from '../../../../src/contract/runFiles.ts';
import { hiddenLevels } from '../../../../src/contract/levels.ts';
import {
  isAboveZero,
  levelSeries,
  lossSeries,
  overlayColours,
  pointsOf,
} from '../../../../src/renderer/pages/train/chartSeries.ts';

const line = (step: number, values: Record<string, number>): MetricsLine => ({ step, seconds: 0, values });
const tiny = line(0, { 'stretching.fine': 1.9e-7, loss: 2 });
const trained = line(100, { 'stretching.fine': 0.02, loss: 1 });

describe('the points of a measurement', () => {
  it('have the tiny error of untrained pictures where the table has nothing else, and leave it out where it has', () => {
    expect(pointsOf([tiny], 'stretching.fine')).toEqual([{ x: 0, y: 1.9e-7 }]);
    expect(pointsOf([tiny, trained], 'stretching.fine')).toEqual([{ x: 100, y: 0.02 }]);
  });

  it('end with the number that the table shows, however small', () => {
    for (const metrics of [[tiny], [tiny, line(60, { 'stretching.fine': 2.1e-7 })], [tiny, trained]]) {
      const latest = Object.assign({}, ...metrics.map(({ values }) => values)) as Record<string, number>;
      expect(pointsOf(metrics, 'stretching.fine').at(-1)?.y).toBe(latest['stretching.fine']);
    }
  });

  it('of a loss begin with the first step', () => {
    expect(pointsOf([tiny, trained], 'loss').map(({ x }) => x)).toEqual([0, 100]);
  });

  it('know whether a logarithmic axis has a place for them', () => {
    const of = (y: number) => [{ name: 'a', tone: 's1', marker: 'circle', points: [{ x: 1, y }] } as const];
    expect([isAboveZero(of(1.9e-7)), isAboveZero(of(0))]).toEqual([true, false]);
  });
});

it('an overlaid run has one colour in every chart, which is that of the key and the table', () => {
  const runs = {
    own: { name: 'own', metrics: [trained] },
    overlays: ['one', 'two', 'three'].map((name) => ({ name, metrics: [trained] })),
  };
  const overlaid = [
    lossSeries(runs, 'loss'),
    levelSeries(runs, hiddenLevels, (level) => `stretching.${level}`),
  ].map((series) => series.filter((one) => one.overlaid === true).map(({ tone }) => tone));
  expect(overlaid).toEqual([overlayColours, overlayColours]);
});
