import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { largestDifference, squaredModulus } from '../../../src/engine/math/complexArray.ts';
import { dft, dft2d, powerSpectrum, powerSpectrum2d } from '../../../src/engine/math/dft.ts';
import { haarAverage } from '../../../src/engine/math/haar.ts';
import { isPrime, modularInverse } from '../../../src/engine/math/primes.ts';
import { createRandom } from '../../../src/engine/math/random.ts';
import { mean } from '../../../src/engine/math/statistics.ts';
import {
  stretch,
  stretch2d,
  stretchSpectrum,
  stretchSpectrum2d,
  stretchingGroup,
} from '../../../src/engine/math/stretchingGroup.ts';
import oracle from '../../oracles/theory.json' with { type: 'json' };
import { paper } from '../../paper/requirements.ts';
import { stretchSymmetricAxis, stretchingGroup2d } from './stretches.ts';

const primes = [5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61];

function noise(length: number, seed: number): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length }, () => random.normal());
}

const kept = (power: Float64Array): Float64Array => power.subarray(1);
const meanProduct = (a: Float64Array, b: Float64Array): number => mean(a.map((value, i) => value * b[i]!));

describe(`stretching ${paper('stretching-group')}`, () => {
  it('acts on spectra by the inverse, for every prime and element (closed form)', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...primes),
        fc.integer({ min: 1, max: 10_000 }),
        fc.nat(),
        (d, any, seed) => {
          const g = 1 + (any % (d - 1));
          const k = noise(d, seed);
          expect(largestDifference(dft(stretch(k, g)), stretchSpectrum(dft(k), g))).toBeLessThan(1e-12);
        },
      ),
      { seed: 1, numRuns: 60 },
    );
  });

  it('is a group: associative action, identity, inverses', () => {
    fc.assert(
      fc.property(fc.constantFrom(...primes), fc.nat(), fc.nat(), fc.nat(), (d, x, y, seed) => {
        const g = 1 + (x % (d - 1));
        const h = 1 + (y % (d - 1));
        const k = noise(d, seed);
        expect(stretch(stretch(k, g), h)).toEqual(stretch(k, (g * h) % d));
        expect(stretch(stretch(k, g), modularInverse(g, d))).toEqual(k);
        expect(stretch(k, 1)).toEqual(k);
      }),
      { seed: 2, numRuns: 60 },
    );
  });

  it('moves what stood at D to D/g: 2⁻¹ doubles a distance', () => {
    const k = new Float64Array(61);
    k[13] = 1;
    expect(stretch(k, modularInverse(2, 61)).indexOf(1)).toBe(26);
  });

  it('has a Haar average of the power that is the product of averages, for random primes (derived: S moves any u to any other)', () => {
    fc.assert(
      fc.property(fc.constantFrom(...primes), fc.nat(), (d, seed) => {
        const k1 = noise(d, seed);
        const second = kept(powerSpectrum(noise(d, seed + 1)));
        const average = haarAverage(stretchingGroup(d), (g) =>
          meanProduct(kept(powerSpectrum(stretch(k1, g))), second),
        );
        expect(average / (mean(kept(powerSpectrum(k1))) * mean(second))).toBeCloseTo(1, 12);
      }),
      { seed: 3, numRuns: 30 },
    );
  });

  // Oracle: test/oracles/theory.py, with the kernels it used.
  it.each(oracle.symmetric)(
    'read as an axis of 2d − 1 pixels, d = $d, has neither property in space',
    (expected) => {
      const d = expected.d;
      const k1 = Float64Array.from(expected.k1);
      const second = powerAlong(Float64Array.from(expected.k2));
      const positive = (power: Float64Array): Float64Array => power.subarray(d);
      const product = mean(positive(powerAlong(k1))) * mean(positive(second));
      const spatial = haarAverage(stretchingGroup(d), (g) =>
        meanProduct(positive(powerAlong(stretchSymmetricAxis(k1, g))), positive(second)),
      );
      const fourier = haarAverage(stretchingGroup(d), (g) =>
        meanProduct(positive(stretchSymmetricAxis(powerAlong(k1), g)), positive(second)),
      );
      expect(spatial / product).toBeCloseTo(expected.spatial, 10);
      expect(Math.abs(spatial / product - 1)).toBeGreaterThan(0.1);
      expect(fourier / product).toBeCloseTo(1, 13);
    },
  );

  /** |k̂|² at the frequencies −(d − 1) … d − 1, in that order; where the axis begins does not change it. */
  function powerAlong(k: Float64Array): Float64Array {
    const power = powerSpectrum(k);
    const d = (k.length + 1) / 2;
    return power.map((_, i) => power[(i - (d - 1) + k.length) % k.length]!);
  }
});

describe(`stretching pictures ${paper('stretching-group')}`, () => {
  it.each(['horizontal', 'vertical', 'product'] as const)(
    'acts on spectra by the inverse, axes: %s',
    (axes) => {
      const k = noise(7 * 11, 4);
      for (const g of stretchingGroup2d(7, 11, axes)) {
        const moved = dft2d(stretch2d(k, 7, 11, g), 7, 11);
        expect(largestDifference(moved, stretchSpectrum2d(dft2d(k, 7, 11), 7, 11, g))).toBeLessThan(1e-12);
      }
    },
  );

  it('has as many elements as the axes allow', () => {
    const count = (axes: Parameters<typeof stretchingGroup2d>[2]): number =>
      stretchingGroup2d(7, 7, axes).length;
    expect([count('horizontal'), count('vertical'), count('both'), count('product')]).toEqual([6, 6, 6, 36]);
    expect(() => stretchingGroup2d(7, 11, 'both')).toThrow('needs a square picture, and this one is 7 × 11');
  });

  // Oracle: test/oracles/theory.py, with the kernels it used.
  it.each(oracle.planar)(
    '$height × $width: the product formula holds for the product group over u ≠ 0 and v ≠ 0 only',
    (expected) => {
      const { height, width } = expected;
      const k1 = Float64Array.from(expected.k1);
      const second = powerSpectrum2d(Float64Array.from(expected.k2), height, width);
      const first = powerSpectrum2d(k1, height, width);
      const core = (_: number, index: number): boolean => index >= width && index % width !== 0;
      const rest = (_: number, index: number): boolean => index > 0;
      const average = (
        axes: 'product' | 'horizontal',
        keep: (value: number, index: number) => boolean,
      ): number => {
        const other = second.filter(keep);
        const haar = haarAverage(stretchingGroup2d(height, width, axes), (g) =>
          meanProduct(powerSpectrum2d(stretch2d(k1, height, width, g), height, width).filter(keep), other),
        );
        return haar / (mean(first.filter(keep)) * mean(other));
      };
      expect(average('product', core)).toBeCloseTo(1, 12);
      expect(average('product', rest)).toBeCloseTo(expected.productAll, 10);
      expect(average('horizontal', rest)).toBeCloseTo(expected.horizontalAll, 10);

      // Horizontal stretches alone: the mean over rows of the product of the rows' averages (derived).
      const row = (power: Float64Array, y: number): Float64Array =>
        power.slice(y * width + 1, (y + 1) * width);
      const rows = Array.from({ length: height }, (_, y) => mean(row(first, y)) * mean(row(second, y)));
      const haar = haarAverage(stretchingGroup2d(height, width, 'horizontal'), (g) => {
        const moved = squaredModulus(stretchSpectrum2d(dft2d(k1, height, width), height, width, g));
        return mean(Array.from({ length: height }, (_, y) => meanProduct(row(moved, y), row(second, y))));
      });
      expect(haar / mean(rows)).toBeCloseTo(1, 12);
    },
  );
});

it('names the rule a wrong element or size breaks', () => {
  expect(() => stretchingGroup(15)).toThrow('needs a prime length, and 15 is divisible by 3');
  expect(() => stretch(new Float64Array(7), 14)).toThrow(
    '14 is not an element of the stretching group modulo 7',
  );
  expect(() => stretch(new Float64Array(7), 1.5)).toThrow('1.5 is not an element');
  expect(isPrime(61) && !isPrime(1) && !isPrime(91)).toBe(true);
});
