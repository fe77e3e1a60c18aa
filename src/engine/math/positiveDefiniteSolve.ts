/**
 * x with A x = b for a symmetric positive definite A, by A = L Lᵀ (Cholesky).
 * @param a [n, n], of which the lower triangle is read; left as it is
 * @param b [n]
 * @throws RangeError where A is not positive definite
 */
export function positiveDefiniteSolve(a: Float64Array, b: Float64Array): Float64Array {
  const n = b.length;
  if (a.length !== n * n) throw new RangeError(`a matrix of ${a.length} entries for ${n} unknowns`);
  const l = new Float64Array(n * n);
  for (let row = 0; row < n; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = a[row * n + column]!;
      for (let k = 0; k < column; k++) sum -= l[row * n + k]! * l[column * n + k]!;
      if (row !== column) l[row * n + column] = sum / l[column * n + column]!;
      else if (sum > 0) l[row * n + row] = Math.sqrt(sum);
      else throw new RangeError('the matrix is not positive definite');
    }
  }
  const x = b.slice();
  for (let row = 0; row < n; row++) {
    for (let k = 0; k < row; k++) x[row]! -= l[row * n + k]! * x[k]!;
    x[row]! /= l[row * n + row]!;
  }
  for (let row = n - 1; row >= 0; row--) {
    for (let k = row + 1; k < n; k++) x[row]! -= l[k * n + row]! * x[k]!;
    x[row]! /= l[row * n + row]!;
  }
  return x;
}
