import { complexZeros } from './complexArray.ts';
import { transform2d } from './dft.ts';

/**
 * The matrix R that turns an average over frequencies into a product over the taps of a small kernel k:
 * kᵀRk = <S ⊙ |k̂|²>,  R[a,b] = (1/M) Σ_u S(u) cos(2π u·(a − b)/N)  over the M frequencies that are kept.
 * `power` is S, height × width; k has `kernelHeight` × `kernelWidth` taps, row by row, and R is square of that size,
 * row by row. Taps beyond the grid wrap around it. Derived from Parseval's formula.
 */
export function spectralMatrix(
  power: Float64Array,
  grid: { height: number; width: number },
  kernel: { height: number; width: number },
  dropped: readonly number[] = [0],
): Float64Array {
  const { height, width } = grid;
  if (power.length !== height * width)
    throw new RangeError(`a spectrum of ${power.length} numbers is not ${height} × ${width}`);
  const lags = complexZeros(power.length);
  lags.re.set(power);
  for (const index of dropped) lags.re[index] = 0;
  transform2d(lags, height, width, 'forward');
  const kept = power.length - new Set(dropped).size;
  const taps = kernel.height * kernel.width;
  const matrix = new Float64Array(taps * taps);
  for (let a = 0; a < taps; a++) {
    for (let b = 0; b < taps; b++) {
      const dy = Math.floor(a / kernel.width) - Math.floor(b / kernel.width);
      const dx = (a % kernel.width) - (b % kernel.width);
      const y = ((dy % height) + height) % height;
      const x = ((dx % width) + width) % width;
      matrix[a * taps + b] = lags.re[y * width + x]! / kept;
    }
  }
  return matrix;
}

/** kᵀMk for a square matrix, row by row; `offset` and `stride` say where the taps of k lie in `values`. */
export function quadraticForm(
  matrix: Float64Array,
  values: ArrayLike<number>,
  offset = 0,
  stride = 1,
): number {
  const size = Math.round(Math.sqrt(matrix.length));
  let sum = 0;
  for (let a = 0; a < size; a++) {
    let row = 0;
    for (let b = 0; b < size; b++) row += matrix[a * size + b]! * values[offset + b * stride]!;
    sum += values[offset + a * stride]! * row;
  }
  return sum;
}
