import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createScale, plottable, rangeOf, widened } from '../../src/charts/scale.ts';

const pixels = { start: 300, end: 100, tickCount: 4 };

describe('createScale', () => {
  it('maps a linear axis in proportion', () => {
    const { at, ticks, tickTexts, range } = createScale(
      { range: [0, 4] },
      { low: 9, high: 10 },
      pixels,
      true,
    );
    expect(range).toEqual({ low: 0, high: 4 });
    expect([0, 1, 4, 5].map(at)).toEqual([300, 250, 100, 50]);
    expect([ticks, tickTexts]).toEqual([
      [0, 1, 2, 3, 4],
      ['0', '1', '2', '3', '4'],
    ]);
  });

  it('maps equal ratios to equal distances on a logarithmic axis', () => {
    const { at, holds } = createScale({ scale: 'log' }, { low: 0.01, high: 100 }, pixels, false);
    expect([0.01, 0.1, 1, 10, 100].map((value) => Math.round(at(value) * 1e9) / 1e9)).toEqual([
      300, 250, 200, 150, 100,
    ]);
    expect([1, 0, -1, Number.NaN, Infinity].map(holds)).toEqual([true, false, false, false, false]);
  });

  it('finds the value at a pixel', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.02, max: 70, noNaN: true }), fc.boolean(), (value, log) => {
        const axis = log ? { scale: 'log' as const } : {};
        const { at, from } = createScale(axis, { low: 0.02, high: 70 }, pixels, false);
        expect(from(at(value)) / value).toBeCloseTo(1, 9);
      }),
      { seed: 7 },
    );
  });

  it('widens to ticks where asked, but not an axis that was given its ends or ticks', () => {
    const data = { low: 0.13, high: 0.87 };
    // By hand: at most four pieces of 0.74 are 0.2 long.
    expect(createScale({}, data, pixels, true).range).toEqual({ low: 0, high: 1 });
    expect(createScale({}, data, pixels, true).ticks).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(createScale({}, data, pixels, false).range).toEqual(data);
    expect(createScale({ ticks: [0.5] }, data, pixels, true).range).toEqual(data);
    const format = (value: number): string => `${value} px`;
    expect(createScale({ ticks: [0.5], format }, data, pixels, true).tickTexts).toEqual(['0.5 px']);
  });
});

describe('ranges', () => {
  it('hold what can stand on the axis, and are never empty', () => {
    expect(rangeOf([3, Number.NaN, -1, Infinity, 2], false)).toEqual({ low: -1, high: 3 });
    expect(rangeOf([3, 0, -1, 2], true)).toEqual({ low: 2, high: 3 });
    expect(rangeOf([], false)).toEqual({ low: 0, high: 1 });
    expect(rangeOf([0], true)).toEqual({ low: 1, high: 10 });
    expect(rangeOf([4, 4], false)).toEqual({ low: 2, high: 6 });
    expect(rangeOf([0], false)).toEqual({ low: -0.5, high: 0.5 });
    expect(rangeOf([4], true)).toEqual({ low: 2, high: 8 });
  });

  it('leave out magnitudes beyond 1e60', () => {
    expect([1e59, 1e60, -1e61].map((value) => plottable(value, false))).toEqual([true, false, false]);
    expect([1e-59, 1e-60].map((value) => plottable(value, true))).toEqual([true, false]);
  });

  it('are widened by a twentieth on both sides of a logarithmic axis', () => {
    const { low, high } = widened({ low: 1, high: 1e20 }, true, 4);
    expect(low).toBeCloseTo(0.1, 12);
    expect(high / 1e21).toBeCloseTo(1, 12);
  });
});
