import { StudioError } from '../../contract/errors.ts';
import { complexMultiply } from '../math/complexArray.ts';
import { dft, dft2d, inverseDft2dReal, inverseDftReal } from '../math/dft.ts';

/**
 * Equation (3), the circular convolution of Model 1 (paper, Section 2.2): X = k2 ⊗ V = k2 ⊗ k1 ⊗ Z, with
 *
 *   (k ⊗ v)(n) = Σ_m k(m) v((n − m) mod N),   (k ⊗ v)^ = k̂ ⊙ v̂
 *
 * k and v have one length N. Through the transform: exact to rounding for every N, primes too.
 */
export function circularConvolution(k: Float64Array, v: Float64Array): Float64Array {
  if (k.length !== v.length) {
    throw new StudioError(
      'wrong-usage',
      `A kernel of ${k.length} and a signal of ${v.length} numbers cannot be convolved on one circle: fill the shorter one with zeros.`,
    );
  }
  return inverseDftReal(complexMultiply(dft(k), dft(v)));
}

/** The same on a height × width torus, row by row. */
export function circularConvolution2d(
  k: Float64Array,
  v: Float64Array,
  height: number,
  width: number,
): Float64Array {
  if (k.length !== height * width || v.length !== height * width) {
    throw new StudioError(
      'wrong-usage',
      `A kernel of ${k.length} and a picture of ${v.length} numbers cannot be convolved on a grid of ${height} × ${width} = ${height * width}.`,
    );
  }
  return inverseDft2dReal(complexMultiply(dft2d(k, height, width), dft2d(v, height, width)), height, width);
}
