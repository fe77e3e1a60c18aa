import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  spectralDensityRatio,
  spectralDensityRatioForm,
  spectralDensityRatioOfTaps,
} from '../../../src/engine/equations/spectralDensityRatio.eq8.ts';
import {
  independenceMatrix,
  spectralIndependenceGradient,
  spectralIndependenceObjective,
  spectralIndependenceOfTaps,
} from '../../../src/engine/equations/spectralIndependence.eq13.ts';
import { dft, powerSpectrum, powerSpectrum2d } from '../../../src/engine/math/dft.ts';
import { createRandom } from '../../../src/engine/math/random.ts';
import oracle from '../../oracles/theoryTransforms.json' with { type: 'json' };
import { paper } from '../../paper/requirements.ts';

function noise(length: number, seed: number): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length }, () => random.normal());
}

/** A kernel of size × size taps at (y, x) of a grid. */
function placed(taps: Float64Array, size: number, grid: number, y = 0, x = 0): Float64Array {
  const out = new Float64Array(grid * grid);
  taps.forEach(
    (value, t) => (out[((y + Math.floor(t / size)) % grid) * grid + ((x + (t % size)) % grid)] = value),
  );
  return out;
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
      const form = spectralDensityRatioForm(power, { height, width }, { height: 3, width: 3 }, dropped);
      const taps = Float64Array.from({ length: 9 }, (_, t) => at(t + 11, 20));
      expect(spectralDensityRatioOfTaps(form, taps)).toBeCloseTo(ratio, 12);
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

describe(`spectral independence ${paper('eq-13')}`, () => {
  it('is (ρ − 1)² <|k̂2|²>², in frequencies and in taps', () => {
    const size = 12;
    const taps = noise(25, 4);
    const power = powerSpectrum2d(noise(size * size, 3), size, size);
    const kernel = powerSpectrum2d(placed(taps, 5, size), size, size);
    const dropped = [0, size / 2, (size / 2) * size, (size / 2) * size + size / 2];
    const kept = kernel.filter((_, u) => !dropped.includes(u));
    const mean = kept.reduce((sum, value) => sum + value, 0) / kept.length;
    const expected = (spectralDensityRatio(power, kernel, dropped) - 1) ** 2 * mean ** 2;
    expect(spectralIndependenceObjective(power, kernel, dropped) / expected).toBeCloseTo(1, 10);
    const form = spectralDensityRatioForm(
      power,
      { height: size, width: size },
      { height: 5, width: 5 },
      dropped,
    );
    const { s } = spectralIndependenceOfTaps(independenceMatrix(form), taps);
    expect(s ** 2 / expected).toBeCloseTo(1, 10);
  });

  it('has the gradient that finite differences give, in frequencies and in taps', () => {
    const step = 1e-6;
    const power = powerSpectrum(noise(31, 5));
    const spectrum = dft(noise(31, 6));
    const gradient = spectralIndependenceGradient(power, spectrum);
    const objective = (re: Float64Array): number =>
      spectralIndependenceObjective(
        power,
        re.map((value, u) => value * value + spectrum.im[u]! ** 2),
      );
    const up = spectrum.re.slice();
    const down = spectrum.re.slice();
    up[7] = up[7]! + step;
    down[7] = down[7]! - step;
    expect((objective(up) - objective(down)) / (2 * step)).toBeCloseTo(gradient.re[7]!, 5);
    expect(gradient.re[0]).toBe(0);

    const form = spectralDensityRatioForm(
      powerSpectrum2d(noise(64, 7), 8, 8),
      { height: 8, width: 8 },
      { height: 3, width: 3 },
    );
    const matrix = independenceMatrix(form);
    const taps = noise(9, 8);
    const moved = (by: number): number =>
      spectralIndependenceOfTaps(
        matrix,
        taps.map((value, t) => (t === 4 ? value + by : value)),
      ).s ** 2;
    expect((moved(step) - moved(-step)) / (2 * step)).toBeCloseTo(
      spectralIndependenceOfTaps(matrix, taps).gradient[4]!,
      5,
    );
  });
});
