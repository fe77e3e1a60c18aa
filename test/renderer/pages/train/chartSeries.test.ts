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

it('draws one run level by level, and several runs at one level, in the colours of the runs', () => {
  const metrics = [line(100, { 'stretching.fine': 2, 'stretching.coarse': 3 })];
  const own = { name: 'own', metrics };
  const told = (overlays: (typeof own)[], level: 'fine' | 'coarse' | 'image') =>
    levelSeries({ own, overlays }, hiddenLevels, (each) => `stretching.${each}`, level).map(
      ({ name, tone, points }) => [name, tone, points[0]?.y],
    );
  expect(told([], 'coarse').map(([name]) => name)).toEqual(hiddenLevels);
  expect(told([{ name: 'other', metrics }], 'coarse')).toEqual([
    ['other', 's2', 3],
    ['own', 's1', 3],
  ]);
  // The picture itself has no hidden maps: the fine level stands for it.
  expect(told([{ name: 'other', metrics }], 'image').map(([, , y]) => y)).toEqual([2, 2]);
});

it('smooths in front of what was measured, in the same colour', () => {
  const metrics = [1, 2, 3].map((step) => line(step, { loss: step }));
  const runs = { own: { name: 'own', metrics }, overlays: [{ name: 'other', metrics }] };
  expect(lossSeries(runs, 'loss').map(({ faint }) => faint ?? false)).toEqual([false, false]);
  const series = lossSeries(runs, 'loss', 0.5);
  expect(series.map(({ name, tone, faint = false }) => [name, tone, faint])).toEqual([
    ['other', 's2', true],
    ['own', 's1', true],
    ['other', 's2', false],
    ['own', 's1', false],
  ]);
  expect(series[1]!.points.map(({ y }) => y)).toEqual([1, 2, 3]);
  // By hand: 1; (0.5·1 + 2)/1.5; (0.25·1 + 0.5·2 + 3)/1.75.
  expect(series[3]!.points.map(({ x, y }) => [x, Number(y.toFixed(6))])).toEqual([
    [1, 1],
    [2, 1.666667],
    [3, 2.428571],
  ]);
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
