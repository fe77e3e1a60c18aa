import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StudioError } from '../../../src/contract/errors.ts';
import type { ColourMap } from '../../../src/contract/recipe.ts';
import {
  colourMatrix,
  composeMatrices,
  determinant,
  identityMatrix,
} from '../../../src/engine/interventions/colourMatrix.ts';
import type { ColourMatrix } from '../../../src/engine/interventions/colourMatrix.ts';
import { inverseMatrix } from './inverseMatrix.ts';

const part = fc.double({ min: 0, max: 1, noNaN: true });
const target: fc.Arbitrary<ColourMap> = fc.record({
  kind: fc.constant('target' as const),
  colour: fc.tuple(part, part, part),
  strength: fc.double({ min: 0.01, max: 10, noNaN: true }),
});

function times(matrix: ColourMatrix, colour: readonly number[]): number[] {
  return matrix.map((row) => row.reduce((sum, entry, i) => sum + entry * colour[i]!, 0));
}

function worstDifference(a: ColourMatrix, b: ColourMatrix): number {
  return Math.max(...a.flatMap((row, i) => row.map((entry, j) => Math.abs(entry - b[i]![j]!))));
}

describe('colourMatrix', () => {
  it('sends what darkens to the target colour and keeps a twentieth of it', () => {
    // Closed form: g (−1, −1, −1) = 1.5 t ∓ 0.05 (1, 1, 1), with t = (1, −1, 1) for magenta, whose mean is above 0.
    const matrix = colourMatrix({ kind: 'target', colour: [1, 0, 1], strength: 1.5 });
    const painted = times(matrix, [-1, -1, -1]);
    [1.55, -1.45, 1.55].forEach((value, i) => {
      expect(painted[i]).toBeCloseTo(value, 12);
    });
    // What has no luminance is left but for the twentieth.
    times(matrix, [1, -1, 0]).forEach((value, i) => {
      expect(value).toBeCloseTo([-0.05, 0.05, 0][i]!, 12);
    });
  });

  it('can be undone for every target and strength', () => {
    fc.assert(
      fc.property(target, (map) => {
        const matrix = colourMatrix(map);
        // det g = ε² (ε − s · mean t), at least 0.05³ in size.
        expect(Math.abs(determinant(matrix))).toBeGreaterThan(0.05 ** 3 - 1e-9);
        const back = composeMatrices(inverseMatrix(matrix), matrix);
        expect(worstDifference(back, identityMatrix)).toBeLessThan(1e-9);
      }),
    );
  });

  it('takes black, grey and white as targets: t = −1, 0 and 1', () => {
    const of = (level: number): number[] =>
      times(colourMatrix({ kind: 'target', colour: [level, level, level], strength: 2 }), [-1, -1, -1]);
    expect(of(0)[0]).toBeCloseTo(-2.05, 12);
    expect(of(0.5)[0]).toBeCloseTo(-0.05, 12);
    expect(of(1)[0]).toBeCloseTo(2.05, 12);
  });

  it('negates', () => {
    expect(times(colourMatrix({ kind: 'negate' }), [1, 2, 3])).toEqual([-1, -2, -3]);
  });

  it('refuses a matrix that cannot be undone, in a sentence', () => {
    const singular: ColourMap = {
      kind: 'matrix',
      matrix: [
        [1, 2, 3],
        [2, 4, 6],
        [0, 0, 1],
      ],
    };
    expect(() => colourMatrix(singular)).toThrow(StudioError);
    expect(() => colourMatrix(singular)).toThrow(
      'The colour matrix [[1, 2, 3], [2, 4, 6], [0, 0, 1]] cannot be inverted: its determinant is 0, so',
    );
  });
});

describe('composition and inverse', () => {
  const a: ColourMatrix = [
    [1, 2, 0],
    [0, 1, 3],
    [4, 0, 1],
  ];
  const b: ColourMatrix = [
    [0, 1, 0],
    [0, 0, 1],
    [1, 0, 0],
  ];

  it('acts like the first map and then the second', () => {
    expect(times(composeMatrices(b, a), [1, 2, 3])).toEqual(times(b, times(a, [1, 2, 3])));
  });

  it('inverts', () => {
    // By hand: det a = 1 · (1 · 1 − 3 · 0) − 2 · (0 · 1 − 3 · 4) = 25; the adjugate's first row is (1, −2, 6).
    expect(determinant(a)).toBe(25);
    expect(inverseMatrix(a)[0].map((entry) => entry * 25)).toEqual([1, -2, 6]);
    expect(worstDifference(composeMatrices(a, inverseMatrix(a)), identityMatrix)).toBeLessThan(1e-15);
    expect(inverseMatrix(b)).toEqual([
      [0, 0, 1],
      [1, 0, 0],
      [0, 1, 0],
    ]);
  });
});
