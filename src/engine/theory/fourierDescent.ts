import type { SpectralSides } from '../../contract/theory.ts';
import type { KernelPair } from '../equations/solutionSet.eq4.ts';
import { independenceStepOfSpectrum } from '../equations/spectralIndependence.eq13.ts';
import type { ComplexArray } from '../math/complexArray.ts';
import { complexZeros } from '../math/complexArray.ts';
import type { NormalFill } from '../math/normal.ts';

/**
 * Training of Model 1 in one dimension, in the Fourier domain (paper, Section 3.3), with Z a pixel at 0 and X = c + ε,
 * ε white with standard deviation σ in every pixel. For pixel parameters and L = Σ_m |x − k2 ⊗ k1|² (derived):
 *
 *   r̂ = ĉ + ε̂ − k̂1 k̂2,   k̂1 += 2η conj(k̂2) r̂,   k̂2 += 2η conj(k̂1) r̂,   E|ε̂(u)|² = Nσ²
 *
 * Exactly (derived), |k̂1|² − |k̂2|² is multiplied by 1 − 4η²|r̂|² at every frequency. Kernels are real, so the frequencies
 * 0 … (N − 1)/2 hold everything. N is odd.
 */
export interface FourierSetting {
  readonly stepSize: number;
  readonly noise: number;
  readonly spectral: SpectralSides;
  /** λ: the spectral step multiplies k̂2 by 1 − 4λ s w/M. */
  readonly strength: number;
}

/** The half of a Hermitian spectrum of odd length N: frequencies 0 … (N − 1)/2. */
export function halfSpectrum(spectrum: ComplexArray): ComplexArray {
  const kept = (spectrum.re.length + 1) / 2;
  return { re: spectrum.re.slice(0, kept), im: spectrum.im.slice(0, kept) };
}

/** The Hermitian spectrum of odd length N whose first half this is. */
export function wholeSpectrum(half: ComplexArray): ComplexArray {
  const length = 2 * half.re.length - 1;
  const out = complexZeros(length);
  out.re.set(half.re);
  out.im.set(half.im);
  for (let u = 1; u < half.re.length; u++) {
    out.re[length - u] = half.re[u]!;
    out.im[length - u] = -half.im[u]!;
  }
  return out;
}

/** A training run that can be advanced; `pair` holds the half spectra and changes in place. */
export interface FourierDescent {
  readonly pair: KernelPair;
  advance: (steps: number) => void;
}

/**
 * Starts from the half spectra `start` (copied) towards the half spectrum `target`, with noise from `fill`.
 * White real noise has a Fourier transform of independent normal parts: variance Nσ²/2 each, and Nσ² at frequency 0 which
 * is real. It is drawn there directly; no transform is needed.
 */
export function createFourierDescent(
  start: KernelPair,
  target: ComplexArray,
  setting: FourierSetting,
  fill: NormalFill,
): FourierDescent {
  const half = target.re.length;
  const first = { re: start.first.re.slice(), im: start.first.im.slice() };
  const second = { re: start.second.re.slice(), im: start.second.im.slice() };
  const normal = new Float64Array(2 * half);
  const length = 2 * half - 1;
  const part = setting.noise * Math.sqrt(length / 2);
  const step = (): void => {
    if (setting.noise > 0) fill(normal);
    descend(first, second, target, normal, setting.stepSize, part);
    if (setting.spectral !== 'none') spectralStep(first, second, setting.strength, setting.spectral);
  };
  return {
    pair: { first, second },
    advance: (steps) => {
      for (let i = 0; i < steps; i++) step();
    },
  };
}

function descend(
  first: ComplexArray,
  second: ComplexArray,
  target: ComplexArray,
  normal: Float64Array,
  stepSize: number,
  part: number,
): void {
  const half = target.re.length;
  const rate = 2 * stepSize;
  for (let u = 0; u < half; u++) {
    const ar = first.re[u]!;
    const ai = first.im[u]!;
    const br = second.re[u]!;
    const bi = second.im[u]!;
    const noiseRe = u === 0 ? part * Math.SQRT2 * normal[0]! : part * normal[2 * u]!;
    const noiseIm = u === 0 ? 0 : part * normal[2 * u + 1]!;
    const rr = target.re[u]! + noiseRe - (ar * br - ai * bi);
    const ri = target.im[u]! + noiseIm - (ar * bi + ai * br);
    first.re[u] = ar + rate * (br * rr + bi * ri);
    first.im[u] = ai + rate * (br * ri - bi * rr);
    second.re[u] = br + rate * (ar * rr + ai * ri);
    second.im[u] = bi + rate * (ar * ri - ai * rr);
  }
}

/** No spectral step changes a coefficient by more than this share: larger ones run away where few frequencies carry the power. */
const largestShare = 0.1;

/**
 * One gradient step of equation (13): on k2 alone as the paper has it, or, as a labelled extension (our choice), on k1 as
 * well, each with the other as it was before the step.
 */
export function spectralStep(
  first: ComplexArray,
  second: ComplexArray,
  strength: number,
  sides: Exclude<SpectralSides, 'none'>,
): void {
  const power = (values: ComplexArray): Float64Array =>
    values.re.map((re, u) => re * re + values.im[u]! ** 2);
  const firstPower = power(first);
  const secondPower = power(second);
  // M = N − 1 = 2(half − 1): the mirrored frequencies count as well.
  const setting = { strength, kept: 2 * (first.re.length - 1), largestShare };
  independenceStepOfSpectrum(second, secondPower, firstPower, setting);
  if (sides === 'both') independenceStepOfSpectrum(first, firstPower, secondPower, setting);
}
