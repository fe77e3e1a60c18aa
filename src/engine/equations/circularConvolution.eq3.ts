import type { ComplexArray } from '../math/complexArray.ts';
import { complexMultiply } from '../math/complexArray.ts';
import { inverseDft2dRealPair } from '../math/dft.ts';

/**
 * Equation (3), the circular convolution of Model 1 (paper, Section 2.2): X = k2 ⊗ V = k2 ⊗ k1 ⊗ Z, with
 *
 *   (k ⊗ v)(n) = Σ_m k(m) v((n − m) mod N),   (k ⊗ v)^ = k̂ ⊙ v̂
 *
 * on spectra: k̂ and v̂ in, (k ⊗ v)^ out. Exact to rounding for every N, primes too.
 * Derivation: e^{−2πiu·n/N} = e^{−2πiu·m/N} e^{−2πiu·(n − m)/N}, and for each m the sum over n runs around the circle once.
 * Throws RangeError where the two have not one length.
 */
export function convolve(k: ComplexArray, v: ComplexArray): ComplexArray {
  return complexMultiply(k, v);
}

/** The two factors of a convolution, as spectra on one height × width torus, row by row; height 1 is a circle. */
export type ConvolutionFactors = readonly [k: ComplexArray, v: ComplexArray];

/**
 * Two convolutions of real kernels, as pictures: both come out of one inverse transform, of (k ⊗ v)^ + i(k′ ⊗ v′)^.
 * Derivation: the transform is linear and both results are real, so they are its real and its imaginary part.
 */
export function convolvedPair(
  first: ConvolutionFactors,
  second: ConvolutionFactors,
  height: number,
  width: number,
): [Float64Array, Float64Array] {
  return inverseDft2dRealPair([convolve(...first), convolve(...second)], height, width);
}
