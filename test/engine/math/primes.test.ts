import { describe, expect, it } from 'vitest';
import {
  discreteLogarithms,
  isPrime,
  modularInverse,
  modularPower,
  primitiveRoot,
  smallestDivisor,
} from '../../../src/engine/math/primes.ts';

describe('number theory', () => {
  it('knows the primes, and what divides the others', () => {
    const numbers = Array.from({ length: 51 }, (_, i) => i - 1);
    // The sieve of Eratosthenes, by hand.
    expect(numbers.filter(isPrime)).toEqual([2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47]);
    expect([2.5, 2 ** 53 + 2, 9409].map(isPrime)).toEqual([false, false, false]); // 9409 = 97²
    expect([7, 9, 15, 35, 49, 91, 97].map(smallestDivisor)).toEqual([7, 3, 3, 5, 7, 7, 97]);
  });

  it('inverts and raises modulo a prime', () => {
    for (const prime of [2, 7, 61, 100_003]) {
      for (const g of [1, 3, -3, prime - 1, prime + 1]) {
        const product = g * modularInverse(g, prime);
        expect(((product % prime) + prime) % prime).toBe(1);
      }
    }
    // By hand: 3⁴ = 81 = 61 + 20; 65² = 4² = 16 modulo 61; whatever is raised to 0 is 1, modulo 1 it is 0.
    expect([modularPower(3, 4, 61), modularPower(65, 2, 61), modularPower(5, 0, 61)]).toEqual([20, 16, 1]);
    expect(modularPower(5, 0, 1)).toBe(0);
    expect(() => modularInverse(14, 7)).toThrow('14 has no inverse modulo 7');
  });

  it('finds the smallest generators', () => {
    // Sequence A001918 of the On-Line Encyclopedia of Integer Sequences.
    expect([2, 3, 5, 7, 11, 13, 17, 19, 23, 41, 61, 71].map(primitiveRoot)).toEqual([
      1, 2, 2, 3, 2, 2, 3, 2, 5, 6, 2, 7,
    ]);
    for (const composite of [1, 4, 6, 61 * 61])
      expect(() => primitiveRoot(composite)).toThrow(`${composite} has no generator: it must be prime`);
  });

  it('takes logarithms to the smallest generator', () => {
    // By hand: the powers of 3 modulo 7 are 1, 3, 2, 6, 4, 5.
    expect([...discreteLogarithms(7)]).toEqual([0, 0, 2, 1, 4, 5, 3]);
    const logarithms = discreteLogarithms(61);
    for (let u = 1; u < 61; u++) expect(modularPower(2, logarithms[u]!, 61)).toBe(u);
  });
});
