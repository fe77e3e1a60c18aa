import { describe, expect, it } from 'vitest';
import { fig3bResultSchema } from '../../../src/contract/theory.ts';
import type { KernelPair } from '../../../src/engine/equations/solutionSet.eq4.ts';
import { balancedOmega, composeWith, randomOmega } from '../../../src/engine/equations/solutionSet.eq4.ts';
import { spectralDensityRatio } from '../../../src/engine/equations/spectralDensityRatio.eq8.ts';
import { independenceStepOfSpectrum } from '../../../src/engine/equations/spectralIndependence.eq13.ts';
import { complexMultiply, squaredModulus } from '../../../src/engine/math/complexArray.ts';
import { dft, inverseDft } from '../../../src/engine/math/dft.ts';
import { createNormalFill } from '../../../src/engine/math/normal.ts';
import { createRandom } from '../../../src/engine/math/random.ts';
import { eyeGenerator, lineEye } from '../../../src/engine/theory/eyeGenerator.ts';
import { fig3b, ratioBound, ratioOfPair } from '../../../src/engine/theory/fig3b.ts';
import {
  createFourierDescent,
  halfSpectrum,
  spectralStep,
  wholeSpectrum,
} from '../../../src/engine/theory/fourierDescent.ts';
import oracle from '../../oracles/theory.json' with { type: 'json' };
import { paper } from '../../paper/requirements.ts';
import { dependenceBySums, meanBySums } from '../equations/definitions.ts';

const eyes = eyeGenerator({ height: 1, width: 61 }, 13, [lineEye]);
const truth = eyes.spectra;
const product = complexMultiply(truth.first, truth.second);
const half = (pair: KernelPair): KernelPair => ({
  first: halfSpectrum(pair.first),
  second: halfSpectrum(pair.second),
});
const plain = { stepSize: 1e-3, noise: 0.5, spectral: 'none', strength: 0 } as const;

/** Four runs of ours against four of NumPy's: means within four standard errors of their difference. */
function expectLike(values: readonly number[], average: number, deviation: number): void {
  const ours = values.reduce((sum, value) => sum + value, 0) / values.length;
  const error = deviation * Math.sqrt(1 / values.length + 1 / 4);
  expect(Math.abs(ours - average)).toBeLessThan(4 * error);
}

function last(values: readonly number[]): number {
  return values[values.length - 1]!;
}

function ends(asked: object): { ratio: number; error: number }[] {
  return [1, 2, 3, 4].map((seed) => {
    const run = fig3b({ points: 2, ...asked, seed });
    return { ratio: last(run.ratio), error: last(run.extrapolationError) };
  });
}

describe(`training of Model 1 in frequencies ${paper('model-1', 'fig-3b')}`, () => {
  it('is training in pixels, step by step', () => {
    // Oracle: gradient steps in pixels on given noise, test/oracles/theory.py.
    const { noise, stepSize, k1, k2 } = oracle.pixelSteps;
    let step = 0;
    const fill = (into: Float64Array): void => {
      // The transform of the given pixels, in the units in which the noise is drawn.
      const spectrum = dft(noise[step++]!);
      const part = Math.sqrt(61 / 2);
      for (let u = 0; u < 31; u++) {
        into[2 * u] = spectrum.re[u]! / (u === 0 ? part * Math.SQRT2 : part);
        into[2 * u + 1] = spectrum.im[u]! / part;
      }
    };
    const run = createFourierDescent(
      half(truth),
      halfSpectrum(product),
      { ...plain, stepSize, noise: 1 },
      fill,
    );
    run.advance(noise.length);
    const first = inverseDft(wholeSpectrum(run.pair.first));
    const second = inverseDft(wholeSpectrum(run.pair.second));
    const worst = Math.max(
      ...k1.map((value, m) => Math.abs(value - first.re[m]!)),
      ...k2.map((value, m) => Math.abs(value - second.re[m]!)),
    );
    expect(worst).toBeLessThan(1e-12);
    expect(Math.max(...first.im.map(Math.abs), ...second.im.map(Math.abs))).toBeLessThan(1e-14);
  });

  it('draws noise with E|ε̂(u)|² = Nσ² at every frequency, independent real and imaginary parts', () => {
    // One step from k̂1 = 1, k̂2 = 1 and ĉ = 1 changes k̂1 by 2η ε̂.
    const ones = { re: new Float64Array(31).fill(1), im: new Float64Array(31) };
    const fill = createNormalFill(createRandom(2));
    const power = new Float64Array(31);
    let cross = 0;
    const draws = 4000;
    for (let draw = 0; draw < draws; draw++) {
      const run = createFourierDescent(
        { first: ones, second: ones },
        ones,
        { ...plain, stepSize: 0.5 },
        fill,
      );
      run.advance(1);
      run.pair.first.re.forEach((re, u) => {
        const im = run.pair.first.im[u]!;
        power[u] = power[u]! + ((re - 1) ** 2 + im ** 2) / draws;
        if (u > 0) cross += ((re - 1) * im) / (30 * draws);
      });
    }
    // |ε̂|² has a standard deviation of its mean (√2 of it at u = 0).
    power.forEach((value, u) => {
      expect(Math.abs(value / (61 * 0.25) - 1)).toBeLessThan(
        (5 * (u === 0 ? Math.SQRT2 : 1)) / Math.sqrt(draws),
      );
    });
    expect(Math.abs(cross / (61 * 0.25))).toBeLessThan(5 * (0.5 / Math.sqrt(30 * draws)));
  });

  it('multiplies |k̂1|² − |k̂2|² by 1 − 4η²|r̂|² (derived, exact)', () => {
    const normal = new Float64Array(62);
    const source = createNormalFill(createRandom(3));
    const fill = (into: Float64Array): void => {
      source(normal);
      into.set(normal);
    };
    const run = createFourierDescent(half(truth), halfSpectrum(product), plain, fill);
    const part = 0.5 * Math.sqrt(61 / 2);
    let worst = 0;
    for (let step = 0; step < 200; step++) {
      const first = squaredModulus(run.pair.first);
      const second = squaredModulus(run.pair.second);
      const made = complexMultiply(run.pair.first, run.pair.second);
      run.advance(1);
      const after = squaredModulus(run.pair.first);
      const afterSecond = squaredModulus(run.pair.second);
      for (let u = 0; u < 31; u++) {
        const re = product.re[u]! - made.re[u]! + part * (u === 0 ? Math.SQRT2 : 1) * normal[2 * u]!;
        const im = u === 0 ? 0 : product.im[u]! - made.im[u]! + part * normal[2 * u + 1]!;
        const expected = (first[u]! - second[u]!) * (1 - 4e-6 * (re * re + im * im));
        worst = Math.max(worst, Math.abs(after[u]! - afterSecond[u]! - expected));
      }
    }
    expect(worst).toBeLessThan(1e-12);
  });
});

describe(`Figure 3b ${paper('fig-3b')}`, () => {
  const run = fig3b();

  it('from the truth climbs from .950 to about 2.10 at 40,000 steps, below the bound 2.206, within 2 s of processor time', () => {
    const begin = process.cpuUsage();
    fig3b({ points: 2 });
    const { user, system } = process.cpuUsage(begin);
    expect((user + system) / 1000).toBeLessThan(2000);
    expect(run.trueRatio).toBeCloseTo(0.9502316, 7); // closed form of Example 1
    expect(run.bound).toBeCloseTo(2.2061659, 7); // <|ĉ|²>/<|ĉ|>², derived
    expect(Math.max(...run.ratio)).toBeLessThan(run.bound);
    expect(Math.abs(last(run.ratio) - 2.1)).toBeLessThan(0.06); // NumPy: 2.071 ± .016 over four runs, 2.099 in another
  });

  it('passes through the ratios and errors of NumPy’s runs', () => {
    // Oracle: mean and deviation of four runs, test/oracles/theory.py.
    const runs = [1, 2, 3, 4].map((seed) => fig3b({ seed, points: 2 }));
    const { steps, mean, deviation } = oracle.fig3b.plain;
    steps.forEach((step, i) => {
      const at = runs.map(({ step: recorded }) => recorded.indexOf(step));
      expectLike(
        runs.map(({ ratio }, r) => ratio[at[r]!]!),
        mean[i]![0]!,
        deviation[i]![0]!,
      );
      expectLike(
        runs.map(({ extrapolationError }, r) => extrapolationError[at[r]!]!),
        mean[i]![1]!,
        deviation[i]![1]!,
      );
    });
  });

  it('brings the moduli together: mean |log10| from 1.216 to .22, and the invariant decays as exp(−4η²Nσ²T)', () => {
    expect(run.imbalance[0]).toBeCloseTo(1.216, 3);
    expect(Math.abs(last(run.imbalance) - 0.218)).toBeLessThan(0.02);
    expect(run.invariantLeft.predicted).toBeCloseTo(0.0872, 4);
    expect(Math.abs(run.invariantLeft.measured / 0.0872 - 1)).toBeLessThan(0.08);
    for (const { first, second } of run.coefficients) {
      expect(Math.abs(Math.log(last(first) / last(second)))).toBeLessThan(
        Math.abs(Math.log(first[0]! / second[0]!)),
      );
    }
    const slow = fig3b({ stepSize: 4e-4, noise: 1, points: 2 });
    expect(slow.invariantLeft.predicted).toBeCloseTo(0.2098, 4);
    expect(Math.abs(slow.invariantLeft.measured / 0.2098 - 1)).toBeLessThan(0.08);
    const atEnd = ends({ stepSize: 4e-4, noise: 1 });
    expectLike(
      atEnd.map(({ ratio }) => ratio),
      oracle.fig3b.slow.mean[0]![0]!,
      oracle.fig3b.slow.deviation[0]![0]!,
    );
  });

  it('does not drift without noise', () => {
    const still = fig3b({ start: 'perturbed', noise: 0, stepSize: 4e-4 });
    const settled = still.step.findIndex((step) => step >= 5000);
    expect(Math.abs(last(still.ratio) - still.ratio[settled]!)).toBeLessThan(1e-3);
    expect(Math.abs(still.invariantLeft.measured - 1)).toBeLessThan(1e-3);
    expect(still.finding).toContain('Without noise there is no drift');
  });

  it('says that a small random start is balanced already, and ends at the balanced solution even without noise', () => {
    const noisy = fig3b({ start: 'small-random', steps: 20_000, points: 41 });
    expect(Math.max(...noisy.ratio)).toBeGreaterThan(2.2);
    expect(Math.abs(last(noisy.ratio) - 2.2)).toBeLessThan(0.05);
    const silent = fig3b({ start: 'small-random', steps: 20_000, points: 41, noise: 0 });
    expect(Math.abs(last(silent.ratio) - 2.2)).toBeLessThan(0.05);
    expect(silent.finding).toContain('balanced already');
  });

  it('answers with finite numbers in the shape of the contract, the same for the same seed', () => {
    expect(fig3bResultSchema.parse(run)).toEqual(run);
    expect(fig3b()).toEqual(run);
    expect(fig3b({ seed: 2 }).ratio).not.toEqual(run.ratio);
    expect(run.coefficients).toHaveLength(8);
    expect(Math.max(...run.kernels.true.k1.map((value, m) => Math.abs(value - eyes.k1[m]!)))).toBeLessThan(
      1e-12,
    );
  });

  it.each([
    [{ size: 63 }, 'The size is 63, which is 3 × 21'],
    [
      { stepSize: 0.01 },
      'The step size 0.01 is unstable: times the largest |k̂1|² + |k̂2|² = 173 it gives 1.73, and must stay below 1. Take less than 0.00578.',
    ],
    [{ noise: -1 }, 'Noise must be'],
    [{ spectral: 'k1' }, 'Spectral must be none, k2 or both (given: k1)'],
    [{ noise: 1e6, steps: 100 }, 'Training of Model 1 left the finite numbers by step'],
  ])('refuses %j', (asked, sentence) => {
    expect(() => fig3b(asked)).toThrow(sentence);
  });
});

it(`of 20,000 random solutions of Example 1 none comes near the bound that the balanced one reaches ${paper('proposition-6')}`, () => {
  // NumPy's best of 20,000 was 1.276 and its worst 1e-10, with standard deviations of log|ω̂| among .1, .3, 1 and 2.
  const random = createRandom(7);
  const ratios = Array.from({ length: 20_000 }, () => {
    const omega = randomOmega(
      { height: 1, width: 61 },
      { spread: random.pick([0.1, 0.3, 1, 2]), phase: 'zero' },
      random,
    );
    return ratioOfPair(composeWith(truth, omega));
  });
  expect(ratioOfPair(composeWith(truth, balancedOmega(truth))) / ratioBound(product)).toBeCloseTo(1, 12);
  expect(Math.max(...ratios)).toBeGreaterThan(1.1);
  expect(Math.max(...ratios)).toBeLessThan(1.6);
  expect(Math.min(...ratios)).toBeLessThan(1e-6);
});

describe(`the spectral step ${paper('eq-13', 'fig-3b')}`, () => {
  const balanced = composeWith(truth, balancedOmega(truth));

  it('as gradient descent takes the balanced solution to a ratio of 1 along NumPy’s path, without a change of sign of s or of phases', () => {
    // Oracle: rate .005·M, 100 steps, test/oracles/theory.py: 2.206, 1.325 (5), 1.047 (20), 1.0019 (50), 1.0000 (100).
    const first = squaredModulus(balanced.first);
    const second = { re: balanced.second.re.slice(), im: balanced.second.im.slice() };
    expect(dependenceBySums(first, squaredModulus(second)) ** 2).toBeCloseTo(oracle.eq13.objective, 9);
    const ratios: number[] = [];
    for (let step = 0; step <= 100; step++) {
      ratios.push(spectralDensityRatio(first, squaredModulus(second)));
      const setting = { strength: 0.005 * 60, kept: 60, largestShare: Infinity };
      independenceStepOfSpectrum(second, squaredModulus(second), first, setting);
    }
    for (const [step, ratio] of Object.entries(oracle.eq13.path))
      expect(ratios[Number(step)]!).toBeCloseTo(ratio, 9);
    for (let step = 1; step <= 100; step++) {
      expect(ratios[step]!).toBeLessThan(ratios[step - 1]!);
      expect(ratios[step]!).toBeGreaterThan(1);
    }
    const turned = second.re.map(
      (re, u) => Math.atan2(second.im[u]!, re) - Math.atan2(balanced.second.im[u]!, balanced.second.re[u]!),
    );
    expect(Math.max(...turned.map(Math.abs))).toBeLessThan(1e-12);
  });

  it('in training is one gradient step of rate λ where it is below the cap, and leaves frequency 0 as it is', () => {
    const { first, second } = half(balanced);
    const other = squaredModulus(balanced.first);
    const power = squaredModulus(balanced.second);
    const s = dependenceBySums(other, power);
    const mean = meanBySums(other);
    spectralStep(first, second, 1e-4, 'k2');
    // The gradient is 4 s w k̂2/M (closed form), w = |k̂1|²/<|k̂1|²> − 1 and M = 60.
    const worst = Math.max(
      ...second.re
        .slice(1)
        .map((re, i) =>
          Math.abs(re / balanced.second.re[i + 1]! - 1 + (1e-4 * 4 * s * (other[i + 1]! / mean - 1)) / 60),
        ),
    );
    expect(worst).toBeLessThan(1e-13);
    expect(second.re[0]).toBe(balanced.second.re[0]);
  });

  it('changes no coefficient by more than a tenth, however strong it is', () => {
    const { first, second } = half(balanced);
    const before = squaredModulus(second);
    spectralStep(first, second, 1, 'k2');
    const ratio = squaredModulus(second).map((value, u) => Math.sqrt(value / before[u]!));
    expect(Math.max(...ratio)).toBeLessThan(1.1 + 1e-12);
    expect(Math.min(...ratio)).toBeGreaterThan(0.9 - 1e-12);
    expect(Math.max(...ratio.map((value) => Math.abs(value - 1)))).toBeCloseTo(0.1, 12);
  });

  it('on k2 alone holds the ratio and does not protect the extrapolation: the error is larger than without it', () => {
    // Oracle: four runs at each strength, test/oracles/theory.py; plain .253, one-sided about .31, .39, .43.
    const without = ends({});
    for (const strength of ['0.0001', '0.001', '0.01'] as const) {
      const runs = ends({ spectral: 'k2', strength: Number(strength) });
      const { mean, deviation } = oracle.fig3b.k2[strength];
      expectLike(
        runs.map(({ ratio }) => ratio),
        mean[0]![0]!,
        deviation[0]![0]!,
      );
      expectLike(
        runs.map(({ error }) => error),
        mean[0]![1]!,
        deviation[0]![1]!,
      );
      expect(Math.min(...runs.map(({ error }) => error))).toBeGreaterThan(
        Math.max(...without.map(({ error }) => error)),
      );
    }
    expect(fig3b({ spectral: 'k2', points: 2 }).finding).toContain('does not protect the extrapolation');
  });

  it('on both kernels of one norm, our extension, does protect it: .0056 and .0033 in place of .165', () => {
    const shared = { start: 'equal-norms', steps: 20_000 };
    const without = ends(shared);
    expectLike(
      without.map(({ error }) => error),
      oracle.fig3b.equalPlain.mean[0]![1]!,
      oracle.fig3b.equalPlain.deviation[0]![1]!,
    );
    for (const strength of ['0.001', '0.01'] as const) {
      const runs = ends({ ...shared, spectral: 'both', strength: Number(strength) });
      const { mean, deviation } = oracle.fig3b.both[strength];
      expectLike(
        runs.map(({ ratio }) => ratio),
        mean[0]![0]!,
        deviation[0]![0]!,
      );
      expectLike(
        runs.map(({ error }) => error),
        mean[0]![1]!,
        deviation[0]![1]!,
      );
      expect(Math.max(...runs.map(({ error }) => error))).toBeLessThan(0.01);
    }
  });

  it('on both kernels keeps what was there at the start, and so does not lead a random start to the truth', () => {
    const shared = { start: 'random', steps: 10_000, points: 2 };
    const both = fig3b({ ...shared, spectral: 'both' });
    expect(Math.abs(last(both.ratio) - 1)).toBeLessThan(0.1);
    expect(last(both.extrapolationError)).toBeGreaterThan(last(fig3b(shared).extrapolationError));
  });
});
