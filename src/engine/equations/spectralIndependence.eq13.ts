import { StudioError } from '../../contract/errors.ts';
import type { ComplexArray } from '../math/complexArray.ts';
import { complexZeros, squaredModulus } from '../math/complexArray.ts';
import { quadraticForm } from '../math/spectralMatrix.ts';
import { frequencyMean, frequencyMeanOfProduct } from './frequencyMean.ts';
import type { SpectralDensityRatioForm } from './spectralDensityRatio.eq8.ts';

/**
 * Equation (13), the objective that enforces spectral independence (paper, Section 3.4), over k2 with k1 held fixed:
 *
 *   (ρ(k1, k2) − 1)² <|k̂2|²>² = s²,   s = <|k̂2|² ⊙ w>,   w = |k̂1|² / <|k̂1|²> − 1
 *
 *   k1  kernel before (or the map: then |k̂1|² is E|V̂|²)     k2  kernel that is changed     <·>  mean over frequencies kept
 *
 * The kernels are the current ones, and <|k̂2|²> is squared: the formula says so, the sentence before it does not.
 */
export function independenceWeight(mapPower: Float64Array, dropped: readonly number[] = [0]): Float64Array {
  const mean = frequencyMean(mapPower, dropped);
  if (!(mean > 0) || !Number.isFinite(mean)) {
    throw new StudioError(
      'wrong-usage',
      `The map has a mean power of ${mean} over the frequencies kept: spectral independence needs it above zero.`,
    );
  }
  const weight = mapPower.map((power) => power / mean - 1);
  for (const index of dropped) weight[index] = 0;
  return weight;
}

/** s = <|k̂2|² ⊙ w>; negative where ρ < 1, and zero exactly where ρ = 1. */
export function spectralDependence(
  kernelPower: Float64Array,
  weight: Float64Array,
  dropped: readonly number[] = [0],
): number {
  return frequencyMeanOfProduct(kernelPower, weight, dropped);
}

/** The objective (13) itself, s². */
export function spectralIndependenceObjective(
  mapPower: Float64Array,
  kernelPower: Float64Array,
  dropped: readonly number[] = [0],
): number {
  return spectralDependence(kernelPower, independenceWeight(mapPower, dropped), dropped) ** 2;
}

/**
 * The gradient of (13) with respect to the real and imaginary parts of k̂2(u): 4·s·w(u)·k̂2(u)/M, with M the number of
 * frequencies kept (derived). Zero at the dropped ones.
 */
export function spectralIndependenceGradient(
  mapPower: Float64Array,
  kernelSpectrum: ComplexArray,
  dropped: readonly number[] = [0],
): ComplexArray {
  const weight = independenceWeight(mapPower, dropped);
  const s = spectralDependence(squaredModulus(kernelSpectrum), weight, dropped);
  const kept = weight.length - new Set(dropped).size;
  const out = complexZeros(weight.length);
  for (let u = 0; u < weight.length; u++) {
    const factor = (4 * s * weight[u]!) / kept;
    out.re[u] = factor * kernelSpectrum.re[u]!;
    out.im[u] = factor * kernelSpectrum.im[u]!;
  }
  return out;
}

/** T = R/<S> − R₁, so that s = kᵀTk for the taps k of a small kernel (derived). Square, taps × taps, row by row. */
export function independenceMatrix(form: SpectralDensityRatioForm): Float64Array {
  return form.numerator.map((value, index) => value - form.denominator[index]!);
}

/**
 * s = kᵀTk and the gradient of s² with respect to the taps, 4·s·Tk, for one kernel whose taps are
 * `values[offset + t·stride]`, row by row (derived).
 */
export function spectralIndependenceOfTaps(
  matrix: Float64Array,
  values: ArrayLike<number>,
  offset = 0,
  stride = 1,
): { s: number; gradient: Float64Array } {
  const size = Math.round(Math.sqrt(matrix.length));
  const s = quadraticForm(matrix, values, offset, stride);
  const gradient = new Float64Array(size);
  for (let a = 0; a < size; a++) {
    let row = 0;
    for (let b = 0; b < size; b++) row += matrix[a * size + b]! * values[offset + b * stride]!;
    gradient[a] = 4 * s * row;
  }
  return { s, gradient };
}
