import { StudioError } from '../../contract/errors.ts';
import { quadraticForm, spectralMatrix } from '../math/spectralMatrix.ts';
import { frequencyMean, frequencyMeanOfProduct } from './frequencyMean.ts';

/**
 * Equation (8), the Spectral Density Ratio (paper, Section 2.7, Proposition 4):
 *
 *   ρ(V, k2) = <E|k̂2 ⊙ V̂|²> / (<E|V̂|²> <|k̂2|²>)
 *
 *   V   random activation map, the cause      k2   kernel, the mechanism      <·>  mean over the frequencies kept
 *
 * `mapPower` is E|V̂|² (not centred on the mean map) and `kernelPower` is |k̂2|², of one length: N frequencies in one
 * dimension, height · width row by row in two. `dropped` are the places left out of every mean: [0], the constant, and
 * for a map widened by zeros every copy of the constant. 1 means spectral independence.
 * Throws `wrong-usage` where the lengths differ, or where one of the two has no power left.
 */
export function spectralDensityRatio(
  mapPower: Float64Array,
  kernelPower: Float64Array,
  dropped: readonly number[] = [0],
): number {
  const numerator = frequencyMeanOfProduct(mapPower, kernelPower, dropped);
  const map = requirePower(frequencyMean(mapPower, dropped), 'map');
  return numerator / (map * requirePower(frequencyMean(kernelPower, dropped), 'kernel'));
}

function requirePower(mean: number, whose: 'map' | 'kernel'): number {
  if (mean > 0 && Number.isFinite(mean)) return mean;
  throw new StudioError(
    'wrong-usage',
    `The ${whose} has a mean power of ${mean} over the frequencies kept: the spectral density ratio needs it above zero. Leave out ${whose}s that are constant.`,
  );
}

/** What equation (8) needs of one map to be taken for any number of small kernels. */
export interface SpectralDensityRatioForm {
  /** R/<S>, taps × taps, row by row. */
  readonly numerator: Float64Array;
  /** R with S = 1: kᵀR₁k = <|k̂|²>. */
  readonly denominator: Float64Array;
}

/**
 * Equation (8) for kernels of a few taps, without their transforms: ρ = kᵀRk / (<S> kᵀR₁k), exactly (derived).
 * `mapPower` is E|V̂|² on the grid on which the kernel acts.
 */
export function spectralDensityRatioForm(
  mapPower: Float64Array,
  grid: { height: number; width: number },
  kernel: { height: number; width: number },
  dropped: readonly number[] = [0],
): SpectralDensityRatioForm {
  const mean = requirePower(frequencyMean(mapPower, dropped), 'map');
  const ones = new Float64Array(mapPower.length).fill(1);
  return {
    numerator: spectralMatrix(mapPower, grid, kernel, dropped).map((value) => value / mean),
    denominator: spectralMatrix(ones, grid, kernel, dropped),
  };
}

/** ρ of one kernel; its taps are `values[offset + t·stride]`, row by row. */
export function spectralDensityRatioOfTaps(
  form: SpectralDensityRatioForm,
  values: ArrayLike<number>,
  offset = 0,
  stride = 1,
): number {
  const kernel = requirePower(quadraticForm(form.denominator, values, offset, stride), 'kernel');
  return quadraticForm(form.numerator, values, offset, stride) / kernel;
}
