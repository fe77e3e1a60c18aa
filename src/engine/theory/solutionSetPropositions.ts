import { convolve } from '../equations/circularConvolution.eq3.ts';
import { stretchDiagonal } from '../equations/diagonalModel.eq9.ts';
import { classDistance, extrapolatedClass } from '../equations/extrapolatedClass.eq5.ts';
import type { KernelPair } from '../equations/solutionSet.eq4.ts';
import { composeWith, randomOmega } from '../equations/solutionSet.eq4.ts';
import type { ComplexArray } from '../math/complexArray.ts';
import {
  complexDivide,
  complexFromPolar,
  complexMultiply,
  complexZeros,
  largestDifference,
} from '../math/complexArray.ts';
import { discreteLogarithms } from '../math/primes.ts';
import { createNormal } from '../math/normal.ts';
import type { Random } from '../math/random.ts';
import { createRandom } from '../math/random.ts';
import type { PropositionEvidence } from './propositionCheck.ts';
import { atLeast, atMost } from './propositionCheck.ts';

/** What rounding may leave of an identity. */
const exact = 1e-12;

/** A real, invertible kernel as a spectrum: its moduli are lognormal and stay away from zero. */
function randomKernel(length: number, random: Random): ComplexArray {
  return randomOmega({ height: 1, width: length }, { spread: 0.5, phase: 'uniform' }, random);
}

/** Complex normal numbers, for models on the positive frequencies alone. */
function randomComplex(length: number, random: Random): ComplexArray {
  const normal = createNormal(random);
  const out = complexZeros(length);
  for (let u = 0; u < length; u++) {
    out.re[u] = normal();
    out.im[u] = normal();
  }
  return out;
}

/** Proposition 1: the solution set of an invertible model is the composed one, and Ω is a group. */
export function proposition1(prime: number, seed: number): PropositionEvidence {
  const random = createRandom(seed);
  const truth: KernelPair = { first: randomKernel(prime, random), second: randomKernel(prime, random) };
  const product = convolve(truth.first, truth.second);
  const second = randomKernel(prime, random);
  const other: KernelPair = { first: complexDivide(product, second), second };
  const omega = complexDivide(other.second, truth.second);
  const reached = composeWith(truth, omega);
  const ones = complexDivide(omega, omega);
  const next = randomKernel(prime, random);
  const twice = composeWith(composeWith(truth, omega), next);
  const once = composeWith(truth, convolve(omega, next));
  const back = composeWith(reached, complexDivide(ones, omega));
  return {
    title: 'Every solution comes from an operation between the layers',
    statement:
      'For an invertible model Ω is a group, and for a functionally identifiable truth the composed over-parameterisation set is the whole solution set.',
    source: 'paper',
    caveat: null,
    checks: [
      atMost(
        'any other solution is (ω⁻¹ ⊗ k1*, k2* ⊗ ω): largest difference',
        Math.max(
          largestDifference(reached.first, other.first),
          largestDifference(reached.second, other.second),
        ),
        0,
        exact,
      ),
      atMost(
        'the member makes the same X: largest difference of k̂1 k̂2',
        largestDifference(convolve(reached.first, reached.second), product),
        0,
        exact,
      ),
      atMost(
        'ω1 then ω2 is ω1 ⊗ ω2',
        Math.max(largestDifference(twice.first, once.first), largestDifference(twice.second, once.second)),
        0,
        exact,
      ),
      atMost(
        'ω⁻¹ leads back to the truth',
        Math.max(largestDifference(back.first, truth.first), largestDifference(back.second, truth.second)),
        0,
        exact,
      ),
    ],
  };
}

/** Proposition 2: in one dimension a solution extrapolates like the truth only where ω̂ is constant above frequency 0. */
export function proposition2(prime: number, seed: number): PropositionEvidence {
  const random = createRandom(seed);
  const truth: KernelPair = { first: randomComplex(prime, random), second: randomComplex(prime, random) };
  const constant = complexFromPolar(new Float64Array(prime).fill(0.7), new Float64Array(prime).fill(0.4));
  constant.re[0] = 3;
  constant.im[0] = 0;
  const normal = createNormal(random);
  const numbers = (): Float64Array => Float64Array.from({ length: prime }, () => 0.3 * normal());
  const varied = complexFromPolar(numbers().map(Math.exp), numbers());
  const character = multiplicativeCharacter(prime);
  const squared = complexMultiply(character, character);
  const special: KernelPair = { first: character, second: truth.second };
  const between = (pair: KernelPair, omega: ComplexArray): number =>
    classDistance(extrapolatedClass(pair), extrapolatedClass(composeWith(pair, omega)));
  return {
    title: 'Extrapolating like the truth means being the truth, up to a factor',
    statement:
      '(k1, k2) is S-equivalent to (k1*, k2*) if and only if (k̂1, k̂2) = (λ⁻¹k̂1*, λk̂2*) for one λ and all u > 0.',
    source: 'paper',
    caveat:
      '"Only if" needs a generic k1* (derived): where k̂1* is a multiplicative character ψ of order 3 or more and ω̂ = ψ², the two classes coincide although ω̂ is not constant. Such k1* have measure zero.',
    checks: [
      atMost('distance of the classes, ω̂ = λ for all u > 0', between(truth, constant), 0, exact),
      atLeast('distance of the classes, ω̂ random', between(truth, varied), 0.01),
      atMost('distance of the classes, k̂1* a character ψ and ω̂ = ψ²', between(special, squared), 0, exact),
      atLeast('spread of that ω̂ over u > 0: it is not constant', spread(squared), 0.5),
    ],
  };
}

/** ψ with ψ(uv) = ψ(u)ψ(v), of the smallest order from 3 on that divides d − 1; ψ(0) is set to 1. */
function multiplicativeCharacter(prime: number): ComplexArray {
  let order = 3;
  while ((prime - 1) % order !== 0) order++;
  const logarithm = discreteLogarithms(prime);
  const phase = Float64Array.from({ length: prime }, (_, u) =>
    u === 0 ? 0 : (2 * Math.PI * (logarithm[u]! % order)) / order,
  );
  return complexFromPolar(new Float64Array(prime).fill(1), phase);
}

function spread(values: ComplexArray): number {
  let largest = 0;
  for (let u = 2; u < values.re.length; u++)
    largest = Math.max(largest, Math.hypot(values.re[u]! - values.re[1]!, values.im[u]! - values.im[1]!));
  return largest;
}

/** Proposition 7 (appendix; rebuilt): the same for Model 2. */
export function proposition7(prime: number, seed: number): PropositionEvidence {
  const random = createRandom(seed);
  const numbers = (): Float64Array =>
    Float64Array.from({ length: prime - 1 }, () => random.between(0.5, 1.5));
  const a = numbers();
  const b = numbers();
  const classOf = (first: Float64Array, second: Float64Array): ComplexArray[] =>
    Array.from({ length: prime - 1 }, (_, i) => {
      const values = stretchDiagonal(first, i + 1).map((value, k) => value * second[k]!);
      const re = new Float64Array(prime); // entry 0 stands for the missing constant
      re.set(values, 1);
      return { re, im: new Float64Array(prime) };
    });
  const truth = classOf(b, a);
  const factors = numbers();
  const varied = classOf(
    b.map((value, k) => value / factors[k]!),
    a.map((value, k) => value * factors[k]!),
  );
  const constant = classOf(
    b.map((value) => value / 2.5),
    a.map((value) => value * 2.5),
  );
  return {
    title: 'The same for Model 2',
    statement: '(A, B) is S-equivalent to (A*, B*) if and only if (a, b) = (λa*, λ⁻¹b*) for one λ > 0.',
    source: 'rebuilt',
    caveat:
      'The appendix that states it was not available: this is the analogue of Proposition 2 for Model 2, for generic b*.',
    checks: [
      atMost('distance of the classes, one λ for all coordinates', classDistance(truth, constant), 0, exact),
      atLeast('distance of the classes, a factor for each coordinate', classDistance(truth, varied), 0.01),
    ],
  };
}
