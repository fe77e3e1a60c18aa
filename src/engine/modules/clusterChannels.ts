import { hungarianAssignment } from '../math/hungarianAssignment.ts';
import { nonNegativeMatrixFactorization } from '../math/nonNegativeMatrixFactorization.ts';
import type { ModuleMatrix } from './moduleMatrix.ts';

/** Channels in a number of clusters. */
export interface Clustering {
  /** W, [rows, count] */
  readonly weights: Float64Array;
  /** Cluster of each row of the matrix. */
  readonly labels: Int32Array;
  /** Rows of H, of Euclidean length 1. */
  readonly templates: readonly Float64Array[];
  /** ‖V − WH‖ / ‖V‖ */
  readonly error: number;
}

/** V ≈ WH; each channel belongs to the part with its largest weight. */
export function clusterChannels(
  matrix: ModuleMatrix,
  count: number,
  options: { seed: number; starts: number; iterations: number },
): Clustering {
  const rows = matrix.channels.length;
  const { w, h, error } = nonNegativeMatrixFactorization(matrix.values, rows, matrix.columns, count, options);
  const labels = Int32Array.from({ length: rows }, (_, row) => {
    let best = 0;
    for (let k = 1; k < count; k++) if (w[row * count + k]! > w[row * count + best]!) best = k;
    return best;
  });
  const templates = Array.from({ length: count }, (_, k) =>
    h.subarray(k * matrix.columns, (k + 1) * matrix.columns),
  );
  return { weights: w, labels, templates, error: error / Math.sqrt(dot(matrix.values, matrix.values)) };
}

/** The labels of `clustering` in the words of `reference`: templates are matched by their cosines. */
export function relabel(clustering: Clustering, reference: Clustering): Int32Array {
  const cost = clustering.templates.map((own) => reference.templates.map((other) => -dot(own, other)));
  const { columns } = hungarianAssignment(cost);
  return clustering.labels.map((label) => columns[label]!);
}

/** The largest cosine between two templates; 0 for a single one. */
export function templateOverlap({ templates }: Clustering): number {
  let largest = 0;
  templates.forEach((one, index) => {
    for (const other of templates.slice(index + 1)) largest = Math.max(largest, dot(one, other));
  });
  return Math.min(1, largest);
}

export interface Agreement {
  /** Share of channels with the same label. */
  readonly consistency: number;
  /** The same, corrected for chance: (p − pₑ)/(1 − pₑ) (Cohen's kappa). */
  readonly kappa: number;
  /** |A ∩ B| / |A ∪ B| of each cluster's channels; 0 for a cluster that neither half fills. */
  readonly jaccard: number[];
}

/** How far two labellings of the same channels agree. */
export function agreementOf(one: Int32Array, other: Int32Array, count: number): Agreement {
  const shared = new Array<number>(count).fill(0);
  const inOne = new Array<number>(count).fill(0);
  const inOther = new Array<number>(count).fill(0);
  one.forEach((label, row) => {
    inOne[label]!++;
    inOther[other[row]!]!++;
    if (label === other[row]) shared[label]!++;
  });
  const total = one.length;
  const consistency = shared.reduce((sum, value) => sum + value, 0) / total;
  const chance = inOne.reduce((sum, value, k) => sum + (value * inOther[k]!) / total ** 2, 0);
  const jaccard = shared.map((value, k) => {
    const union = inOne[k]! + inOther[k]! - value;
    return union === 0 ? 0 : value / union;
  });
  return { consistency, kappa: chance === 1 ? 0 : (consistency - chance) / (1 - chance), jaccard };
}

/**
 * H for a given W at another resolution: the same updates as the factorisation's, of H alone.
 * @returns rows of H, each divided by its largest entry, so that they run from 0 to 1
 */
export function regionsOf(matrix: ModuleMatrix, weights: Float64Array, count: number): Float32Array[] {
  const { columns, values } = matrix;
  const rows = matrix.channels.length;
  const square = new Float64Array(count * count);
  const target = new Float64Array(count * columns);
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < count; k++) {
      const weight = weights[row * count + k]!;
      for (let l = 0; l < count; l++) square[k * count + l]! += weight * weights[row * count + l]!;
      for (let j = 0; j < columns; j++) target[k * columns + j]! += weight * values[row * columns + j]!;
    }
  }
  const h = target.slice();
  const old = new Float64Array(count);
  for (let round = 0; round < 200; round++) {
    for (let j = 0; j < columns; j++) {
      for (let k = 0; k < count; k++) old[k] = h[k * columns + j]!;
      for (let k = 0; k < count; k++) {
        let denominator = 1e-300;
        for (let l = 0; l < count; l++) denominator += square[k * count + l]! * old[l]!;
        h[k * columns + j] = (old[k]! * target[k * columns + j]!) / denominator;
      }
    }
  }
  return Array.from({ length: count }, (_, k) => {
    const row = h.subarray(k * columns, (k + 1) * columns);
    const largest = row.reduce((most, value) => Math.max(most, value), 0);
    return Float32Array.from(row, (value) => (largest > 0 ? value / largest : 0));
  });
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
