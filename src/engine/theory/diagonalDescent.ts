import type { SpectralSides } from '../../contract/theory.ts';
import { stretchDiagonal } from '../equations/diagonalModel.eq9.ts';
import { createNormalFill } from '../math/normal.ts';
import { createRandom } from '../math/random.ts';

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

function scaleFactor(values: Float64Array, other: Float64Array, strength: number): void {
  let otherMean = 0;
  let mean = 0;
  let product = 0;
  for (let i = 0; i < values.length; i++) {
    const square = values[i]! ** 2;
    const otherSquare = other[i]! ** 2;
    otherMean += otherSquare / values.length;
    mean += square / values.length;
    product += (square * otherSquare) / values.length;
  }
  let rate = 4 * strength * (product / otherMean - mean);
  let largest = 0;
  for (const value of other) largest = Math.max(largest, Math.abs(rate * (value ** 2 / otherMean - 1)));
  if (largest > largestShare) rate *= largestShare / largest;
  for (let i = 0; i < values.length; i++)
    values[i] = values[i]! * (1 - rate * (other[i]! ** 2 / otherMean - 1));
}
