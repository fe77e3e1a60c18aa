import { positiveDefiniteSolve } from './positiveDefiniteSolve.ts';

export interface LogisticFit {
  /** On the features as they were given. */
  weights: Float64Array;
  bias: number;
}

export interface LogisticData {
  /** [rows, columns] */
  features: Float32Array;
  columns: number;
  /** 1 or 0, one a row; both must occur. */
  labels: Uint8Array;
}

/** Newton steps end when no weight of a standardised feature moves by more than this. */
const tolerance = 1e-4;
const mostSteps = 30;
/** A feature that varies less than this does not vary. */
const leastSpread = 1e-6;

/**
 * Logistic regression with a penalty on the weights of standardised features: the minimum of
 *
 *   Σ_rows log(1 + exp(−s (w · x + b))) + rows · ridge / 2 · |w|²,   s = ±1 the label,
 *
 * by Newton's method from zero. The bias is free.
 *
 * @param beforeStep is awaited before each Newton step: to let others in, or to throw
 * @throws RangeError where only one label occurs
 */
export async function fitLogistic(
  { features, columns, labels }: LogisticData,
  ridge: number,
  beforeStep: (step: number) => Promise<void> = () => Promise.resolve(),
): Promise<LogisticFit> {
  const rows = labels.length;
  const positive = labels.reduce((sum, label) => sum + label, 0);
  if (positive === 0 || positive === rows) throw new RangeError('fitLogistic: only one label occurs');
  const { means, scales } = spreadOfColumns(features, columns);
  const size = columns + 1;
  const beta = new Float64Array(size);
  for (let step = 0; step < mostSteps; step++) {
    await beforeStep(step);
    const gradient = new Float64Array(size);
    const hessian = new Float64Array(size * size);
    const z = new Float64Array(size);
    for (let row = 0; row < rows; row++) {
      let margin = beta[columns]!;
      for (let i = 0; i < columns; i++) {
        z[i] = (features[row * columns + i]! - means[i]!) * scales[i]!;
        margin += beta[i]! * z[i]!;
      }
      z[columns] = 1;
      const share = 1 / (1 + Math.exp(-margin));
      const curvature = Math.max(share * (1 - share), 1e-6);
      for (let i = 0; i < size; i++) {
        gradient[i]! += (labels[row]! - share) * z[i]!;
        const weighted = curvature * z[i]!;
        if (weighted === 0) continue;
        for (let j = 0; j <= i; j++) hessian[i * size + j]! += weighted * z[j]!;
      }
    }
    for (let i = 0; i < columns; i++) {
      gradient[i]! -= rows * ridge * beta[i]!;
      hessian[i * size + i]! += rows * ridge;
    }
    const change = positiveDefiniteSolve(hessian, gradient);
    for (let i = 0; i < size; i++) beta[i]! += change[i]!;
    if (change.every((each) => Math.abs(each) < tolerance)) break;
  }
  const weights = Float64Array.from(scales, (scale, i) => beta[i]! * scale);
  return { weights, bias: weights.reduce((sum, weight, i) => sum - weight * means[i]!, beta[columns]!) };
}

/** Mean of each column, and what it is multiplied by to have spread 1; 0 for one that does not vary. */
function spreadOfColumns(
  features: Float32Array,
  columns: number,
): { means: Float64Array; scales: Float64Array } {
  const rows = features.length / columns;
  const means = new Float64Array(columns);
  const squares = new Float64Array(columns);
  for (let at = 0; at < features.length; at++) means[at % columns]! += features[at]! / rows;
  for (let at = 0; at < features.length; at++) {
    squares[at % columns]! += (features[at]! - means[at % columns]!) ** 2 / rows;
  }
  const scales = squares.map((square) => (Math.sqrt(square) > leastSpread ? 1 / Math.sqrt(square) : 0));
  return { means, scales };
}
