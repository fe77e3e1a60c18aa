import type { SpectralOptions } from '../../contract/hyperParameters.ts';
import type { ComplexArray } from '../math/complexArray.ts';

/*
 * Equation (13), the objective that enforces spectral independence (paper, Section 3.4), over k2 with k1 held fixed:
 *
 *   (ρ(k1, k2) − 1)² <|k̂2|²>² = s²,   s = <|k̂2|² ⊙ w>,   w = |k̂1|² / <|k̂1|²> − 1
 *
 *   k1  kernel before (or the map: then |k̂1|² is S = E|V̂|²)     k2  kernel that is changed     <·>  mean over frequencies kept
 *
 * The kernels are the current ones, and <|k̂2|²> is squared: the formula says so, the sentence before it does not.
 * s is negative where ρ < 1, and zero exactly where ρ = 1.
 */

/**
 * One gradient step of (13) on the spectrum of a kernel, in place:
 *
 *   k̂2(u) ← k̂2(u) (1 − λ · 4 s w(u)/M),   M the number of frequencies kept.
 *
 * Derivation: ∂|k̂2(u)|²/∂k̂2(u) = 2 k̂2(u) in real and imaginary parts, so ∂s/∂k̂2(u) = 2 w(u) k̂2(u)/M, and that of s² is
 * 2s as much. Both means run over the entries from 1 on: entry 0 is the constant, and stays. Where the others come in pairs
 * of equal power, one of each pair is enough for the means, and `kept` still counts both.
 *
 * @param power |k̂2|² before the step
 * @param otherPower |k̂1|²
 * @param setting.strength λ
 * @param setting.largestShare no entry changes by more than this share: the whole step is shortened instead
 */
export function independenceStepOfSpectrum(
  spectrum: ComplexArray,
  power: Float64Array,
  otherPower: Float64Array,
  { strength, kept, largestShare }: { strength: number; kept: number; largestShare: number },
): void {
  const entries = power.length - 1;
  let otherMean = 0;
  let mean = 0;
  let product = 0;
  for (let u = 1; u <= entries; u++) {
    otherMean += otherPower[u]! / entries;
    mean += power[u]! / entries;
    product += (power[u]! * otherPower[u]!) / entries;
  }
  const s = product / otherMean - mean;
  const rate = (4 * strength * s) / kept;
  let largest = 0;
  for (let u = 1; u <= entries; u++)
    largest = Math.max(largest, Math.abs(rate * (otherPower[u]! / otherMean - 1)));
  const held = largest > largestShare ? (rate * largestShare) / largest : rate;
  for (let u = 1; u <= entries; u++) {
    const factor = 1 - held * (otherPower[u]! / otherMean - 1);
    spectrum.re[u] = spectrum.re[u]! * factor;
    spectrum.im[u] = spectrum.im[u]! * factor;
  }
}

/**
 * What the steps below are reckoned with: tensors that hold all kernels of a layer at once, or numbers in any other form.
 * Operations go entry by entry; a value with one entry for each kernel, or one for all, counts for each of their taps.
 */
export interface SliceArithmetic<T> {
  readonly minus: (a: T, b: T) => T;
  readonly times: (a: T, b: T) => T;
  /** 0 where b is 0. */
  readonly over: (a: T, b: T) => T;
  readonly scaled: (a: T, factor: number) => T;
  readonly squared: (a: T) => T;
  readonly root: (a: T) => T;
  readonly atMost: (a: T, limit: number) => T;
  /** Matrix times taps, for each kernel. */
  readonly product: (matrix: T, slices: T) => T;
  /** The sum over the taps of each kernel. */
  readonly tapSum: (a: T) => T;
  /** The mean over all kernels. */
  readonly mean: (a: T) => T;
}

/**
 * The matrix T of equation (13) for kernels of a few taps, by lags: T[a, b] = t(a − b),
 *
 *   s = kᵀTk,   t(l) = r(l)/<S> − r₁(l),   <S> = r(0)
 *
 * Derivation: <S ⊙ |k̂|²> = Σ_l c(l) r(l) as for equation (8), and c(l) = Σ_a k(a) k(a + l) makes that the product
 * Σ_ab k(a) r(a − b) k(b); with w = S/<S> − 1 in the place of S, r becomes r/<S> − r₁.
 *
 * @param lags r(l) of each map @param power r(0) of each map @param flat r₁(l)
 * @param alive 1 for a map that has a spectrum, and 0 for one that is constant: its T is 0
 */
export function independenceAtLags<T>(
  { minus, times, over }: Pick<SliceArithmetic<T>, 'minus' | 'times' | 'over'>,
  { lags, power, flat, alive }: { lags: T; power: T; flat: T; alive: T },
): T {
  return times(minus(over(lags, power), flat), alive);
}

/**
 * One step down equation (13) for every kernel k of a few taps: what is added to its taps. Derivation: T is symmetric, so
 * the gradient of s² = (kᵀTk)² is 2s · 2Tk.
 *
 * `gradient`: −γ s Tk / m with m the mean |k|² of all kernels, one step size for all of them.
 * `normalised` (our choice): −γ s Tk / (2 |Tk|²). A step −x Tk changes s by −2x |Tk|² to first order, so this one takes
 * the share γ of s away, whatever the scale of the kernel.
 *
 * In both a kernel changes by at most `cap` of its own length.
 */
export function independenceStep<T>(
  arithmetic: SliceArithmetic<T>,
  slices: T,
  matrices: T,
  { variant, gamma, cap }: Pick<SpectralOptions, 'variant' | 'gamma' | 'cap'>,
): T {
  const { times, over, scaled, squared, root, atMost, product, tapSum, mean } = arithmetic;
  const turned = product(matrices, slices); // Tk
  const s = tapSum(times(slices, turned));
  const lengths = tapSum(squared(slices)); // |k|²
  const factor =
    variant === 'normalised'
      ? scaled(over(s, tapSum(squared(turned))), -0.5 * gamma)
      : over(scaled(s, -gamma), mean(lengths));
  const change = times(turned, factor);
  const largest = scaled(root(lengths), cap);
  const shrink = atMost(over(largest, root(tapSum(squared(change)))), 1);
  return times(change, shrink);
}
