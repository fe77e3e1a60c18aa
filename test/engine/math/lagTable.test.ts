import { describe, expect, it } from 'vitest';
import {
  lagCount,
  lagTable,
  lagsPerAxis,
  reach,
  tapCount,
  tapsPerAxis,
  zeroLag,
} from '../../../src/engine/math/lagTable.ts';
import { createRandom } from '../../../src/engine/math/random.ts';

function noise(count: number, seed: number): number[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => random.normal());
}

/** |x̂(v, u)|² of a square picture by the sum that defines it, the angles in whole numbers of turns. */
function power(picture: readonly number[], size: number): number[] {
  return Array.from({ length: size * size }, (_, place) => {
    const [v, u] = [Math.floor(place / size), place % size];
    let [re, im] = [0, 0];
    picture.forEach((value, pixel) => {
      const turns = (v * Math.floor(pixel / size) + u * (pixel % size)) % size;
      re += value * Math.cos((2 * Math.PI * turns) / size);
      im -= value * Math.sin((2 * Math.PI * turns) / size);
    });
    return re * re + im * im;
  });
}

/** The kernel's taps on a grid of its own; beyond the border they come in again on the other side. */
function onGrid(kernel: readonly number[], size: number): number[] {
  const grid = Array.from({ length: size * size }, () => 0);
  kernel.forEach((tap, at) => {
    grid[(Math.floor(at / tapsPerAxis) % size) * size + ((at % tapsPerAxis) % size)]! += tap;
  });
  return grid;
}

/** r(l), lag by lag, from the map's own plane of lags r(y, x) = (1/M) Σ_{u ≠ 0} S(u) cos(2π u·l/N). */
function ratesOf(power: readonly number[], size: number, table: ReturnType<typeof lagTable>): number[] {
  return [...table.place].map((place) => {
    if (place < 0) return 0;
    const [y, x] = [Math.floor(place / size), place % size];
    let sum = 0;
    power.forEach((value, at) => {
      const turns = (Math.floor(at / size) * y + (at % size) * x) % size;
      if (at > 0) sum += value * Math.cos((2 * Math.PI * turns) / size);
    });
    return sum / table.kept;
  });
}

/** c(l) = Σ_m k(m) k(m + l), lag by lag: 9 × 9 of them, row by row. */
function correlation(kernel: readonly number[]): number[] {
  const sums = Array.from({ length: 81 }, () => 0);
  kernel.forEach((left, a) => {
    kernel.forEach((right, b) => {
      const y = Math.floor(b / 5) - Math.floor(a / 5);
      sums[(y + 4) * 9 + (b % 5) - (a % 5) + 4]! += left * right;
    });
  });
  return sums;
}

const product = (a: readonly number[], b: ArrayLike<number>): number =>
  a.reduce((sum, value, i) => sum + value * b[i]!, 0);
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe('the table of lags between taps', () => {
  it('has a place for each difference from (−4, −4) to (4, 4)', () => {
    expect([tapsPerAxis, reach, lagsPerAxis, lagCount, tapCount, zeroLag]).toEqual([5, 4, 9, 81, 25, 40]);
  });

  it.each([7, 8, 4, 3])(
    'makes the means over frequencies of a convolution, side %i (from the definition)',
    (size) => {
      const kernel = noise(tapCount, 1);
      const map = power(noise(size * size, 2), size);
      const kernelPower = power(onGrid(kernel, size), size);
      for (const [direction, grid] of [
        ['down', 'filtered'],
        ['down', 'native'],
        ['same', 'filtered'],
        ['up', 'native'],
      ] as const) {
        const table = lagTable(direction, size, grid);
        expect([table.size, table.kept]).toEqual([size, size * size - 1]);
        const expected = [
          mean(map.map((value, i) => value * kernelPower[i]!).slice(1)),
          mean(kernelPower.slice(1)),
        ];
        expect(product(correlation(kernel), ratesOf(map, size, table)) / expected[0]!).toBeCloseTo(1, 10);
        expect(product(correlation(kernel), table.flat) / expected[1]!).toBeCloseTo(1, 10);
      }
    },
  );

  it.each([7, 4])(
    'makes those of a transposed convolution on the widened map, side %i (from the definition)',
    (size) => {
      const kernel = noise(tapCount, 3);
      const picture = noise(size * size, 4);
      const wide = 2 * size;
      // Zeros between the pixels, and the four frequencies at which the widened map repeats its constant left out.
      const widened = Array.from({ length: wide * wide }, (_, at) => {
        const [y, x] = [Math.floor(at / wide), at % wide];
        return y % 2 === 0 && x % 2 === 0 ? picture[(y / 2) * size + x / 2]! : 0;
      });
      const isKept = (_: number, at: number): boolean =>
        Math.floor(at / wide) % size !== 0 || (at % wide) % size !== 0;
      const kernelPower = power(onGrid(kernel, wide), wide);
      const both = power(widened, wide).map((value, i) => value * kernelPower[i]!);
      const table = lagTable('up', size, 'filtered');
      const rates = ratesOf(power(picture, size), size, table);
      expect(product(correlation(kernel), rates) / mean(both.filter(isKept))).toBeCloseTo(1, 10);
      expect(product(correlation(kernel), table.flat) / mean(kernelPower.filter(isKept))).toBeCloseTo(1, 10);
    },
  );
});
