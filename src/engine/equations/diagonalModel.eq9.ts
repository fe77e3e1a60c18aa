import { StudioError } from '../../contract/errors.ts';

/**
 * Equation (9), Model 2 (paper, Section 3.1): X = A B Z = diag(a) diag(b) Z, with coordinates 1 … d − 1 labelled modulo a
 * prime d, a, b > 0, and independent Z_k > 0 with E Z_k² = 1. Arrays have d − 1 entries: entry i is coordinate i + 1.
 *
 * What is reckoned with is its contrast φ̃(B, A) = τ[A B Bᵀ Aᵀ] = <a² ⊙ b²>, the mean of E X_k² (the printed sum runs to d;
 * its last index is d − 1). Throws `wrong-usage` where the lists differ in length or are empty.
 */
export function diagonalContrast(b: Float64Array, a: Float64Array): number {
  requireOneLength(a, b);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! * b[i]!) ** 2;
  return sum / a.length;
}

/** The action of g ∈ S on coordinates: (g·b)_k = b_{gk mod d}. */
export function stretchDiagonal(b: Float64Array, g: number): Float64Array {
  const d = b.length + 1;
  if (!Number.isInteger(g) || g % d === 0)
    throw new RangeError(`${g} is not an element of the stretching group modulo ${d}`);
  return b.map((_, i) => b[((g * (i + 1)) % d) - 1]!);
}

/** Proposition 5, the generic ratio of Model 2: ρ′(B, A) = <a² ⊙ b²> / (<a²> <b²>). */
export function diagonalGenericRatio(b: Float64Array, a: Float64Array): number {
  let meanA = 0;
  let meanB = 0;
  for (let i = 0; i < a.length; i++) {
    meanA += a[i]! ** 2 / a.length;
    meanB += b[i]! ** 2 / a.length;
  }
  const ratio = diagonalContrast(b, a) / (meanA * meanB);
  if (Number.isFinite(ratio)) return ratio;
  throw new StudioError(
    'wrong-usage',
    `The generic ratio of Model 2 needs coefficients that are finite and not all zero; <a²> is ${meanA} and <b²> is ${meanB}.`,
  );
}

function requireOneLength(x: Float64Array, y: Float64Array): void {
  if (x.length === y.length && x.length > 0) return;
  throw new StudioError(
    'wrong-usage',
    `Model 2 with ${x.length} and ${y.length} coefficients: both lists need the same number, at least 1.`,
  );
}
