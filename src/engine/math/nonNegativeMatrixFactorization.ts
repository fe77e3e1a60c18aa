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

/** Keeps quotients finite where numerator and denominator are both zero. */
const tiny = 1e-300;

/** V divided by its greatest entry, so that no product in the updates leaves the range of numbers. */
interface Scaled {
  readonly rows: number;
  readonly columns: number;
  /** [rows, columns] */
  readonly value: Float64Array;
  readonly greatest: number;
  readonly mean: number;
}

function scaledOf(matrix: Float64Array, rows: number, columns: number): Scaled {
  let greatest = 0;
  for (const value of matrix) {
    if (!Number.isFinite(value) || value < 0) {
      throw new RangeError('nonNegativeMatrixFactorization: the matrix must be finite and not negative');
    }
    if (value > greatest) greatest = value;
  }
  const value = matrix.map((entry) => (entry === 0 ? 0 : entry / greatest));
  let sum = 0;
  for (let j = 0; j < columns; j++) for (let i = 0; i < rows; i++) sum += value[i * columns + j]!;
  return { rows, columns, value, greatest, mean: sum / matrix.length };
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

/** new ← old · numerator ⁄ (square · old), entry by entry, for the rank-long row from `at`; `old` is room to work. */
function multiply(
  factor: Float64Array,
  at: number,
  numerator: Float64Array,
  square: Float64Array,
  old: Float64Array,
): void {
  const rank = old.length;
  for (let k = 0; k < rank; k++) old[k] = factor[at + k]!;
  for (let k = 0; k < rank; k++) {
    let denominator = tiny;
    for (let l = 0; l < rank; l++) denominator += square[k * rank + l]! * old[l]!;
    factor[at + k] = (old[k]! * numerator[k]!) / denominator;
  }
}

/** Rows of `matrix`, each of the length of `sum`. */
interface Rows {
  readonly matrix: Float64Array;
  readonly count: number;
}

/**
 * Adds to each entry of `sum` that of every row times the row's weight, row after row. Four rows a pass: a sum is read and written
 * once for four products.
 */
function addWeighted(sum: Float64Array, { matrix, count }: Rows, weights: Float64Array): void {
  const { length } = sum;
  let row = 0;
  for (; row + 4 <= count; row += 4) {
    const [a, b, c, d] = [weights[row]!, weights[row + 1]!, weights[row + 2]!, weights[row + 3]!];
    const first = row * length;
    const [second, third, fourth] = [first + length, first + 2 * length, first + 3 * length];
    for (let j = 0; j < length; j++) {
      sum[j] =
        sum[j]! +
        a * matrix[first + j]! +
        b * matrix[second + j]! +
        c * matrix[third + j]! +
        d * matrix[fourth + j]!;
    }
  }
  for (; row < count; row++) {
    const weight = weights[row]!;
    for (let j = 0; j < length; j++) sum[j]! += weight * matrix[row * length + j]!;
  }
}

/** The scalar product of `one` with each row, entry after entry; four rows a pass, whose sums do not wait for each other. */
function products(one: Float64Array, { matrix, count }: Rows, into: Float64Array): void {
  const { length } = one;
  let row = 0;
  for (; row + 4 <= count; row += 4) {
    const first = row * length;
    const [second, third, fourth] = [first + length, first + 2 * length, first + 3 * length];
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let j = 0; j < length; j++) {
      const entry = one[j]!;
      a += entry * matrix[first + j]!;
      b += entry * matrix[second + j]!;
      c += entry * matrix[third + j]!;
      d += entry * matrix[fourth + j]!;
    }
    into.set([a, b, c, d], row);
  }
  for (; row < count; row++) {
    let sum = 0;
    for (let j = 0; j < length; j++) sum += one[j]! * matrix[row * length + j]!;
    into[row] = sum;
  }
}

/** One round: all of H [rank, columns], then all of W [rows, rank]. */
function updateOnce(v: Scaled, w: Float64Array, h: Float64Array, rank: number): void {
  const { rows, columns, value } = v;
  const square = new Float64Array(rank * rank);
  gram(w, rank, square);
  const old = { matrix: h.slice(), count: rank };
  const numerator = new Float64Array(columns);
  const denominator = new Float64Array(columns);
  for (let k = 0; k < rank; k++) {
    addWeighted(
      numerator.fill(0),
      { matrix: value, count: rows },
      Float64Array.from({ length: rows }, (_, i) => w[i * rank + k]!),
    );
    addWeighted(denominator.fill(tiny), old, square.subarray(k * rank, (k + 1) * rank));
    const at = k * columns;
    for (let j = 0; j < columns; j++) h[at + j] = (h[at + j]! * numerator[j]!) / denominator[j]!;
  }
  const parts = { matrix: h, count: rank };
  for (let k = 0; k < rank; k++)
    products(h.subarray(k * columns, (k + 1) * columns), parts, square.subarray(k * rank, (k + 1) * rank));
  const vh = new Float64Array(rank);
  const before = new Float64Array(rank);
  for (let i = 0; i < rows; i++) {
    products(value.subarray(i * columns, (i + 1) * columns), parts, vh);
    multiply(w, i * rank, vh, square, before);
  }
}

/** ‖V − WH‖, entry by entry: the difference of Gram products would lose the digits of a small error. */
function distance(
  matrix: Float64Array,
  columns: number,
  w: Float64Array,
  h: Float64Array,
  rank: number,
): number {
  let sum = 0;
  for (let n = 0; n < matrix.length; n++) {
    const i = Math.floor(n / columns) * rank;
    const j = n % columns;
    let rest = matrix[n]!;
    for (let k = 0; k < rank; k++) rest -= w[i + k]! * h[k * columns + j]!;
    sum += rest * rest;
  }
  return Math.sqrt(sum);
}

/** H's rows with norm 1; their norms go into W, so that the product stays. */
function normalised(
  w: Float64Array,
  parts: Float64Array,
  rank: number,
): { w: Float64Array; h: Float64Array } {
  const columns = parts.length / rank;
  const h = new Float64Array(parts.length);
  const scaled = Float64Array.from(w);
  for (let k = 0; k < rank; k++) {
    let sum = 0;
    for (let j = 0; j < columns; j++) sum += parts[k * columns + j]! ** 2;
    const norm = Math.sqrt(sum);
    for (let j = 0; j < columns; j++) h[k * columns + j] = norm > 0 ? parts[k * columns + j]! / norm : 0;
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
  const v = scaledOf(matrix, rows, columns);
  const level = 2 * Math.sqrt(v.mean / rank);
  let best: Factorization | undefined;
  for (let start = 0; start < starts; start++) {
    const random = createRandom(seed, start);
    const w = Float64Array.from({ length: rows * rank }, () => level * (1 - random.uniform()));
    const h = new Float64Array(rank * columns);
    for (let j = 0; j < columns; j++)
      for (let k = 0; k < rank; k++) h[k * columns + j] = level * (1 - random.uniform());
    for (let round = 0; round < iterations; round++) updateOnce(v, w, h, rank);
    for (let i = 0; i < w.length; i++) w[i]! *= v.greatest;
    const error = distance(matrix, columns, w, h, rank);
    if (best === undefined || error < best.error) best = { ...normalised(w, h, rank), error };
  }
  if (best === undefined) throw new RangeError('nonNegativeMatrixFactorization: no start');
  return best;
}
