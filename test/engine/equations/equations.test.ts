import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  circularConvolution,
  circularConvolution2d,
} from '../../../src/engine/equations/circularConvolution.eq3.ts';
import {
  diagonalContrast,
  diagonalGenericRatio,
  diagonalModel,
  stretchDiagonal,
} from '../../../src/engine/equations/diagonalModel.eq9.ts';
import { classDistance, extrapolatedClass } from '../../../src/engine/equations/extrapolatedClass.eq5.ts';
import { genericRatio } from '../../../src/engine/equations/genericRatio.eq6.ts';
import {
  infiniteDataDescent,
  infiniteDataLoss,
} from '../../../src/engine/equations/infiniteDataLoss.eq10.ts';
import { powerContrast } from '../../../src/engine/equations/powerContrast.eq7.ts';
import type { KernelPair } from '../../../src/engine/equations/solutionSet.eq4.ts';
import {
  balancedOmega,
  composeWith,
  randomOmega,
  requireInvertible,
  trivialOmega,
} from '../../../src/engine/equations/solutionSet.eq4.ts';
import { spectralDensityRatio } from '../../../src/engine/equations/spectralDensityRatio.eq8.ts';
import { stochasticLoss, stochasticStep } from '../../../src/engine/equations/stochasticLoss.eq11.ts';
import {
  complexDivide,
  complexMultiply,
  largestDifference,
  squaredModulus,
} from '../../../src/engine/math/complexArray.ts';
import { dft, inverseDft, powerSpectrum } from '../../../src/engine/math/dft.ts';
import { orthogonalGroup, permutations, translations } from '../../../src/engine/math/haar.ts';
import { createRandom } from '../../../src/engine/math/random.ts';
import { mean } from '../../../src/engine/math/statistics.ts';
import { stretch, stretchingGroup } from '../../../src/engine/math/stretchingGroup.ts';
import { eyeGenerator, lineEye } from '../../../src/engine/theory/eyeGenerator.ts';
import { paper } from '../../paper/requirements.ts';

function noise(length: number, seed: number): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length }, () => random.normal());
}

function positive(length: number, seed: number): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length }, () => random.between(0.5, 1.5));
}

/** A real, invertible pair on `length` frequencies. */
function pairOf(length: number, seed: number): KernelPair {
  const random = createRandom(seed);
  const kernel = (): KernelPair['first'] =>
    randomOmega({ height: 1, width: length }, { spread: 0.5, phase: 'uniform' }, random);
  return { first: kernel(), second: kernel() };
}

describe(`circular convolution ${paper('eq-3')}`, () => {
  it.each([1, 2, 7, 61, 64, 211])('length %i: is Σ_m k(m) v((n − m) mod N) (closed form)', (length) => {
    const k = noise(length, 1);
    const v = noise(length, 2);
    const sum = v.map((_, n) =>
      k.reduce((total, value, m) => total + value * v[(n - m + length) % length]!, 0),
    );
    const worst = Math.max(...circularConvolution(k, v).map((value, n) => Math.abs(value - sum[n]!)));
    expect(worst).toBeLessThan(1e-12 * length);
  });

  it('in two dimensions, with one pixel, moves the picture around the torus', () => {
    const v = noise(35, 3);
    const k = new Float64Array(35);
    k[2 * 7 + 3] = 1;
    const moved = circularConvolution2d(k, v, 5, 7);
    const worst = moved.map((value, i) =>
      Math.abs(value - v[((Math.floor(i / 7) + 3) % 5) * 7 + (((i % 7) + 4) % 7)]!),
    );
    expect(Math.max(...worst)).toBeLessThan(1e-12);
  });

  it('names sizes that do not fit', () => {
    expect(() => circularConvolution(new Float64Array(3), new Float64Array(4))).toThrow(
      'kernel of 3 and a signal of 4',
    );
    expect(() => circularConvolution2d(new Float64Array(35), new Float64Array(34), 5, 7)).toThrow(
      '5 × 7 = 35',
    );
  });
});

describe(`the solution set ${paper('eq-2', 'eq-4', 'proposition-1')}`, () => {
  it('keeps k̂1 k̂2, and is closed: ω1 then ω2 is ω1ω2, and ω⁻¹ leads back (closed form)', () => {
    fc.assert(
      fc.property(fc.constantFrom(7, 31, 61), fc.nat(), fc.nat(), (length, seed, other) => {
        const truth = pairOf(length, seed);
        const { first: omega, second: next } = pairOf(length, other + 1);
        const member = composeWith(truth, omega);
        const product = complexMultiply(truth.first, truth.second);
        expect(largestDifference(complexMultiply(member.first, member.second), product)).toBeLessThan(1e-12);
        const twice = composeWith(member, next);
        const once = composeWith(truth, complexMultiply(omega, next));
        expect(largestDifference(twice.first, once.first)).toBeLessThan(1e-12);
        const back = composeWith(member, complexDivide(complexDivide(omega, omega), omega));
        expect(largestDifference(back.second, truth.second)).toBeLessThan(1e-12);
        requireInvertible(twice.first, 'k1');
        requireInvertible(twice.second, 'k2');
        expect(Math.max(...inverseDft(twice.first).im.map(Math.abs))).toBeLessThan(1e-12);
      }),
      { seed: 4, numRuns: 40 },
    );
  });

  it('has the rescaled and translated kernels as trivial members', () => {
    const k = noise(31, 5);
    const truth = { first: dft(noise(31, 6)), second: dft(k) };
    const second = inverseDft(composeWith(truth, trivialOmega(31, -2, 4)).second).re;
    expect(Math.max(...second.map((value, n) => Math.abs(value + 2 * k[(n + 27) % 31]!)))).toBeLessThan(
      1e-12,
    );
  });

  it('holds a random ω on a plane to the symmetry of real kernels', () => {
    const omega = randomOmega({ height: 6, width: 7 }, { spread: 0.5, phase: 'uniform' }, createRandom(7));
    for (let index = 0; index < 42; index++) {
      const mirror = ((6 - Math.floor(index / 7)) % 6) * 7 + ((7 - (index % 7)) % 7);
      expect([omega.re[mirror], omega.im[mirror]]).toEqual([
        omega.re[index],
        omega.im[index] === 0 ? 0 : -omega.im[index]!,
      ]);
    }
  });

  it('has no larger ratio (8) than <|ĉ|²>/<|ĉ|>², which the balanced member reaches (derived)', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(7, 31, 61),
        fc.nat(),
        fc.double({ min: 0.05, max: 2, noNaN: true }),
        (length, seed, spread) => {
          const truth = pairOf(length, seed);
          const ratio = ({ first, second }: KernelPair): number =>
            spectralDensityRatio(squaredModulus(first), squaredModulus(second));
          const power = squaredModulus(complexMultiply(truth.first, truth.second)).subarray(1);
          const bound = mean(power) / mean(power.map(Math.sqrt)) ** 2;
          const omega = randomOmega(
            { height: 1, width: length },
            { spread, phase: 'uniform' },
            createRandom(seed, 1),
          );
          expect(ratio(composeWith(truth, omega))).toBeLessThanOrEqual(bound * (1 + 1e-12));
          expect(ratio(composeWith(truth, balancedOmega(truth))) / bound).toBeCloseTo(1, 12);
        },
      ),
      { seed: 5, numRuns: 100 },
    );
  });

  it('says which kernel has a zero, and where', () => {
    const two = new Float64Array(8);
    two[0] = two[4] = 1; // 1 + e^{−iπu} vanishes at odd u
    expect(() => {
      requireInvertible(dft(two), 'k1');
    }).toThrow('The kernel k1 has a zero in its spectrum, at frequency 1');
  });
});

describe(`the extrapolated class ${paper('eq-5', 'definition-1')}`, () => {
  it('has a member for each stretch, and is compared as a set', () => {
    const members = extrapolatedClass(pairOf(11, 1));
    expect(members).toHaveLength(10);
    expect(classDistance(members, members.slice().reverse())).toBe(0);
    expect(classDistance(members, extrapolatedClass(pairOf(11, 2)))).toBeGreaterThan(0.01);
    expect(classDistance(members, members.slice(1))).toBeGreaterThan(0.01);
  });
});

describe(`the generic ratio ${paper('eq-6', 'definition-2')}`, () => {
  it('is the contrast over its mean over the elements', () => {
    const first = noise(7, 1);
    const model = {
      first,
      act: (g: number, values: Float64Array) => stretch(values, g),
      contrast: (values: Float64Array) => 1 + values[1]! ** 2,
      group: { kind: 'finite' as const, elements: stretchingGroup(7) },
    };
    const average = mean(first.subarray(1).map((value) => 1 + value ** 2)); // stretching brings each of 1 … 6 to 1 once
    expect(genericRatio(model)).toBeCloseTo((1 + first[1]! ** 2) / average, 14);
    expect(genericRatio(model, { by: 'sampling', samples: 40_000, seed: 1 })).toBeCloseTo(
      genericRatio(model),
      1,
    );
  });

  it('is 1 where the group leaves the contrast as it is: translations, exchanges of colours, rotations of colours', () => {
    const power = (values: Float64Array): number => values.reduce((sum, value) => sum + value * value, 0);
    const shifted = (shift: number, values: Float64Array): Float64Array =>
      values.map((_, n) => values[(n + shift) % values.length]!);
    const ordered = (order: readonly number[], values: Float64Array): Float64Array =>
      values.map((_, c) => values[order[c]!]!);
    const turned = (m: Float64Array, values: Float64Array): Float64Array =>
      values.map((_, i) => values.reduce((sum, value, j) => sum + m[3 * i + j]! * value, 0));
    const first = noise(3, 2);
    const ratios = [
      genericRatio({ first, act: shifted, contrast: power, group: translations(3) }),
      genericRatio({ first, act: ordered, contrast: power, group: permutations(3) }),
      genericRatio(
        { first, act: turned, contrast: power, group: orthogonalGroup(3) },
        { by: 'sampling', samples: 50, seed: 3 },
      ),
    ];
    for (const ratio of ratios) expect(ratio).toBeCloseTo(1, 12);
  });

  it('says what it cannot average', () => {
    const model = {
      first: 1,
      act: (_: unknown, value: number) => value,
      contrast: () => 0,
      group: translations(2),
    };
    expect(() => genericRatio(model)).toThrow('averages to 0');
    expect(() => genericRatio(model, { by: 'sampling', samples: 0, seed: 1 })).toThrow('0 draws');
    expect(() => genericRatio({ ...model, group: orthogonalGroup(2) })).toThrow('no list of elements');
  });
});

it(`the power contrast takes 80.2333 for 52 of 60 stretches of Example 1, more for the 8 that overlap ${paper('eq-7')}`, () => {
  // Numbers: NumPy on the same kernels; 80.2333 = 4814/60 from Parseval's formula: (N·2·45 − (2·13)²)/60, 45 = Σe², 13 = Σe.
  const { k1, k2 } = eyeGenerator({ height: 1, width: 61 }, 13, [lineEye]);
  const eye = powerSpectrum(k2);
  const powers = stretchingGroup(61).map((g) => powerContrast(powerSpectrum(stretch(k1, g)), eye));
  const apart = (61 * 2 * 45 - 26 ** 2) / 60;
  expect(powers.filter((power) => Math.abs(power - apart) < 1e-9)).toHaveLength(52);
  const overlapping = powers.filter((power) => Math.abs(power - apart) >= 1e-9).sort((x, y) => x - y);
  expect(overlapping.map((power) => power.toFixed(2))).toEqual([
    '82.27',
    '82.27',
    '92.43',
    '92.43',
    '118.87',
    '118.87',
    '153.43',
    '153.43',
  ]);
});

describe(`Model 2 ${paper('eq-9', 'model-2', 'proposition-5')}`, () => {
  it('is a product coordinate by coordinate, with the contrast <a² ⊙ b²>', () => {
    const x = diagonalModel(Float64Array.of(1, 2), Float64Array.of(3, 4), Float64Array.of(0.5, 2));
    expect(Array.from(x)).toEqual([1.5, 16]);
    expect(diagonalContrast(Float64Array.of(1, 2), Float64Array.of(3, 4))).toBe((9 + 64) / 2);
  });

  it('has the enumerated generic ratio of Proposition 5 for random primes', () => {
    fc.assert(
      fc.property(fc.constantFrom(5, 7, 13, 31, 61), fc.nat(), (d, seed) => {
        const a = positive(d - 1, seed);
        const b = positive(d - 1, seed + 1);
        const enumerated = genericRatio({
          first: b,
          act: (g: number, values) => stretchDiagonal(values, g),
          contrast: (values) => diagonalContrast(values, a),
          group: { kind: 'finite', elements: stretchingGroup(d) },
        });
        expect(diagonalGenericRatio(b, a) / enumerated).toBeCloseTo(1, 12);
      }),
      { seed: 6, numRuns: 40 },
    );
  });

  it('says what is wrong with coefficients', () => {
    expect(() => diagonalModel(new Float64Array(2), new Float64Array(3), new Float64Array(2))).toThrow(
      '2 and 3 coefficients',
    );
    expect(() => diagonalGenericRatio(new Float64Array(2), new Float64Array(2))).toThrow('<a²> is 0');
    expect(() => stretchDiagonal(new Float64Array(6), 7)).toThrow('7 is no element');
  });
});

it(`ρ′ of the moduli is ρ of the kernels; of the squared moduli, as printed, it is not ${paper('eq-12')}`, () => {
  const first = powerSpectrum(noise(31, 1));
  const second = powerSpectrum(noise(31, 2));
  const ratio = spectralDensityRatio(first, second);
  const moduli = (power: Float64Array): Float64Array => power.subarray(1).map(Math.sqrt);
  expect(diagonalGenericRatio(moduli(first), moduli(second))).toBeCloseTo(ratio, 12);
  expect(Math.abs(diagonalGenericRatio(first.subarray(1), second.subarray(1)) - ratio)).toBeGreaterThan(0.05);
});

it(`the descent on infinite data is minus the gradient of the loss ${paper('eq-10')}`, () => {
  const step = 1e-6;
  const [da, db] = infiniteDataDescent(1, 2, 0.3);
  expect((infiniteDataLoss(1, 2 - step, 0.3) - infiniteDataLoss(1, 2 + step, 0.3)) / (2 * step)).toBeCloseTo(
    da,
    7,
  );
  expect((infiniteDataLoss(1, 2, 0.3 - step) - infiniteDataLoss(1, 2, 0.3 + step)) / (2 * step)).toBeCloseTo(
    db,
    7,
  );
});

describe(`one step of stochastic descent ${paper('eq-11')}`, () => {
  it('is η times minus the gradient of the loss of one sample', () => {
    const step = 1e-6;
    const [a, b] = stochasticStep(1.4, 2, 0.3, 0.01);
    expect((a - 2) / 0.01).toBeCloseTo(
      (stochasticLoss(1.4, 2 - step, 0.3) - stochasticLoss(1.4, 2 + step, 0.3)) / (2 * step),
      6,
    );
    expect((b - 0.3) / 0.01).toBeCloseTo(
      (stochasticLoss(1.4, 2, 0.3 - step) - stochasticLoss(1.4, 2, 0.3 + step)) / (2 * step),
      6,
    );
  });

  it('multiplies a² − b² by 1 − 4η²r², a − b by 1 − 2ηr and a + b by 1 + 2ηr (derived, exact)', () => {
    const value = fc.double({ min: 0.01, max: 3, noNaN: true });
    fc.assert(
      fc.property(value, value, fc.double({ min: -3, max: 5, noNaN: true }), (a, b, sample) => {
        const r = sample - a * b;
        const [nextA, nextB] = stochasticStep(sample, a, b, 0.02);
        expect(
          Math.abs(nextA ** 2 - nextB ** 2 - (a ** 2 - b ** 2) * (1 - 4 * 0.02 ** 2 * r * r)),
        ).toBeLessThan(1e-13);
        expect(Math.abs(nextA - nextB - (a - b) * (1 - 2 * 0.02 * r))).toBeLessThan(1e-14);
        expect(Math.abs(nextA + nextB - (a + b) * (1 + 2 * 0.02 * r))).toBeLessThan(1e-14);
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});
