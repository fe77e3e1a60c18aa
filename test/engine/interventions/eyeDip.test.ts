import { describe, expect, it } from 'vitest';
import { findDip } from '../../../src/engine/interventions/eyeDip.ts';

const search = { window: 2, reach: 4, leastDepth: 0.2 };

/** A row of ones with some values put in from a place on. */
function row(from: number, values: readonly number[], length = 21): number[] {
  return Array.from({ length }, (_, x) => values[x - from] ?? 1);
}

// All numbers by hand: rows are straight between pixels.
describe('the dip of an eye', () => {
  it('is as wide as it is at half its depth, and lies in the middle of that', () => {
    // Down from 1 at 8 to 0 at 10 and up to 1 at 14; the parabola through 0.5, 0, 0.25 has its bottom at
    // 0 − 0.25² / (8 · 0.75), so the half depth is (1 + bottom) / 2.
    const bottom = -(0.25 ** 2) / 6;
    const level = (1 + bottom) / 2;
    const dip = findDip(row(8, [1, 0.5, 0, 0.25, 0.5, 0.75]), 10.5, search);
    const [left, right] = [10 - level / 0.5, 10 + level / 0.25];
    expect(dip).toEqual({
      centre: expect.closeTo((left + right) / 2, 12) as number,
      width: expect.closeTo(right - left, 12) as number,
      depth: expect.closeTo(1 - bottom, 12) as number,
    });
  });

  it('is deep from the lower of its shoulders, whichever side that is', () => {
    const depth = (values: readonly number[]): number => {
      const dip = findDip(row(6, values), 10, search);
      return typeof dip === 'string' ? NaN : dip.depth;
    };
    expect(depth([1, 1, 0.8, 0.5, 0, 0.5, 0.6, 0.6, 0.6])).toBeCloseTo(0.6, 12);
    expect(depth([0.6, 0.6, 0.6, 0.5, 0, 0.5, 0.8, 1, 1])).toBeCloseTo(0.6, 12);
  });

  it('has shoulders that end where the row falls again by 15 % of their height, or at the reach', () => {
    const depth = (right: readonly number[]): number => {
      const dip = findDip(
        row(10, [0, ...right], 21).map((value, x) => (x === 9 ? right[0]! : value)),
        10,
        {
          ...search,
          reach: 4,
        },
      );
      return typeof dip === 'string' ? NaN : dip.depth;
    };
    // The left shoulder is 1; the right one rises, falls by 14 % or 16 % of its 0.5, and rises further.
    expect(depth([0.5, 0.43, 0.7, 0.7])).toBeCloseTo(0.7, 12);
    expect(depth([0.5, 0.42, 0.7, 0.7])).toBeCloseTo(0.5, 12);
    // 0.9 stands five pixels away.
    expect(depth([0.5, 0.5, 0.5, 0.5, 0.9])).toBeCloseTo(0.5, 12);
    expect(depth([0.5, 0.5, 0.5, 0.6, 0.9])).toBeCloseTo(0.6, 12);
  });

  it('has shoulders no farther than the row goes', () => {
    // Minima at 2 and at 18 of 21 pixels; beyond the row there is nothing.
    for (const at of [3, 17]) {
      expect(findDip(row(at - 1, [0.5, 0, 0.5]), at, { ...search, reach: 9 })).toEqual({
        centre: at,
        width: 2,
        depth: 1,
      });
    }
  });

  it('is looked for in the window alone, which must leave a pixel at both ends', () => {
    const dark = row(9, [0.5, 0, 0.5]);
    expect(findDip(dark, 12, search)).toMatchObject({ centre: 10 });
    expect(findDip(dark, 8, search)).toMatchObject({ centre: 10 });
    expect(findDip(dark, 12.1, search)).toBe('no dip');
    expect(findDip(dark, 7.9, search)).toBe('no dip');
    const [first, last] = [row(1, [0, 0.5]), row(18, [0.5, 0])];
    expect(findDip(first, 3, search)).toMatchObject({ depth: expect.closeTo(1, 1) as number });
    expect(findDip(first, 2.1, search)).toMatchObject({ depth: expect.closeTo(1, 1) as number });
    expect(findDip(first, 2, search)).toBe('outside the picture');
    expect(findDip(last, 17, search)).toMatchObject({ depth: expect.closeTo(1, 1) as number });
    expect(findDip(last, 17.9, search)).toMatchObject({ depth: expect.closeTo(1, 1) as number });
    expect(findDip(last, 18, search)).toBe('outside the picture');
  });

  it('is no dip where it is not deep enough, or one side never rises', () => {
    const least = { ...search, leastDepth: 0.25 };
    expect(findDip(row(9, [0.875, 0.75, 0.875]), 10, least)).toMatchObject({ depth: 0.25 });
    expect(findDip(row(9, [0.875, 0.765625, 0.875]), 10, least)).toBe('too shallow');
    // A step: the parabola's bottom lies 1/8 below the lower side, whose own pixels never fall below the half depth.
    const [up, down] = [row(0, Array<number>(11).fill(0)), row(10, Array<number>(11).fill(0))];
    expect(findDip(up, 9, { ...search, leastDepth: 0.1 })).toBe('too shallow');
    expect(findDip(up, 10.5, { window: 0.5, reach: 4, leastDepth: 0.1 })).toBe('no shoulder');
    expect(findDip(down, 9.5, { window: 0.5, reach: 4, leastDepth: 0.1 })).toBe('no shoulder');
  });

  it('may have a flat bottom', () => {
    // The window sees the middle of five dark pixels; half the depth is met half-way to the ones at both ends.
    const flat = findDip(row(8, [0, 0, 0, 0, 0]), 10, { ...search, window: 1 });
    expect(flat).toEqual({ centre: 10, width: 5, depth: 1 });
  });
});
