import { expect, it } from 'vitest';
import { kMeans } from '../../../src/engine/math/kMeans.ts';
import oracle from '../../oracles/kMeans.json' with { type: 'json' };

const points = Float64Array.from(oracle.points.flat());

it.each([
  [2, oracle.best['2']],
  [3, oracle.best['3']],
] as const)('finds the best %d groups of all there are', (count, best) => {
  const { labels, inertia } = kMeans(points, 9, 2, count, { seed: 1 });
  // test/oracles/kMeans.py tries every way.
  expect(inertia).toBeCloseTo(best.inertia, 10);
  const samePairs = (a: ArrayLike<number>): boolean[] =>
    Array.from({ length: 81 }, (_, at) => a[Math.floor(at / 9)] === a[at % 9]);
  expect(samePairs(labels)).toEqual(samePairs(best.labels));
});

it('has the means of the groups as centres, and is the same for the same seed', () => {
  const found = kMeans(points, 9, 2, 3, { seed: 4 });
  expect(kMeans(points, 9, 2, 3, { seed: 4 })).toEqual(found);
  for (let k = 0; k < 3; k++) {
    const rows = [...found.labels.keys()].filter((row) => found.labels[row] === k);
    for (let column = 0; column < 2; column++) {
      const mean = rows.reduce((sum, row) => sum + points[row * 2 + column]!, 0) / rows.length;
      expect(found.centres[k * 2 + column]).toBeCloseTo(mean, 12);
    }
  }
});

it('leaves no group empty, whatever the points', () => {
  // Five points of which four are the same: three groups still have a row each.
  const same = Float64Array.from([0, 0, 0, 0, 9]);
  const { labels, inertia } = kMeans(same, 5, 1, 3, { seed: 0 });
  expect(new Set(labels).size).toBe(3);
  expect(inertia).toBe(0);
  expect(() => kMeans(same, 5, 1, 6, { seed: 0 })).toThrow(RangeError);
});
