import type { KernelPair } from '../equations/solutionSet.eq4.ts';
import type { ComplexArray } from '../math/complexArray.ts';
import { modularInverse } from '../math/primes.ts';

/** Squared error of (g·k1) ⊗ k2 against the true extrapolation, relative to its square; by Parseval's formula, on spectra. */
export function extrapolationError(pair: KernelPair, truth: KernelPair, g: number): number {
  const length = truth.first.re.length;
  const inverse = modularInverse(g, length);
  let error = 0;
  let total = 0;
  for (let u = 0; u < length; u++) {
    const from = (inverse * u) % length;
    const [re, im] = productAt(pair.first, from, pair.second, u);
    const [trueRe, trueIm] = productAt(truth.first, from, truth.second, u);
    error += (re - trueRe) ** 2 + (im - trueIm) ** 2;
    total += trueRe * trueRe + trueIm * trueIm;
  }
  return error / total;
}

function productAt(a: ComplexArray, i: number, b: ComplexArray, j: number): readonly [number, number] {
  return [a.re[i]! * b.re[j]! - a.im[i]! * b.im[j]!, a.re[i]! * b.im[j]! + a.im[i]! * b.re[j]!];
}

/** The mean over the stretches g = 2 … d − 2: neither the identity nor the mirror. */
export function meanExtrapolationError(pair: KernelPair, truth: KernelPair): number {
  const length = truth.first.re.length;
  let sum = 0;
  for (let g = 2; g < length - 1; g++) sum += extrapolationError(pair, truth, g);
  return sum / (length - 3);
}
