import { describe, expect, it } from 'vitest';
import {
  independenceAtLags,
  independenceStep,
  independenceStepOfSpectrum,
} from '../../../src/engine/equations/spectralIndependence.eq13.ts';
import type { SliceArithmetic } from '../../../src/engine/equations/spectralIndependence.eq13.ts';
import { squaredModulus } from '../../../src/engine/math/complexArray.ts';
import { dft } from '../../../src/engine/math/dft.ts';
import { lagCount, lagsBetweenTaps, lagTable, zeroLag } from '../../../src/engine/math/lagTable.ts';
import { createRandom } from '../../../src/engine/math/random.ts';
import { paper } from '../../paper/requirements.ts';
import {
  constantsOfWidened,
  dependenceBySums,
  lagBySums,
  meanBySums,
  placed,
  powerBySums,
  widened,
} from './definitions.ts';

function noise(length: number, seed: number): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length }, () => random.normal());
}

/** For each kernel its taps, or one number; a list of one counts for every kernel. */
type Slices = readonly Float64Array[];

function each(a: Slices, b: Slices, operation: (x: number, y: number) => number): Slices {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, k) => {
    const [x, y] = [a[k % a.length]!, b[k % b.length]!];
    return Float64Array.from({ length: Math.max(x.length, y.length) }, (_unused, t) =>
      operation(x[t % x.length]!, y[t % y.length]!),
    );
  });
}

/** The arithmetic in double precision: what training does with tensors of single precision. */
const numbers: SliceArithmetic<Slices> = {
  minus: (a, b) => each(a, b, (x, y) => x - y),
  times: (a, b) => each(a, b, (x, y) => x * y),
  over: (a, b) => each(a, b, (x, y) => (y === 0 ? 0 : x / y)),
  scaled: (a, factor) => a.map((values) => values.map((x) => factor * x)),
  squared: (a) => a.map((values) => values.map((x) => x * x)),
  root: (a) => a.map((values) => values.map(Math.sqrt)),
  atMost: (a, limit) => a.map((values) => values.map((x) => Math.min(x, limit))),
  product: (matrices, slices) =>
    slices.map((taps, k) =>
      taps.map((_, row) =>
        taps.reduce((sum, tap, column) => sum + matrices[k]![25 * row + column]! * tap, 0),
      ),
    ),
  tapSum: (a) => a.map((values) => Float64Array.of(values.reduce((sum, x) => sum + x, 0))),
  mean: (a) => [Float64Array.of(a.reduce((sum, values) => sum + values[0]!, 0) / a.length)],
};

const size = 6;

/** A map, and s of a kernel on it by the definition, on the grid that a transposed convolution with stride 2 acts on. */
function wideMap(seed: number): { power: Float64Array; s: (taps: Float64Array) => number } {
  const map = noise(size * size, seed).map((value, n) => value + 2 * Math.sin(n) + 1);
  const power = powerBySums(widened(map, size), 2 * size, 2 * size);
  const dropped = constantsOfWidened(size);
  return {
    power,
    s: (taps) => dependenceBySums(power, powerBySums(placed(taps, 5, 2 * size), 2 * size, 2 * size), dropped),
  };
}

/** T of a map, [25 · 25], by lags from the definition's r(l). */
function matrixOf(power: Float64Array, alive = 1): Float64Array {
  const { flat } = lagTable('up', size, 'filtered');
  const lags = Float64Array.from({ length: lagCount }, (_, lag) =>
    lagBySums(power, 2 * size, [Math.floor(lag / 9) - 4, (lag % 9) - 4], constantsOfWidened(size)),
  );
  const [atLags] = independenceAtLags(numbers, {
    lags: [lags],
    power: [lags.slice(zeroLag, zeroLag + 1)],
    flat: [flat],
    alive: [Float64Array.of(alive)],
  });
  return Float64Array.from(lagsBetweenTaps, (lag) => atLags![lag]!);
}

/** ∂f/∂taps by central differences: exact but for rounding where f is of second order. */
function slope(f: (taps: Float64Array) => number, taps: Float64Array, step: number): Float64Array {
  const moved = (tap: number, by: number): Float64Array =>
    taps.map((value, t) => (t === tap ? value + by : value));
  return taps.map((_, tap) => (f(moved(tap, step)) - f(moved(tap, -step))) / (2 * step));
}

const length = (values: Float64Array): number => Math.hypot(...values);
const largestGap = (a: Float64Array, b: Float64Array): number =>
  Math.max(...a.map((value, at) => Math.abs(value - b[at]!)));

describe(`a step on the taps of kernels ${paper('eq-13')}`, () => {
  const maps = [wideMap(1), wideMap(2), wideMap(3)];
  const kernels = maps.map((_, k) => noise(25, 10 + k).map((value) => (1 + k) * 0.1 * value));
  const matrices = maps.map(({ power }) => matrixOf(power));

  it('has the matrix T with s = kᵀTk', () => {
    maps.forEach(({ s }, k) => {
      const taps = kernels[k]!;
      const [turned] = numbers.product([matrices[k]!], [taps]);
      const form = taps.reduce((sum, tap, at) => sum + tap * turned![at]!, 0);
      expect(form / s(taps)).toBeCloseTo(1, 10);
    });
  });

  it('gradient: is −γ/(4m) times the finite differences of s², m the mean |k|² of all kernels', () => {
    const gamma = 0.01;
    const steps = independenceStep(numbers, kernels, matrices, { variant: 'gradient', gamma, cap: 0.5 });
    const m = kernels.reduce((sum, taps) => sum + length(taps) ** 2 / kernels.length, 0);
    maps.forEach(({ s }, k) => {
      const expected = slope((taps) => s(taps) ** 2, kernels[k]!, 1e-5).map(
        (value) => (-gamma * value) / (4 * m),
      );
      expect(largestGap(steps[k]!, expected) / length(expected)).toBeLessThan(1e-7);
      expect(length(steps[k]!)).toBeLessThan(0.5 * length(kernels[k]!));
    });
  });

  it('normalised: is −γ s ∇s/|∇s|², so that the share γ of s goes, whatever the scale of the kernel', () => {
    const gamma = 1e-3;
    const options = { variant: 'normalised', gamma, cap: 0.5 } as const;
    const steps = independenceStep(numbers, kernels, matrices, options);
    maps.forEach(({ s }, k) => {
      const taps = kernels[k]!;
      const across = slope(s, taps, 1e-3);
      const expected = across.map((value) => (-gamma * s(taps) * value) / length(across) ** 2);
      expect(largestGap(steps[k]!, expected) / length(expected)).toBeLessThan(1e-8);
      const left = s(taps.map((value, t) => value + steps[k]![t]!)) / s(taps);
      expect(Math.abs(left - (1 - gamma))).toBeLessThan(gamma ** 2);
    });
    const larger = independenceStep(numbers, numbers.scaled(kernels, 7), matrices, options);
    larger.forEach((step, k) => {
      expect(
        largestGap(
          step,
          steps[k]!.map((value) => 7 * value),
        ),
      ).toBeLessThan(1e-12);
    });
  });

  it.each(['gradient', 'normalised'] as const)(
    '%s: changes a kernel by at most its share of its length',
    (variant) => {
      const free = independenceStep(numbers, kernels, matrices, { variant, gamma: 1, cap: 1e3 });
      const share = free.map((step, k) => length(step) / length(kernels[k]!));
      const cap = [...share].sort((a, b) => a - b)[1]! * 0.99;
      const held = independenceStep(numbers, kernels, matrices, { variant, gamma: 1, cap });
      held.forEach((step, k) => {
        const shrink = Math.min(1, cap / share[k]!);
        expect(
          largestGap(
            step,
            free[k]!.map((value) => shrink * value),
          ),
        ).toBeLessThan(1e-14);
      });
      expect(share.filter((value) => value < cap)).toHaveLength(1);
    },
  );

  it('leaves kernels on dead maps and empty kernels as they are', () => {
    const dead = matrixOf(maps[0]!.power, 0);
    expect(dead.map(Math.abs)).toEqual(new Float64Array(625));
    for (const variant of ['gradient', 'normalised'] as const) {
      const options = { variant, gamma: 1, cap: 0.1 };
      const empty = new Float64Array(25);
      const steps = independenceStep(numbers, [kernels[0]!, empty], [dead, matrices[1]!], options);
      for (const step of steps) expect(step.map(Math.abs)).toEqual(new Float64Array(25));
    }
  });
});

describe(`a step on the spectrum of a kernel ${paper('eq-13')}`, () => {
  const cause = squaredModulus(dft(noise(31, 5)));
  const spectrum = dft(noise(31, 6));
  const power = squaredModulus(spectrum);
  /** What each entry is multiplied by: a step on ones, as if they had this power. */
  const factorsOf = (
    own: Float64Array,
    other: Float64Array,
    setting: Parameters<typeof independenceStepOfSpectrum>[3],
  ): Float64Array => {
    const ones = { re: new Float64Array(own.length).fill(1), im: new Float64Array(own.length).fill(-1) };
    independenceStepOfSpectrum(ones, own, other, setting);
    expect(ones.im.map((value) => -value)).toEqual(ones.re);
    return ones.re;
  };
  const objective =
    (part: 're' | 'im') =>
    (values: Float64Array): number =>
      dependenceBySums(cause, squaredModulus({ ...spectrum, [part]: values })) ** 2;

  it('is λ times the finite differences of (ρ − 1)² <|k̂2|²>², and keeps the constant', () => {
    const strength = 1e-3;
    const factors = factorsOf(power, cause, { strength, kept: 30, largestShare: Infinity });
    for (const part of ['re', 'im'] as const) {
      const gradient = slope(objective(part), spectrum[part], 1e-4);
      const moved = spectrum[part].map((value, u) => value * factors[u]! - value);
      expect(
        largestGap(
          moved,
          gradient.map((value) => -strength * value),
        ) / length(moved),
      ).toBeLessThan(1e-7);
    }
    expect(factors[0]).toBe(1);
    expect(largestGap(factors, new Float64Array(31).fill(1))).toBeGreaterThan(1e-3);
  });

  it('takes one frequency for two of equal power, as half a spectrum of a real kernel has them', () => {
    const setting = { strength: 1e-3, kept: 30, largestShare: 0.1 };
    const whole = factorsOf(power, cause, setting);
    const half = factorsOf(power.slice(0, 16), cause.slice(0, 16), setting);
    expect(largestGap(half, whole.slice(0, 16))).toBeLessThan(1e-14);
  });

  it('is shortened as a whole where a factor would be further from 1 than it may', () => {
    const at = (strength: number): Float64Array =>
      factorsOf(power, cause, { strength, kept: 30, largestShare: 0.1 }).map((value) => value - 1);
    const strong = at(1);
    expect(Math.max(...strong.map(Math.abs))).toBeCloseTo(0.1, 14);
    const weak = at(1e-6);
    const scale = length(strong) / length(weak);
    expect(
      largestGap(
        strong,
        weak.map((value) => value * scale),
      ),
    ).toBeLessThan(1e-9);
  });

  it('takes ρ nearer to 1', () => {
    const factors = factorsOf(power, cause, { strength: 1e-3, kept: 30, largestShare: 0.1 });
    const after = power.map((value, u) => value * factors[u]! ** 2);
    const gap = (values: Float64Array): number =>
      Math.abs(dependenceBySums(cause, values) / meanBySums(values));
    expect(gap(after)).toBeLessThan(gap(power));
  });
});
