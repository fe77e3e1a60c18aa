import { StudioError } from '../../contract/errors.ts';
import { complexZeros } from '../math/complexArray.ts';
import { transform2d } from '../math/dft.ts';
import { lagCount, lagsBetweenTaps, tapCount, zeroLag } from '../math/lagTable.ts';
import type { LagTable } from '../math/lagTable.ts';
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

/** Below this share of the constant's power the rest of a spectrum is rounding. */
const roundingShare = 1e-12;

/**
 * r(l)/<S> of one map at the lags l between the taps of a small kernel, into `into`: its part of equation (8) in lags.
 *
 *   r(l) = (1/M) Σ_u S(u) cos(2πu·l/N),   <S> = r(0)
 *
 * r is the inverse transform of S without its constant, so one transform gives every lag (derived: S is even).
 * `power` is S on the map's own grid, size × size. False, and nothing is written, where the map is a constant.
 */
export function relativeLags(power: Float64Array, table: LagTable, into: Float64Array): boolean {
  const lags = complexZeros(power.length);
  lags.re.set(power);
  const constant = lags.re[0]!;
  lags.re[0] = 0;
  transform2d(lags, table.size, table.size, 'forward');
  const total = lags.re[0];
  if (!(total > constant * roundingShare)) return false;
  for (let lag = 0; lag < lagCount; lag++) {
    const at = table.place[lag]!;
    into[lag] = at < 0 ? 0 : lags.re[at]! / total;
  }
  return true;
}

/**
 * c(l) = Σ_m k(m) k(m + l), a kernel's part of equation (8) in lags, into `into`; its taps are `values[offset + t·stride]`.
 * Map and flat spectrum are even in l, so the lags of one half carry both halves' sum, and those of the other are left at 0.
 */
export function autocorrelation(
  values: ArrayLike<number>,
  offset: number,
  stride: number,
  into: Float64Array,
): void {
  const lags = lagsBetweenTaps;
  into.fill(0);
  for (let a = 0; a < tapCount; a++) {
    const left = values[offset + a * stride]!;
    const row = a * tapCount;
    into[zeroLag]! += left * left;
    for (let b = 0; b < a; b++) into[lags[row + b]!]! += 2 * left * values[offset + b * stride]!;
  }
}

/**
 * Equation (8) in lags, for kernels of a few taps, without their transforms:
 *
 *   ρ = Σ_l c(l) r(l)/<S> / Σ_l c(l) r₁(l),   r₁ = r with S = 1
 *
 * Derivation: |k̂(u)|² = Σ_l c(l) cos(2πu·l/N), since c is k's autocorrelation and even; put into <S ⊙ |k̂|²> and <|k̂|²>,
 * the mean over u of each lag's cosine is r(l), or r₁(l).
 *
 * @param correlation c, from `autocorrelation`
 * @param map r(l)/<S>, from `relativeLags`; its 81 numbers begin at `offset`
 * @param flat r₁, of the same table
 * @returns NaN where the kernel has no power but the constant's
 */
export function spectralDensityRatioOfLags(
  correlation: Float64Array,
  map: Float64Array,
  offset: number,
  flat: Float64Array,
): number {
  let numerator = 0;
  let denominator = 0;
  for (let lag = 0; lag < flat.length; lag++) {
    numerator += correlation[lag]! * map[offset + lag]!;
    denominator += correlation[lag]! * flat[lag]!;
  }
  return denominator > correlation[zeroLag]! * roundingShare ? numerator / denominator : NaN;
}
