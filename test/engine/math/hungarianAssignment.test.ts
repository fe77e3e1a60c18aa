import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { hungarianAssignment } from '../../../src/engine/math/hungarianAssignment.ts';

/** The least total over every way to give each row a column of its own (rows ≤ columns): brute force. */
function leastTotal(cost: readonly (readonly number[])[], row = 0, used = 0): number {
  if (row === cost.length) return 0;
  return Math.min(
    ...cost[row]!.map((value, column) =>
      (used >> column) % 2 === 1 ? Infinity : value + leastTotal(cost, row + 1, used | (1 << column)),
    ),
  );
}

const matrices = fc
  .record({ rows: fc.integer({ min: 1, max: 5 }), columns: fc.integer({ min: 1, max: 6 }) })
  .chain(({ rows, columns }) =>
    fc.array(fc.array(fc.integer({ min: -20, max: 20 }), { minLength: columns, maxLength: columns }), {
      minLength: rows,
      maxLength: rows,
    }),
  );

describe('hungarianAssignment', () => {
  it('is as cheap as the cheapest of all permutations, wide, square or tall', () => {
    fc.assert(
      fc.property(matrices, (cost) => {
        const { columns, total } = hungarianAssignment(cost);
        const width = cost[0]!.length;
        const wide =
          cost.length <= width ? cost : cost[0]!.map((_, column) => cost.map((row) => row[column]!));
        expect(total).toBe(leastTotal(wide));
        const chosen = [...columns].filter((column) => column >= 0);
        expect(chosen.length).toBe(Math.min(cost.length, width));
        expect(new Set(chosen).size).toBe(chosen.length);
        expect(
          [...columns].reduce((sum, column, row) => sum + (column < 0 ? 0 : cost[row]![column]!), 0),
        ).toBe(total);
      }),
      { numRuns: 500, seed: 5 },
    );
  });

  it('solves a case known by hand', () => {
    // The six permutations cost 6, 11, 5, 8, 9 and 6.
    expect(
      hungarianAssignment([
        [4, 1, 3],
        [2, 0, 5],
        [3, 2, 2],
      ]),
    ).toEqual({ columns: Int32Array.of(1, 0, 2), total: 5 });
    expect(hungarianAssignment([])).toEqual({ columns: new Int32Array(0), total: 0 });
  });

  it('refuses ragged rows and costs that are not finite', () => {
    expect(() => hungarianAssignment([[1, 2], [3]])).toThrow(RangeError);
    expect(() => hungarianAssignment([[1, Number.NaN]])).toThrow(RangeError);
  });

  it('says which of the two it refuses', () => {
    expect(() => hungarianAssignment([[1, 2], [3]])).toThrow('hungarianAssignment: rows of unequal length');
    for (const cost of [Infinity, -Infinity, Number.NaN])
      expect(() =>
        hungarianAssignment([
          [1, 2],
          [3, cost],
        ]),
      ).toThrow('hungarianAssignment: a cost is not finite');
  });
});
