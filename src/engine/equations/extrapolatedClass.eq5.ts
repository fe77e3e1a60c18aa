import type { ComplexArray } from '../math/complexArray.ts';
import { stretchSpectrum, stretchingGroup } from '../math/stretchingGroup.ts';
import { convolve } from './circularConvolution.eq3.ts';
import type { KernelPair } from './solutionSet.eq4.ts';

/**
 * Equation (5), the extrapolated class of Model 1 in one dimension (paper, Section 2.4): {(g·k̂1) ⊙ k̂2, g ∈ S}, as spectra
 * in the order g = 1 … d − 1. With π̂ nowhere zero a spectrum stands for the distribution of X (paper, Proposition 2).
 */
export function extrapolatedClass(pair: KernelPair): ComplexArray[] {
  return stretchingGroup(pair.first.re.length).map((g) =>
    convolve(stretchSpectrum(pair.first, g), pair.second),
  );
}

/** Largest difference over the frequencies above zero; the constant is no part of the extrapolated class. */
function difference(a: ComplexArray, b: ComplexArray): number {
  let largest = 0;
  for (let u = 1; u < a.re.length; u++)
    largest = Math.max(largest, Math.hypot(a.re[u]! - b.re[u]!, a.im[u]! - b.im[u]!));
  return largest;
}

/** The Hausdorff distance between two classes: 0 where they are equal as sets, whatever the order (Definition 1). */
export function classDistance(a: readonly ComplexArray[], b: readonly ComplexArray[]): number {
  const from = (x: readonly ComplexArray[], y: readonly ComplexArray[]): number =>
    x.reduce(
      (worst, one) =>
        Math.max(
          worst,
          y.reduce((best, other) => Math.min(best, difference(one, other)), Infinity),
        ),
      0,
    );
  return Math.max(from(a, b), from(b, a));
}
