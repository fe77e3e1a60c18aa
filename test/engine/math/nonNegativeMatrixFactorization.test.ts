import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { hungarianAssignment } from '../../../src/engine/math/hungarianAssignment.ts';
import { nonNegativeMatrixFactorization } from '../../../src/engine/math/nonNegativeMatrixFactorization.ts';
import { createRandom } from '../../../src/engine/math/random.ts';

/** 24 maps of 16 × 16, each lighting one of three disjoint regions, most of its pixels. */
function plantedMaps(): { maps: Float64Array; labels: number[]; regions: number[] } {
  const random = createRandom(7);
  const regions = Array.from({ length: 256 }, (_, i) => (i % 16 < 8 ? 0 : i < 128 ? 1 : 2));
  const labels = Array.from({ length: 24 }, (_, channel) => channel % 3);
  const maps = Float64Array.from({ length: 24 * 256 }, (_, n) => {
    const inside = regions[n % 256] === labels[Math.floor(n / 256)];
    return random.uniform() < (inside ? 0.9 : 0.02) ? 1 : 0;
  });
  return { maps, labels, regions };
}

describe('nonNegativeMatrixFactorization', () => {
  it('finds planted disjoint regions: labels of rows and shapes of parts', () => {
    const { maps, labels, regions } = plantedMaps();
    const { w, h } = nonNegativeMatrixFactorization(maps, 24, 256, 3, { seed: 1 });
    const found = labels.map((_, row) => largest(w.subarray(row * 3, row * 3 + 3)));
    const agreeing = [0, 1, 2].map((part) =>
      [0, 1, 2].map((label) => -found.filter((f, row) => f === part && labels[row] === label).length),
    );
    const names = hungarianAssignment(agreeing).columns;
    expect(found.map((part) => names[part])).toEqual(labels);
    const owners = regions.map((_, pixel) =>
      largest(Float64Array.of(h[pixel]!, h[256 + pixel]!, h[512 + pixel]!)),
    );
    expect(owners.map((part) => names[part])).toEqual(regions);
  });

  it('reproduces a matrix that is a product of that rank', () => {
    // Closed form: V = w₁h₁ᵀ + w₂h₂ᵀ with parts that do not overlap; the norms of h are 5 and 13.
    const v = Float64Array.of(3, 4, 0, 0, 6, 8, 0, 0, 0, 0, 5, 12, 0, 0, 15, 36);
    const { w, h, error } = nonNegativeMatrixFactorization(v, 4, 4, 2, { seed: 3 });
    expect(error).toBeLessThan(1e-9);
    const first = w[0]! > w[1]! ? 0 : 1;
    const column = (k: number): number[] => [0, 1, 2, 3].map((i) => w[i * 2 + k]!);
    [...column(first), ...column(1 - first)].forEach((value, i) => {
      expect(value).toBeCloseTo([5, 10, 0, 0, 0, 0, 13, 39][i]!, 8);
    });
    [...h.subarray(first * 4, first * 4 + 4)].forEach((value, i) => {
      expect(value).toBeCloseTo([0.6, 0.8, 0, 0][i]!, 8);
    });
  });

  it('never raises the error, states it truly and keeps h normalised, for any matrix', () => {
    const matrices = fc
      .record({ rows: fc.integer({ min: 1, max: 6 }), columns: fc.integer({ min: 1, max: 7 }) })
      .chain(({ rows, columns }) =>
        fc.record({
          rows: fc.constant(rows),
          columns: fc.constant(columns),
          rank: fc.integer({ min: 1, max: 4 }),
          seed: fc.nat(),
          values: fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 10, noNaN: true })), {
            minLength: rows * columns,
            maxLength: rows * columns,
          }),
        }),
      );
    fc.assert(
      fc.property(matrices, ({ rows, columns, rank, seed, values }) => {
        const v = Float64Array.from(values);
        let before = Infinity;
        for (const iterations of [0, 1, 2, 3, 5, 10]) {
          const { w, h, error } = nonNegativeMatrixFactorization(v, rows, columns, rank, {
            seed,
            starts: 1,
            iterations,
          });
          expect([...w, ...h].every((value) => value >= 0 && Number.isFinite(value))).toBe(true);
          expect(error).toBeLessThanOrEqual(before + 1e-9 * (1 + Math.hypot(...v)));
          expect(error).toBeCloseTo(residual(v, columns, w, h, rank), 6);
          for (let k = 0; k < rank; k++) {
            const norm = Math.hypot(...h.subarray(k * columns, (k + 1) * columns));
            expect(norm === 0 || Math.abs(norm - 1) < 1e-9).toBe(true);
          }
          before = error;
        }
      }),
      { numRuns: 100, seed: 11 },
    );
  });

  it('gives the same bytes for the same seed, and no worse an error for more starts', () => {
    const { maps } = plantedMaps();
    const once = nonNegativeMatrixFactorization(maps, 24, 256, 5, { seed: 2, starts: 1, iterations: 40 });
    expect(nonNegativeMatrixFactorization(maps, 24, 256, 5, { seed: 2, starts: 1, iterations: 40 })).toEqual(
      once,
    );
    const more = nonNegativeMatrixFactorization(maps, 24, 256, 5, { seed: 2, starts: 4, iterations: 40 });
    expect(more.error).toBeLessThanOrEqual(once.error);
  });

  it('refuses what is not a matrix without entries below zero', () => {
    expect(() => nonNegativeMatrixFactorization(Float64Array.of(1, -1), 1, 2, 1, { seed: 1 })).toThrow(
      RangeError,
    );
    expect(() =>
      nonNegativeMatrixFactorization(Float64Array.of(1, Number.NaN), 1, 2, 1, { seed: 1 }),
    ).toThrow(RangeError);
    expect(() => nonNegativeMatrixFactorization(Float64Array.of(1, 1), 1, 3, 1, { seed: 1 })).toThrow(
      'not 1 × 3',
    );
    const of = (...values: number[]): Float64Array => Float64Array.from(values);
    const words = 'must be a whole number of at least 1, not';
    for (const rank of [0, 1.5])
      expect(() => nonNegativeMatrixFactorization(of(1, 1), 1, 2, rank, { seed: 1 })).toThrow(
        `rank ${words} ${rank}`,
      );
    expect(() => nonNegativeMatrixFactorization(of(1, 1), 1, 2, 1, { seed: 1, starts: 0 })).toThrow(
      `starts ${words} 0`,
    );
    expect(() => nonNegativeMatrixFactorization(of(), 0, 3, 1, { seed: 1 })).toThrow(
      '0 values are not 0 × 3',
    );
    for (const value of [-1, Infinity])
      expect(() => nonNegativeMatrixFactorization(of(1, value), 1, 2, 1, { seed: 1 })).toThrow(
        'the matrix must be finite and not negative',
      );
  });
});

function largest(values: Float64Array): number {
  return values.indexOf(Math.max(...values));
}

function residual(v: Float64Array, columns: number, w: Float64Array, h: Float64Array, rank: number): number {
  const rest = v.map((value, n) => {
    let sum = value;
    for (let k = 0; k < rank; k++)
      sum -= w[Math.floor(n / columns) * rank + k]! * h[k * columns + (n % columns)]!;
    return sum;
  });
  return Math.hypot(...rest);
}
