import { positiveDefiniteSolve } from '../math/positiveDefiniteSolve.ts';
import { symmetricEigen } from '../math/symmetricEigen.ts';
import type { LatentMoments } from './latentMoments.ts';

export interface PrincipalDirection {
  /** [latent], of length 1; its largest entry is positive. */
  vector: number[];
  /** Share of all variance that a straight line along it explains, less what chance would. */
  share: number;
}

/** Shares below this are rounding of the sums in float32. */
const rounding = 1e-6;

/**
 * The directions of the latents along which what is drawn varies most: X is fitted by least squares as 1 aᵀ + Z B, and the
 * eigenvectors of B Bᵀ are taken, in descending order. Since z ~ N(0, I), a direction's eigenvalue is the variance of X
 * that a straight line along it explains. GANSpace (Härkönen et al., NeurIPS 2020, Sec. 3.2) takes the principal
 * components of X first and fits latents to them then; where X is linear in z the two are one.
 *
 * Noise of the fit adds, by expectation, the residual variance / (count − latent − 2) to each eigenvalue (inverse Wishart);
 * that is taken off, and what is left with nothing is left out.
 * @throws RangeError for fewer draws than the fit needs
 */
export function principalDirections(moments: LatentMoments, most: number): PrincipalDirection[] {
  const { latent, count, products, squares } = moments;
  const freedom = count - latent - 2;
  if (freedom < 1) throw new RangeError(`${count} draws for ${latent} latents`);
  const n = latent + 1;
  const total = squares - products[n * n - 1]! / count;
  const inverse = inverseOf(moments.gram, n);
  const fitted = multiply(multiply(inverse, products, n), inverse, n);
  const residual = squares - trace(multiply(inverse, products, n), n);
  const noise = residual / (count - latent - 1) / freedom;
  const { values, vectors } = symmetricEigen(without(fitted, n), latent);
  return vectors.slice(0, most).flatMap((vector, at) => {
    const share = ((values[at]! - Math.max(0, noise)) * count) / total;
    return share > rounding ? [{ vector: [...vector], share: Math.min(1, share) }] : [];
  });
}

function inverseOf(matrix: Float64Array, n: number): Float64Array {
  const inverse = new Float64Array(n * n);
  for (let column = 0; column < n; column++) {
    const unit = new Float64Array(n);
    unit[column] = 1;
    positiveDefiniteSolve(matrix, unit).forEach((value, row) => {
      inverse[row * n + column] = value;
    });
  }
  return inverse;
}

function multiply(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const product = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const value = a[i * n + k]!;
      for (let j = 0; j < n; j++) product[i * n + j]! += value * b[k * n + j]!;
    }
  }
  return product;
}

function trace(matrix: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += matrix[i * n + i]!;
  return sum;
}

/** Of [n, n] all but the last row and column. */
function without(matrix: Float64Array, n: number): Float64Array {
  return matrix.filter((_, at) => at % n < n - 1 && at < n * (n - 1));
}
