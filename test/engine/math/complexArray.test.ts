import { describe, expect, it } from 'vitest';
import type { ComplexArray } from '../../../src/engine/math/complexArray.ts';
import {
  complexDivide,
  complexFromPolar,
  complexFromReal,
  complexMultiply,
  complexZeros,
  largestDifference,
  modulus,
  squaredModulus,
} from '../../../src/engine/math/complexArray.ts';

const complex = (...entries: [number, number][]): ComplexArray => ({
  re: Float64Array.from(entries, ([re]) => re),
  im: Float64Array.from(entries, ([, im]) => im),
});

describe('complex arrays', () => {
  // By hand: (1 + 2i)(3 − 4i) = 11 + 2i, (0 + i)(0 + i) = −1; the quotients are the factors again.
  const a = complex([1, 2], [0, 1]);
  const b = complex([3, -4], [0, 1]);
  const product = complex([11, 2], [-1, 0]);

  it('multiply and divide entry by entry', () => {
    expect(complexMultiply(a, b)).toEqual(product);
    expect(largestDifference(complexDivide(product, b), a)).toBeLessThan(1e-15);
    expect(largestDifference(complexDivide(product, a), b)).toBeLessThan(1e-15);
  });

  it('have a modulus and a phase', () => {
    // By hand: |3 − 4i| = 5; 2 e^{iπ/2} = 2i and 5 e^{iπ} = −5.
    expect([...modulus(b)]).toEqual([5, 1]);
    expect([...squaredModulus(b)]).toEqual([25, 1]);
    const polar = complexFromPolar([2, 5], [Math.PI / 2, Math.PI]);
    expect(largestDifference(polar, complex([0, 2], [-5, 0]))).toBeLessThan(1e-15);
  });

  it('begin as zeros or as real numbers', () => {
    expect(complexZeros(2)).toEqual(complex([0, 0], [0, 0]));
    expect(complexFromReal([4, -1])).toEqual(complex([4, 0], [-1, 0]));
  });

  it('differ by the farthest pair of entries', () => {
    // By hand: the entries differ by 3 + 4i and by 1.
    expect(largestDifference(complex([0, 0], [1, 0]), complex([3, -4], [0, 0]))).toBe(5);
    expect(largestDifference(complex([1, 0], [0, 0]), complex([0, 0], [-3, 4]))).toBe(5);
  });

  it('refuse another length, and division by zero', () => {
    const words = 'two complex arrays of 1 and 2 entries: they must have one length';
    for (const join of [complexMultiply, complexDivide, largestDifference]) {
      expect(() => join(complexFromReal([1]), complexFromReal([1, 2]))).toThrow(words);
    }
    expect(() => complexDivide(complexFromReal([1, 1]), complexFromReal([2, 0]))).toThrow(
      'division by zero at entry 1',
    );
    expect(complexDivide(complexFromReal([2]), complex([0, 2]))).toEqual(complex([0, -1]));
  });
});
