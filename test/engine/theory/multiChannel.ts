import type { KernelPair } from '../../../src/engine/equations/solutionSet.eq4.ts';
import type { ComplexArray } from '../../../src/engine/math/complexArray.ts';
import { complexMultiply } from '../../../src/engine/math/complexArray.ts';
import type { ComplexMatrix } from './complexMatrix.ts';
import { adjoint, matrixProduct, matrixSum } from './complexMatrix.ts';
import { createNormalFill } from '../../../src/engine/math/normal.ts';
import { createRandom } from '../../../src/engine/math/random.ts';
import { halfSpectrum, wholeSpectrum } from '../../../src/engine/theory/fourierDescent.ts';
import { modularInverse } from '../../../src/engine/math/primes.ts';

/**
 * One SGD step at one frequency of Model 1 with several channels (derived): X = K2 K1 with K1 hidden × inputs and K2
 * outputs × hidden, residual R: K1 += 2η K2ᴴR, K2 += 2η R K1ᴴ, at once.
 */
export function multiChannelStep(
  first: ComplexMatrix,
  second: ComplexMatrix,
  residual: ComplexMatrix,
  stepSize: number,
): { first: ComplexMatrix; second: ComplexMatrix } {
  return {
    first: matrixSum(first, matrixProduct(adjoint(second), residual), 2 * stepSize),
    second: matrixSum(second, matrixProduct(residual, adjoint(first)), 2 * stepSize),
  };
}

/** D = K2ᴴK2 − K1K1ᴴ, hidden × hidden: what the flow conserves. */
export function balancedness(first: ComplexMatrix, second: ComplexMatrix): ComplexMatrix {
  return matrixSum(matrixProduct(adjoint(second), second), matrixProduct(first, adjoint(first)), -1);
}

/** What training did to X = Σ_c k2_c ⊗ k1_c ⊗ Z, C channels in parallel. */
export interface ChannelRun {
  readonly channels: number;
  /** Relative squared error against the true extrapolation, before and after training. */
  readonly before: number;
  readonly after: number;
}

/**
 * Trains C channels in parallel, one input and one output, from a solution: each channel is the truth composed with a
 * random ω of its own, over √C on both sides, so that their sum is the truth at g = 1 (our choice of start; the paper
 * says only that many channels may limit the drift). With one input and one output the matrix D of every frequency decays
 * by 1 − 4η²|r̂|² whatever C (derived): in this linear model more channels do not slow the drift. ω̂ is real and positive.
 */
export function trainChannels(
  truth: KernelPair,
  omegas: readonly ComplexArray[],
  setting: { stepSize: number; noise: number; steps: number; seed: number },
): ChannelRun {
  const channels = omegas.map((omega) => channelFrom(truth, omega, omegas.length));
  const target = halfSpectrum(complexMultiply(truth.first, truth.second));
  const before = channelError(channels, truth);
  const fill = createNormalFill(createRandom(setting.seed));
  const normal = new Float64Array(2 * target.re.length);
  for (let step = 0; step < setting.steps; step++) {
    fill(normal);
    descendChannels(channels, target, normal, setting);
  }
  return { channels: omegas.length, before, after: channelError(channels, truth) };
}

function channelFrom(truth: KernelPair, omega: ComplexArray, count: number): KernelPair {
  const share = Math.sqrt(count);
  const by = (values: ComplexArray, factor: (u: number) => number): ComplexArray =>
    halfSpectrum({ re: values.re.map((v, u) => v * factor(u)), im: values.im.map((v, u) => v * factor(u)) });
  return {
    first: by(truth.first, (u) => 1 / (omega.re[u]! * share)),
    second: by(truth.second, (u) => omega.re[u]! / share),
  };
}

function descendChannels(
  channels: readonly KernelPair[],
  target: ComplexArray,
  normal: Float64Array,
  setting: { stepSize: number; noise: number },
): void {
  const half = target.re.length;
  const part = setting.noise * Math.sqrt((2 * half - 1) / 2);
  const rate = 2 * setting.stepSize;
  for (let u = 0; u < half; u++) {
    let rr = target.re[u]! + (u === 0 ? part * Math.SQRT2 * normal[0]! : part * normal[2 * u]!);
    let ri = target.im[u]! + (u === 0 ? 0 : part * normal[2 * u + 1]!);
    for (const { first, second } of channels) {
      rr -= first.re[u]! * second.re[u]! - first.im[u]! * second.im[u]!;
      ri -= first.re[u]! * second.im[u]! + first.im[u]! * second.re[u]!;
    }
    for (const { first, second } of channels) {
      const ar = first.re[u]!;
      const ai = first.im[u]!;
      const br = second.re[u]!;
      const bi = second.im[u]!;
      first.re[u] = ar + rate * (br * rr + bi * ri);
      first.im[u] = ai + rate * (br * ri - bi * rr);
      second.re[u] = br + rate * (ar * rr + ai * ri);
      second.im[u] = bi + rate * (ar * ri - ai * rr);
    }
  }
}

/** Mean over g = 2 … d − 2 of the relative squared error of Σ_c (g·k1_c) ⊗ k2_c. */
function channelError(channels: readonly KernelPair[], truth: KernelPair): number {
  const whole = channels.map(({ first, second }) => ({
    first: wholeSpectrum(first),
    second: wholeSpectrum(second),
  }));
  const length = truth.first.re.length;
  let sum = 0;
  for (let g = 2; g < length - 1; g++) {
    const inverse = modularInverse(g, length);
    let error = 0;
    let total = 0;
    for (let u = 0; u < length; u++) {
      const from = (inverse * u) % length;
      let re = truth.first.re[from]! * truth.second.re[u]! - truth.first.im[from]! * truth.second.im[u]!;
      let im = truth.first.re[from]! * truth.second.im[u]! + truth.first.im[from]! * truth.second.re[u]!;
      total += re * re + im * im;
      for (const { first, second } of whole) {
        re -= first.re[from]! * second.re[u]! - first.im[from]! * second.im[u]!;
        im -= first.re[from]! * second.im[u]! + first.im[from]! * second.re[u]!;
      }
      error += re * re + im * im;
    }
    sum += error / total;
  }
  return sum / (length - 3);
}
