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

it('draws the first centres far apart: rows that equal a centre are not drawn again', () => {
  // Closed form: chances in proportion to the squared distance are 0 for what has a centre, so that three places get three
  // centres whatever the seed, though 46 of 50 rows lie at one of them; one round and one start are enough.
  const places = Float64Array.from({ length: 100 }, (_, n) => {
    const row = Math.floor(n / 2);
    return row < 46 ? 1 : [1000 * (row % 2), -7][n % 2]!;
  });
  for (let seed = 0; seed < 20; seed++) {
    const { inertia, labels } = kMeans(places, 50, 2, 3, { seed, starts: 1, iterations: 1 });
    expect(inertia).toBeLessThan(1e-20); // the means of 46 ones are rounded
    expect(new Set(labels).size).toBe(3);
  }
});

it('goes on while rows move, as many rounds as it may', () => {
  const line = Float64Array.of(0, 1, 2, 3, 20, 21);
  const once = kMeans(line, 6, 1, 2, { seed: 3, starts: 1, iterations: 1 });
  const many = kMeans(line, 6, 1, 2, { seed: 3, starts: 1 });
  // Closed form: {0, 1, 2, 3} about 1.5 and {20, 21} about 20.5 is the best of all: 2 · (1.5² + 0.5²) + 2 · 0.5².
  expect(many.inertia).toBeCloseTo(5.5, 12);
  expect(once.inertia).toBeGreaterThanOrEqual(many.inertia);
  expect([...many.centres].sort((a, b) => a - b)).toEqual([1.5, 20.5]);
});

it('refuses shapes and counts that do not fit, in words', () => {
  const values = Float64Array.of(0, 1, 2, 3);
  expect(() => kMeans(values, 3, 1, 1, { seed: 0 })).toThrow('kMeans: the values do not fit the shape');
  for (const count of [0, 1.5, 5])
    expect(() => kMeans(values, 4, 1, count, { seed: 0 })).toThrow(`kMeans: 4 rows in ${count} clusters`);
  expect(kMeans(values, 4, 1, 4, { seed: 0 }).inertia).toBe(0);
});
