import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { boxFilter } from '../../../src/engine/math/boxFilter.ts';

describe('boxFilter', () => {
  it('is the mean of the square as far as it lies inside the map', () => {
    // By hand: corner (1 + 2 + 4 + 5) / 4 = 3, edge (1 + 2 + 3 + 4 + 5 + 6) / 6 = 3.5, centre 45 / 9 = 5.
    const smooth = boxFilter([1, 2, 3, 4, 5, 6, 7, 8, 9], 3, 3, 3);
    expect([...smooth]).toEqual([3, 3.5, 4, 4.5, 5, 5.5, 6, 6.5, 7]);
  });

  it('agrees with the mean taken pixel by pixel, keeps constants and the size 1', () => {
    const maps = fc
      .record({
        width: fc.integer({ min: 1, max: 6 }),
        height: fc.integer({ min: 1, max: 6 }),
        reach: fc.nat(4),
      })
      .chain(({ width, height, reach }) =>
        fc.record({
          width: fc.constant(width),
          height: fc.constant(height),
          reach: fc.constant(reach),
          map: fc.array(fc.integer({ min: -9, max: 9 }), {
            minLength: width * height,
            maxLength: width * height,
          }),
        }),
      );
    fc.assert(
      fc.property(maps, ({ width, height, reach, map }) => {
        const smooth = boxFilter(map, width, height, 2 * reach + 1);
        for (let y = 0; y < height; y++) {
          for (let x = 0; x < width; x++) {
            const near = map.filter(
              (_, i) => Math.abs((i % width) - x) <= reach && Math.abs(Math.floor(i / width) - y) <= reach,
            );
            expect(smooth[y * width + x]).toBeCloseTo(
              near.reduce((sum, value) => sum + value, 0) / near.length,
              12,
            );
          }
        }
      }),
      { seed: 3 },
    );
  });

  it('refuses even sizes and maps of another shape', () => {
    for (const size of [2, 0, -1, 2.5])
      expect(() => boxFilter([1, 2], 2, 1, size)).toThrow(
        `boxFilter: the size must be an odd whole number, not ${size}`,
      );
    expect(() => boxFilter([1, 2], 3, 1, 3)).toThrow('boxFilter: 2 values are not a map of 3 × 1');
  });
});
