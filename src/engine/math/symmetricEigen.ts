export interface Eigen {
  /** In descending order. */
  values: Float64Array;
  /** The unit vector of each value. */
  vectors: Float64Array[];
}

/** Sweeps end when what is beside the diagonal is this small against all of the matrix. */
const tolerance = 1e-14;
const mostSweeps = 60;

/**
 * All eigenvalues and eigenvectors of a symmetric matrix, by Jacobi's rotations in cyclic order (Golub and Van Loan,
 * Matrix Computations, Sec. 8.5). The sign of a vector is such that its largest entry is positive.
 * @param matrix [n, n]; left as it is
 */
export function symmetricEigen(matrix: ArrayLike<number>, n: number): Eigen {
  if (matrix.length !== n * n) throw new RangeError(`a matrix of ${matrix.length} entries for ${n} rows`);
  const a = Float64Array.from(matrix);
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;
  const whole = Math.hypot(...a);
  for (let sweep = 0; sweep < mostSweeps && besideDiagonal(a, n) > tolerance * whole; sweep++) {
    for (let p = 0; p < n - 1; p++) for (let q = p + 1; q < n; q++) rotate(a, v, n, p, q);
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => a[j * n + j]! - a[i * n + i]!);
  return {
    values: Float64Array.from(order, (i) => a[i * n + i]!),
    vectors: order.map((column) =>
      withSign(Float64Array.from({ length: n }, (_, row) => v[row * n + column]!)),
    ),
  };
}

function besideDiagonal(a: Float64Array, n: number): number {
  let sum = 0;
  for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) sum += 2 * a[p * n + q]! ** 2;
  return Math.sqrt(sum);
}

/** Makes the entry at (p, q) 0. */
function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q]!;
  if (apq === 0) return;
  const theta = (a[q * n + q]! - a[p * n + p]!) / (2 * apq);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  for (let k = 0; k < n; k++) turn(a, k * n + p, k * n + q, c, s);
  for (let k = 0; k < n; k++) turn(a, p * n + k, q * n + k, c, s);
  for (let k = 0; k < n; k++) turn(v, k * n + p, k * n + q, c, s);
}

function turn(values: Float64Array, i: number, j: number, c: number, s: number): void {
  const [x, y] = [values[i]!, values[j]!];
  values[i] = c * x - s * y;
  values[j] = s * x + c * y;
}

function withSign(vector: Float64Array): Float64Array {
  const largest = vector.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
  return largest < 0 ? vector.map((value) => -value) : vector;
}
