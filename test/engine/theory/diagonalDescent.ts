import type { SpectralSides } from '../../../src/contract/theory.ts';
import { stretchDiagonal } from '../../../src/engine/equations/diagonalModel.eq9.ts';
import { independenceStepOfSpectrum } from '../../../src/engine/equations/spectralIndependence.eq13.ts';
import { complexZeros } from '../../../src/engine/math/complexArray.ts';
import { createNormalFill } from '../../../src/engine/math/normal.ts';
import { createRandom } from '../../../src/engine/math/random.ts';

/** The true coefficients of Model 2, d − 1 each. */
export interface DiagonalPair {
  readonly a: Float64Array;
  readonly b: Float64Array;
}

/** Both factors scaled to <a²> = <b²> = 1. */
export function equalNorms({ a, b }: DiagonalPair): DiagonalPair {
  const scaled = (values: Float64Array): Float64Array => {
    const norm = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
    return values.map((value) => value / norm);
  };
  return { a: scaled(a), b: scaled(b) };
}

/** Mean over the stretches g = 2 … d − 1 of |a ⊙ g·b − a* ⊙ g·b*|² / |a* ⊙ g·b*|². */
export function diagonalExtrapolationError(pair: DiagonalPair, truth: DiagonalPair): number {
  const d = truth.a.length + 1;
  let sum = 0;
  for (let g = 2; g < d; g++) {
    const made = stretchDiagonal(pair.b, g);
    const expected = stretchDiagonal(truth.b, g);
    let error = 0;
    let total = 0;
    for (let i = 0; i < d - 1; i++) {
      error += (pair.a[i]! * made[i]! - truth.a[i]! * expected[i]!) ** 2;
      total += (truth.a[i]! * expected[i]!) ** 2;
    }
    sum += error / total;
  }
  return sum / (d - 2);
}

/**
 * SGD of Model 2 (paper, Section 3.2: every coordinate by itself) from `start` towards ab = a*b*, with, after every step,
 * one gradient step of equation (13): a ← a(1 − 4λ s w), w = b²/<b²> − 1, s = <a² ⊙ w> ('k2', the paper's one side; a is
 * the second factor). 'both' does the same to b afterwards (our extension). λ is in these units.
 */
export function descendDiagonal(
  truth: DiagonalPair,
  start: DiagonalPair,
  setting: {
    stepSize: number;
    noise: number;
    steps: number;
    spectral: SpectralSides;
    strength: number;
    seed: number;
  },
): DiagonalPair {
  const a = start.a.slice();
  const b = start.b.slice();
  const target = truth.a.map((value, i) => value * truth.b[i]!);
  const fill = createNormalFill(createRandom(setting.seed));
  const normal = new Float64Array(a.length);
  const rate = 2 * setting.stepSize;
  for (let step = 0; step < setting.steps; step++) {
    fill(normal);
    for (let i = 0; i < a.length; i++) {
      const move = rate * (target[i]! + setting.noise * normal[i]! - a[i]! * b[i]!);
      const next = a[i]! + b[i]! * move;
      b[i] = b[i]! + a[i]! * move;
      a[i] = next;
    }
    if (setting.spectral === 'none') continue;
    scaleFactor(a, b, setting.strength);
    if (setting.spectral === 'both') scaleFactor(b, a, setting.strength);
  }
  return { a, b };
}

/** No spectral step changes a coefficient by more than this share: with heavy tails larger ones run away (our choice). */
const largestShare = 0.1;

/** Model 2 has no constant to leave out: its coordinates stand at the places from 1 on. */
function scaleFactor(values: Float64Array, other: Float64Array, strength: number): void {
  const spectrum = complexZeros(values.length + 1);
  spectrum.re.set(values, 1);
  const power = new Float64Array(values.length + 1);
  const otherPower = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i++) {
    power[i + 1] = values[i]! ** 2;
    otherPower[i + 1] = other[i]! ** 2;
  }
  independenceStepOfSpectrum(spectrum, power, otherPower, { strength, kept: 1, largestShare });
  values.set(spectrum.re.subarray(1));
}
