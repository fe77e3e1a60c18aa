import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SpectralSides } from '../../../src/contract/theory.ts';
import { diagonalGenericRatio } from '../../../src/engine/equations/diagonalModel.eq9.ts';
import { randomOmega } from '../../../src/engine/equations/solutionSet.eq4.ts';
import type { ComplexMatrix } from './complexMatrix.ts';
import { adjoint, complexMatrix, matrixProduct, matrixSum } from './complexMatrix.ts';
import { largestDifference } from '../../../src/engine/math/complexArray.ts';
import { distributions } from '../../../src/engine/math/distributions.ts';
import { createNormal } from '../../../src/engine/math/normal.ts';
import { powerSpectrum } from '../../../src/engine/math/dft.ts';
import { createRandom } from '../../../src/engine/math/random.ts';
import { mean, median, standardDeviation } from '../../../src/engine/math/statistics.ts';
import { causalDirection, directionProduct, randomDirections, traceRatio } from './causalDirection.ts';
import type { DiagonalPair } from './diagonalDescent.ts';
import { descendDiagonal, diagonalExtrapolationError, equalNorms } from './diagonalDescent.ts';
import { eyeGenerator, lineEye } from '../../../src/engine/theory/eyeGenerator.ts';
import { fig3b } from '../../../src/engine/theory/fig3b.ts';
import { balancedness, multiChannelStep, trainChannels } from './multiChannel.ts';
import oracle from '../../oracles/theory.json' with { type: 'json' };
import { paper } from '../../paper/requirements.ts';

describe(`the direction of causation ${paper('causal-direction')}`, () => {
  it('has forward times backward 1/(<|h|²><1/|h|²>), at most 1 (derived)', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const random = createRandom(seed);
        const power = (): Float64Array => Float64Array.from({ length: 64 }, () => 0.05 + random.uniform());
        const cause = power();
        const gain = power();
        const { forward, backward } = causalDirection(
          cause,
          cause.map((value, u) => value * gain[u]!),
        );
        expect((forward * backward) / directionProduct(gain)).toBeCloseTo(1, 12);
        expect(forward * backward).toBeLessThanOrEqual(1 + 1e-12);
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  it('has a backward ratio of .6 for h = (1, 1/2) on a white cause (closed form: <|h|²><1/|h|²> = 5/3)', () => {
    const filter = new Float64Array(4096);
    filter.set([1, 0.5]);
    const gain = powerSpectrum(filter);
    const direction = causalDirection(new Float64Array(4096).fill(1), gain);
    expect(direction.forward).toBeCloseTo(1, 12);
    expect(direction.backward).toBeCloseTo(0.6, 12);
    expect(direction.direction).toBe('forward');
    expect(causalDirection(gain, new Float64Array(4096).fill(1)).direction).toBe('backward');
  });

  it('tells 2,000 random pairs apart as often as NumPy does', () => {
    // Oracle: test/oracles/theory.py; standard errors from its deviation and from the binomial law.
    const pairs = randomDirections({ trials: 2000, length: 256, taps: 10, seed: 1 });
    const expected = oracle.direction;
    const forward = pairs.map((pair) => pair.forward);
    expect(Math.abs(mean(forward) - expected.mean)).toBeLessThan(
      5 * Math.SQRT2 * (expected.deviation / Math.sqrt(2000)),
    );
    expect(standardDeviation(forward) / expected.deviation).toBeCloseTo(1, 0.9);
    expect(Math.abs(median(forward) - expected.median)).toBeLessThan(0.04);
    expect(Math.abs(median(pairs.map((pair) => pair.backward)) - expected.backwardMedian)).toBeLessThan(0.03);
    expect(Math.max(...pairs.map((pair) => pair.forward * pair.backward))).toBeLessThan(1);
    const correct = pairs.filter(({ direction }) => direction === 'forward').length / 2000;
    expect(Math.abs(correct - 0.96)).toBeLessThan(5 * Math.sqrt((0.96 * 0.04) / 2000));
  });

  it('by traces: NumPy’s number for full matrices, Proposition 5 for diagonal ones', () => {
    const { a, b, ratio } = oracle.trace;
    expect(traceRatio(Float64Array.from(a), Float64Array.from(b))).toBeCloseTo(ratio, 12);
    const diagonal = (values: readonly number[]): Float64Array =>
      Float64Array.from({ length: 9 }, (_, i) => (i % 4 === 0 ? values[i / 4]! : 0));
    const trace = traceRatio(diagonal([1, 2, 3]), diagonal([2, 0.5, 1]));
    expect(trace).toBeCloseTo(diagonalGenericRatio(Float64Array.of(2, 0.5, 1), Float64Array.of(1, 2, 3)), 14);
  });

  it('says what it cannot compare', () => {
    const ones = new Float64Array(4).fill(1);
    expect(() => causalDirection(ones, Float64Array.of(1, 0, 1, 1))).toThrow('At frequency 1');
    expect(() => causalDirection(ones, new Float64Array(5))).toThrow('4 and 5 frequencies');
    expect(() => traceRatio(new Float64Array(4), new Float64Array(9))).toThrow('4 and 9 entries');
  });
});

describe(`Model 2 with the spectral step ${paper('model-2', 'eq-13')}`, () => {
  const pairOf = (law: 'uniform' | 'lognormal', seed: number): DiagonalPair => {
    const random = createRandom(seed, 1);
    const draw = (): Float64Array =>
      Float64Array.from({ length: 100 }, () => distributions[law].draw(random));
    return { a: draw(), b: draw() };
  };

  // Oracle: eight runs of each case with d = 101 and 12,000 steps, test/oracles/theory.py.
  it.each(oracle.model2)('$law, λ = $strength on $spectral: ρ′ and error as NumPy’s', (expected) => {
    const runs = Array.from({ length: 8 }, (_, seed) => {
      const drawn = pairOf(expected.law as 'uniform' | 'lognormal', seed);
      const truth = expected.equalNorms ? equalNorms(drawn) : drawn;
      const spectral = expected.spectral as SpectralSides;
      const setting = {
        stepSize: 0.02,
        noise: 0.5,
        steps: 12_000,
        spectral,
        strength: expected.strength,
        seed,
      };
      const end = descendDiagonal(truth, truth, setting);
      return [diagonalGenericRatio(end.b, end.a), diagonalExtrapolationError(end, truth)] as const;
    });
    for (const i of [0, 1] as const) {
      const ours = mean(runs.map((run) => run[i]));
      expect(Math.abs(ours - expected.mean[i]!)).toBeLessThan(4 * expected.deviation[i]! * Math.sqrt(2 / 8));
    }
  });

  it('one-sided makes the error larger than none; on both sides, norms equal, ten times smaller; ρ′ near 1 + η²σ²/(2λm)', () => {
    const truth = equalNorms(pairOf('uniform', 1));
    const end = (spectral: SpectralSides, strength: number): DiagonalPair =>
      descendDiagonal(truth, truth, {
        stepSize: 0.02,
        noise: 0.5,
        steps: 12_000,
        spectral,
        strength,
        seed: 1,
      });
    const error = (pair: DiagonalPair): number => diagonalExtrapolationError(pair, truth);
    const both = end('both', 1e-3);
    expect(error(end('k2', 1e-3))).toBeGreaterThan(error(end('none', 0)));
    expect(error(both)).toBeLessThan(error(end('none', 0)) / 5);
    // Derived for equal norms m = 1: 1.05.
    expect(
      Math.abs(diagonalGenericRatio(both.b, both.a) - (1 + (0.02 ** 2 * 0.5 ** 2) / (2 * 1e-3))),
    ).toBeLessThan(0.02);
  });

  it('stays finite with heavy tails and a strong step, where an uncapped one runs away', () => {
    const truth = pairOf('lognormal', 2);
    const end = descendDiagonal(truth, truth, {
      stepSize: 0.02,
      noise: 0.5,
      steps: 12_000,
      spectral: 'k2',
      strength: 1e-2,
      seed: 2,
    });
    expect(Number.isFinite(diagonalGenericRatio(end.b, end.a))).toBe(true);
  });
});

describe(`Model 1 with several channels ${paper('model-1')}`, () => {
  const drawn = (rows: number, columns: number, normal: () => number): ComplexMatrix => {
    const out = complexMatrix(rows, columns);
    out.re.forEach((_, i) => {
      out.re[i] = normal();
      out.im[i] = normal();
    });
    return out;
  };

  it('changes D = K2ᴴK2 − K1K1ᴴ by 4η²(K1RᴴRK1ᴴ − K2ᴴRRᴴK2) (derived, exact)', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 4 }),
        (seed, hidden, inputs, outputs) => {
          const normal = createNormal(createRandom(seed));
          const first = drawn(hidden, inputs, normal);
          const second = drawn(outputs, hidden, normal);
          const residual = drawn(outputs, inputs, normal);
          const next = multiChannelStep(first, second, residual, 0.01);
          const left = matrixProduct(first, adjoint(residual));
          const right = matrixProduct(adjoint(second), residual);
          const change = matrixSum(
            matrixProduct(left, adjoint(left)),
            matrixProduct(right, adjoint(right)),
            -1,
          );
          const expected = matrixSum(balancedness(first, second), change, 4e-4);
          expect(largestDifference(balancedness(next.first, next.second), expected)).toBeLessThan(1e-13);
        },
      ),
      { seed: 2, numRuns: 60 },
    );
  });

  it('shrinks D on average by 1 − 4η²nσ² under isotropic noise, n inputs and n outputs (derived), within 2 %', () => {
    const normal = createNormal(createRandom(9));
    const real = (rows: number, columns: number, size: number): ComplexMatrix => {
      const out = complexMatrix(rows, columns);
      out.re.forEach((_, i) => (out.re[i] = size * normal()));
      return out;
    };
    const first = real(6, 4, 1);
    const second = real(4, 6, 1);
    const before = balancedness(first, second);
    const draws = 40_000;
    let change = complexMatrix(6, 6);
    for (let draw = 0; draw < draws; draw++) {
      const next = multiChannelStep(first, second, real(4, 4, 0.5), 0.01);
      change = matrixSum(change, matrixSum(balancedness(next.first, next.second), before, -1), 1 / draws);
    }
    const predicted = before.re.map((value) => -4 * 1e-4 * 4 * 0.25 * value);
    const norm = (values: Float64Array): number => Math.hypot(...values);
    expect(norm(change.re.map((value, i) => value - predicted[i]!)) / norm(predicted)).toBeLessThan(0.02);
  });

  it('ends at one extrapolation error for 1, 2, 4, 8 and 16 channels: with one input and output, channels do not slow the drift', () => {
    const truth = eyeGenerator({ height: 1, width: 61 }, 13, [lineEye]).spectra;
    const setting = { stepSize: 1e-3, noise: 0.5, steps: 40_000, seed: 1 };
    const runs = [1, 2, 4, 8, 16].map((channels) => {
      const random = createRandom(3, channels);
      const omegas = Array.from({ length: channels }, () =>
        randomOmega({ height: 1, width: 61 }, { spread: 0.3, phase: 'zero' }, random),
      );
      return trainChannels(truth, omegas, setting);
    });
    // One channel from the truth ends near .255 (NumPy, four runs): the end does not remember how many there were.
    const single = oracle.fig3b.plain.mean[4]![1]!;
    for (const { after } of runs) expect(Math.abs(after - single)).toBeLessThan(0.02);
    expect(runs[4]!.before).toBeLessThan(runs[0]!.before);
  });

  it('with one channel and ω = 1 is the run of Figure 3b', () => {
    const truth = eyeGenerator({ height: 1, width: 61 }, 13, [lineEye]).spectra;
    const ones = { re: new Float64Array(61).fill(1), im: new Float64Array(61) };
    const run = trainChannels(truth, [ones], { stepSize: 1e-3, noise: 0.5, steps: 2000, seed: 1 });
    expect(run.before).toBeLessThan(1e-25);
    const figure = fig3b({ steps: 2000, points: 2 }).extrapolationError;
    expect(run.after / figure[figure.length - 1]!).toBeGreaterThan(0.5);
    expect(run.after / figure[figure.length - 1]!).toBeLessThan(2);
  });
});
