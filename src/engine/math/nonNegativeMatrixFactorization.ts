import { createRandom } from './random.ts';

export interface FactorizationOptions {
  /** Multiplicative updates a start. Default 300. */
  readonly iterations?: number;
  /** Random starts, of which the one with the least error is kept. Default 5. */
  readonly starts?: number;
  readonly seed: number;
}

export interface Factorization {
  /** [rows, rank], row by row. */
  readonly w: Float64Array;
  /** [rank, columns], row by row; each row has Euclidean norm 1, or is all zero. */
  readonly h: Float64Array;
  /** Frobenius norm ‖V − WH‖. */
  readonly error: number;
}

/** The entries of V that are not zero, column by column: thresholded maps are mostly zero. */
interface SparseColumns {
  readonly rows: number;
  readonly columns: number;
  /** Where each column begins in `row` and `value`; one more at the end. */
  readonly begin: Int32Array;
  readonly row: Int32Array;
  /** Divided by the greatest, so that no product in the updates leaves the range of numbers. */
  readonly value: Float64Array;
  readonly greatest: number;
}

/** Keeps quotients finite where numerator and denominator are both zero. */
const tiny = 1e-300;

function sparseColumns(matrix: Float64Array, rows: number, columns: number): SparseColumns {
  let count = 0;
  let greatest = 0;
  for (const value of matrix) {
    if (!Number.isFinite(value) || value < 0) {
      throw new RangeError('nonNegativeMatrixFactorization: the matrix must be finite and not negative');
    }
    if (value !== 0) count++;
    if (value > greatest) greatest = value;
  }
  const begin = new Int32Array(columns + 1);
  const row = new Int32Array(count);
  const value = new Float64Array(count);
  let next = 0;
  for (let j = 0; j < columns; j++) {
    begin[j] = next;
    for (let i = 0; i < rows; i++) {
      const entry = matrix[i * columns + j]!;
      if (entry === 0) continue;
      row[next] = i;
      value[next++] = entry / greatest;
    }
  }
  begin[columns] = next;
  return { rows, columns, begin, row, value, greatest };
}

/** Product FᵀF [rank, rank] of a factor F [count, rank]. */
function gram(factor: Float64Array, rank: number, product: Float64Array): void {
  product.fill(0);
  for (let at = 0; at < factor.length; at += rank) {
    for (let k = 0; k < rank; k++) {
      const left = factor[at + k]!;
      for (let l = k; l < rank; l++) product[k * rank + l]! += left * factor[at + l]!;
    }
  }
  for (let k = 0; k < rank; k++) for (let l = 0; l < k; l++) product[k * rank + l] = product[l * rank + k]!;
}

/** new ← old · numerator ⁄ (square · old), entry by entry, for the rank-long rows from `at` and `from`; `old` is room to work. */
function multiply(
  factor: Float64Array,
  at: number,
  numerator: Float64Array,
  from: number,
  square: Float64Array,
  old: Float64Array,
): void {
  const rank = old.length;
  for (let k = 0; k < rank; k++) old[k] = factor[at + k]!;
  for (let k = 0; k < rank; k++) {
    let denominator = tiny;
    for (let l = 0; l < rank; l++) denominator += square[k * rank + l]! * old[l]!;
    factor[at + k] = (old[k]! * numerator[from + k]!) / denominator;
  }
}

/**
 * One round: all of H, then all of W. A column of H depends on W and its own column of V only, so H's new column can
 * at once be added to VHᵀ: V is read from memory once a round. `ht` is H transposed, [columns, rank].
 */
function updateOnce(v: SparseColumns, w: Float64Array, ht: Float64Array, rank: number): void {
  const square = new Float64Array(rank * rank);
  const old = new Float64Array(rank);
  const wv = new Float64Array(rank);
  const vh = new Float64Array(v.rows * rank);
  gram(w, rank, square);
  for (let j = 0; j < v.columns; j++) {
    const first = v.begin[j]!;
    const end = v.begin[j + 1]!;
    const at = j * rank;
    wv.fill(0);
    for (let n = first; n < end; n++) {
      const value = v.value[n]!;
      const i = v.row[n]! * rank;
      for (let k = 0; k < rank; k++) wv[k]! += value * w[i + k]!;
    }
    multiply(ht, at, wv, 0, square, old);
    for (let n = first; n < end; n++) {
      const value = v.value[n]!;
      const i = v.row[n]! * rank;
      for (let k = 0; k < rank; k++) vh[i + k]! += value * ht[at + k]!;
    }
  }
  gram(ht, rank, square);
  for (let at = 0; at < w.length; at += rank) multiply(w, at, vh, at, square, old);
}

/** ‖V − WH‖, entry by entry: the difference of Gram products would lose the digits of a small error. */
function distance(
  matrix: Float64Array,
  columns: number,
  w: Float64Array,
  ht: Float64Array,
  rank: number,
): number {
  let sum = 0;
  for (let n = 0; n < matrix.length; n++) {
    const i = Math.floor(n / columns) * rank;
    const j = (n % columns) * rank;
    let rest = matrix[n]!;
    for (let k = 0; k < rank; k++) rest -= w[i + k]! * ht[j + k]!;
    sum += rest * rest;
  }
  return Math.sqrt(sum);
}

/** H's rows as [rank, columns] with norm 1; their norms go into W, so that the product stays. */
function normalised(w: Float64Array, ht: Float64Array, rank: number): { w: Float64Array; h: Float64Array } {
  const columns = ht.length / rank;
  const h = new Float64Array(ht.length);
  const scaled = Float64Array.from(w);
  for (let k = 0; k < rank; k++) {
    let sum = 0;
    for (let j = 0; j < columns; j++) sum += ht[j * rank + k]! ** 2;
    const norm = Math.sqrt(sum);
    for (let j = 0; j < columns; j++) h[k * columns + j] = norm > 0 ? ht[j * rank + k]! / norm : 0;
    for (let i = k; i < scaled.length; i += rank) scaled[i]! *= norm;
  }
  return { w: scaled, h };
}

/**
 * V ≈ WH with no entry below zero, least ‖V − WH‖ (Frobenius), by the multiplicative updates of Lee and Seung (NIPS
 * 2000): H ← H ∘ WᵀV ⁄ WᵀWH, W ← W ∘ VHᵀ ⁄ WHHᵀ, from which the error never rises. Starts are uniform random, of
 * V's own size; the best is kept. The rows of H get norm 1 and W their norms, so that W[i, k] is the length of part k
 * in row i.
 * @param matrix V [rows, columns], row by row, finite and ≥ 0, else a RangeError
 * @param rank number of parts, at least 1
 */
export function nonNegativeMatrixFactorization(
  matrix: Float64Array,
  rows: number,
  columns: number,
  rank: number,
  options: FactorizationOptions,
): Factorization {
  const { iterations = 300, starts = 5, seed } = options;
  if (matrix.length !== rows * columns || matrix.length === 0) {
    throw new RangeError(
      `nonNegativeMatrixFactorization: ${matrix.length} values are not ${rows} × ${columns}`,
    );
  }
  for (const [name, value] of Object.entries({ rank, starts })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new RangeError(
        `nonNegativeMatrixFactorization: ${name} must be a whole number of at least 1, not ${value}`,
      );
    }
  }
  const v = sparseColumns(matrix, rows, columns);
  const mean = v.value.reduce((sum, value) => sum + value, 0) / matrix.length;
  const level = 2 * Math.sqrt(mean / rank);
  let best: Factorization | undefined;
  for (let start = 0; start < starts; start++) {
    const random = createRandom(seed, start);
    const w = Float64Array.from({ length: rows * rank }, () => level * (1 - random.uniform()));
    const ht = Float64Array.from({ length: columns * rank }, () => level * (1 - random.uniform()));
    for (let round = 0; round < iterations; round++) updateOnce(v, w, ht, rank);
    for (let i = 0; i < w.length; i++) w[i]! *= v.greatest;
    const error = distance(matrix, columns, w, ht, rank);
    if (best === undefined || error < best.error) best = { ...normalised(w, ht, rank), error };
  }
  if (best === undefined) throw new RangeError('nonNegativeMatrixFactorization: no start');
  return best;
}
