import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  autocorrelation,
  relativeLags,
  spectralDensityRatio,
  spectralDensityRatioOfLags,
} from '../../../src/engine/equations/spectralDensityRatio.eq8.ts';
import { powerSpectrum2d } from '../../../src/engine/math/dft.ts';
import { lagCount, lagTable } from '../../../src/engine/math/lagTable.ts';
import { createRandom } from '../../../src/engine/math/random.ts';
import oracle from '../../oracles/theoryTransforms.json' with { type: 'json' };
import { paper } from '../../paper/requirements.ts';
import { constantsOfWidened, placed, powerBySums, ratioBySums, widened } from './definitions.ts';

function noise(length: number, seed: number): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length }, () => random.normal());
}

describe(`spectral density ratio ${paper('eq-8')}`, () => {
  // Oracle: NumPy, test/oracles/theoryTransforms.py.
  it.each(oracle.ratios)(
    'agrees with NumPy on a $height × $width grid',
    ({ height, width, dropped, ratio }) => {
      const at = (m: number, of: number): number =>
        Math.sin(0.37 * m * m + 0.2) + 0.5 * Math.cos(1.7 * m) + (0.1 * m) / of;
      const map = Float64Array.from({ length: height * width }, (_, m) => at(m, height * width));
      const kernel = new Float64Array(height * width);
      for (let t = 0; t < 9; t++) kernel[Math.floor(t / 3) * width + (t % 3)] = at(t + 11, 20);
      const power = powerSpectrum2d(map, height, width);
      expect(spectralDensityRatio(power, powerSpectrum2d(kernel, height, width), dropped)).toBeCloseTo(
        ratio,
        12,
      );
      expect(ratioBySums(power, powerSpectrum2d(kernel, height, width), dropped)).toBeCloseTo(ratio, 12);
    },
  );

  it('keeps its value under scale, translation and flip of the kernel, under a constant on the map, and under exchange', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 31 }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.integer({ min: 0, max: 10 }),
        (seed, scale, shift) => {
          const map = noise(121, seed);
          const taps = noise(25, seed + 1);
          const power = powerSpectrum2d(map, 11, 11);
          const kernel = powerSpectrum2d(placed(taps, 5, 11), 11, 11);
          const ratio = spectralDensityRatio(power, kernel);
          const same = [
            spectralDensityRatio(kernel, power),
            spectralDensityRatio(
              power.map((value) => value * scale),
              kernel.map((value) => value * scale * scale),
            ),
            spectralDensityRatio(power, powerSpectrum2d(placed(taps, 5, 11, shift, 3), 11, 11)),
            spectralDensityRatio(power, powerSpectrum2d(placed(taps.slice().reverse(), 5, 11), 11, 11)),
            spectralDensityRatio(
              powerSpectrum2d(
                map.map((value) => value + scale),
                11,
                11,
              ),
              kernel,
            ),
          ];
          for (const value of same) expect(Math.abs(value / ratio - 1)).toBeLessThan(1e-9);
        },
      ),
      { seed: 8, numRuns: 40 },
    );
  });

  it('is 1 for a kernel of one tap on any map, and for any kernel on a white map; a constant on the kernel does change it', () => {
    const power = powerSpectrum2d(noise(81, 1), 9, 9);
    const taps = noise(25, 2);
    const kernel = powerSpectrum2d(placed(taps, 5, 9), 9, 9);
    expect(
      spectralDensityRatio(power, powerSpectrum2d(placed(Float64Array.of(-3), 1, 9, 4, 2), 9, 9)),
    ).toBeCloseTo(1, 13);
    expect(spectralDensityRatio(new Float64Array(81).fill(7), kernel)).toBeCloseTo(1, 13);
    const moved = powerSpectrum2d(
      placed(
        taps.map((value) => value + 1),
        5,
        9,
      ),
      9,
      9,
    );
    expect(
      Math.abs(spectralDensityRatio(power, moved) - spectralDensityRatio(power, kernel)),
    ).toBeGreaterThan(1e-3);
  });

  it('says what is wrong with spectra it cannot take', () => {
    const ones = new Float64Array(4).fill(1);
    expect(() => spectralDensityRatio(ones, new Float64Array(5))).toThrow('4 and 5 frequencies');
    expect(() => spectralDensityRatio(Float64Array.of(9, 0, 0, 0), ones)).toThrow(
      'The map has a mean power of 0',
    );
    expect(() => spectralDensityRatio(ones, Float64Array.of(9, 0, 0, 0))).toThrow(
      'The kernel has a mean power of 0',
    );
    expect(() => spectralDensityRatio(ones, ones, [4])).toThrow('Frequency 4 cannot be dropped');
    expect(() => spectralDensityRatio(ones, ones, [0, 1, 2, 3])).toThrow('leaves none');
  });
});

/** ρ as a layer's is taken: from the map's own power, by lags. */
function ratioByLags(
  mapPower: Float64Array,
  kernel: ArrayLike<number>,
  ...table: Parameters<typeof lagTable>
): number {
  const lags = lagTable(...table);
  const map = new Float64Array(lagCount);
  expect(relativeLags(mapPower, lags, map)).toBe(true);
  const correlation = new Float64Array(lagCount);
  autocorrelation(kernel, 0, 1, correlation);
  return spectralDensityRatioOfLags(correlation, map, 0, lags.flat);
}

describe(`spectral density ratio in lags ${paper('eq-8')}`, () => {
  // The definition, by sums over pixels and frequencies; maps smaller than the kernel wrap around it.
  it.each([
    ['same', 'filtered', 3],
    ['same', 'filtered', 8],
    ['down', 'filtered', 12],
    ['up', 'native', 8],
    ['up', 'filtered', 4],
    ['up', 'filtered', 7],
  ] as const)('%s, %s grid, maps of %i × the same: is the definition', (direction, grid, size) => {
    const isWide = direction === 'up' && grid === 'filtered';
    const side = isWide ? 2 * size : size;
    const dropped = isWide ? constantsOfWidened(size) : [0];
    for (const seed of [1, 2, 3]) {
      const map = noise(size * size, seed).map((value, n) => value + 2 * Math.sin(n) + 1);
      const kernel = noise(25, seed + 10);
      const expected = ratioBySums(
        powerBySums(isWide ? widened(map, size) : map, side, side),
        powerBySums(placed(kernel, 5, side), side, side),
        dropped,
      );
      const ratio = ratioByLags(powerBySums(map, size, size), kernel, direction, size, grid);
      expect(Math.abs(ratio - 1)).toBeGreaterThan(1e-3);
      expect(ratio / expected).toBeCloseTo(1, 11);
    }
  });

  it('reads a kernel where it lies among others', () => {
    const kernels = noise(75, 4);
    const [apart, alone] = [new Float64Array(lagCount), new Float64Array(lagCount)];
    autocorrelation(kernels, 2, 3, apart);
    autocorrelation(
      Float64Array.from({ length: 25 }, (_, t) => kernels[2 + 3 * t]!),
      0,
      1,
      alone,
    );
    expect(apart).toEqual(alone);
  });

  it('finds no spectrum in a map that is constant, and no ratio for a kernel that has the constant alone', () => {
    const table = lagTable('same', 5, 'filtered');
    const untouched = new Float64Array(lagCount).fill(7);
    expect(relativeLags(powerBySums(new Float64Array(25).fill(3), 5, 5), table, untouched)).toBe(false);
    expect(untouched).toEqual(new Float64Array(lagCount).fill(7));
    // Twenty-five equal taps cover the whole 5 × 5 torus evenly.
    const power = powerBySums(noise(25, 5), 5, 5);
    expect(ratioByLags(power, new Float64Array(25).fill(0.1), 'same', 5, 'filtered')).toBeNaN();
    expect(ratioByLags(power, new Float64Array(25), 'same', 5, 'filtered')).toBeNaN();
  });
});
