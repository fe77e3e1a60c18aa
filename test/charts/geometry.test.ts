import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { binShares } from '../../src/charts/bins.ts';
import { movingMean } from '../../src/charts/movingMean.ts';
import { coordinate, linePath, stemsPath, stepsPath, valuesPath } from '../../src/charts/paths.ts';
import { createScale } from '../../src/charts/scale.ts';
import { cornersOf, meanings, styleOf } from '../../src/charts/seriesStyles.ts';

describe('paths', () => {
  const none = { low: 0, high: 1 };
  const x = createScale({ range: [0, 10] }, none, { start: 0, end: 100, tickCount: 2 }, false);
  const y = createScale({ scale: 'log', range: [1, 100] }, none, { start: 50, end: 0, tickCount: 2 }, false);

  it('go from point to point, with two decimals', () => {
    expect(
      linePath([
        [0, 1.234],
        [2.006, -3],
        [-0.001, 0],
      ]),
    ).toBe('M0 1.23L2.01 -3L0 0');
    expect(linePath([])).toBe('');
    expect(() => coordinate(Number.NaN)).toThrow(RangeError);
  });

  it('break where a value cannot stand on its axis, and end where they are told to', () => {
    const [xs, ys] = [
      [0, 1, 2, 3, 4],
      [1, 10, 0, 100, 10],
    ];
    expect(valuesPath(x, y, xs, ys)).toBe('M0 50L10 25M30 0L40 25');
    expect(valuesPath(x, y, xs, ys, 2)).toBe('M0 50L10 25');
    expect(valuesPath(x, y, [Number.NaN], [1])).toBe('');
  });

  it('outline bins, and draw a stem for each value that is not zero', () => {
    expect(stepsPath([5, 2], (bin) => 10 * bin, 8)).toBe('M0 8V5H10V2H20V8');
    expect(stepsPath([], (bin) => bin, 8)).toBe('');
    expect(
      stemsPath(
        [1, 0, -2],
        (place) => place + 0.5,
        (value) => 10 - value,
      ),
    ).toBe('M0.5 10V9M2.5 10V12');
  });
});

describe('bins', () => {
  it('share the values, everything from the last edge on in one more', () => {
    // By hand: bins [0, 1), [1, 2), and from 2 on; −1 counts in the first.
    expect(binShares([-1, 0, 0.5, 1, 2, 2.5, 100, 1e300], { low: 0, high: 2, count: 2 })).toEqual([
      3 / 8,
      1 / 8,
      4 / 8,
    ]);
  });
});

describe('movingMean', () => {
  it('averages as many neighbours on both sides, and leaves the ends', () => {
    // By hand: the second has one neighbour on either side, the third two.
    expect(movingMean([1, 2, 6, 4, 12], 2)).toEqual([1, 3, 5, 22 / 3, 12]);
    expect(movingMean([3, 1, 2], 0)).toEqual([3, 1, 2]);
  });
});

describe('series', () => {
  it('take the styles in order, dashed from the fifth on, and keep what they say themselves', () => {
    const tones = Array.from({ length: 5 }, (_, place) => styleOf({}, place).tone);
    expect(tones).toEqual(['s1', 's2', 's3', 's4', 's1']);
    expect([3, 4].map((place) => styleOf({}, place).dash)).toEqual([false, true]);
    expect(styleOf({ tone: 's0', marker: 'ring' }, 1)).toEqual({ tone: 's0', marker: 'ring', dash: false });
    expect(meanings.plain).toEqual({ tone: 's2', marker: 'square', dash: true });
  });

  it('have markers that are level, and reach about a radius from their place', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('square' as const, 'triangle' as const, 'diamond' as const),
        fc.double({ min: 1, max: 20, noNaN: true }),
        (marker, radius) => {
          const corners = cornersOf(marker, 40, 60, radius);
          const middle = corners.reduce((sum, [x]) => sum + x, 0) / corners.length;
          expect(middle).toBeCloseTo(40, 9);
          for (const [x, y] of corners) {
            expect(Math.max(Math.abs(x - 40), Math.abs(y - 60))).toBeLessThanOrEqual(1.3 * radius + 1e-9);
            expect(Math.hypot(x - 40, y - 60)).toBeGreaterThan(0.9 * radius);
          }
        },
      ),
      { seed: 8 },
    );
    expect(cornersOf('square', 0, 0, 3.5)).toEqual([
      [-3.25, -3.25],
      [3.25, -3.25],
      [3.25, 3.25],
      [-3.25, 3.25],
    ]);
  });
});
