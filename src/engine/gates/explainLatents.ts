import { positiveDefiniteSolve } from '../math/positiveDefiniteSolve.ts';

const ridge = 1;

/**
 * How latents go with what is known of their faces: W with z ≈ Σ rowᵢ Wᵢ, least squares with a ridge.
 * @param rows of each face the regressors, as many in each
 * @param z [faces, latent], row after row
 * @returns W, a vector of latents for each regressor
 */
export function explainLatents(
  rows: readonly ArrayLike<number>[],
  z: Float32Array,
  latent: number,
): Float64Array[] {
  const size = rows[0]!.length;
  const square = new Float64Array(size * size);
  const targets = Array.from({ length: latent }, () => new Float64Array(size));
  rows.forEach((row, face) => {
    for (let i = 0; i < size; i++) {
      for (let j = 0; j <= i; j++) square[i * size + j]! += row[i]! * row[j]!;
      for (let k = 0; k < latent; k++) targets[k]![i]! += row[i]! * z[face * latent + k]!;
    }
  });
  for (let i = 0; i < size; i++) square[i * size + i]! += ridge;
  const solved = targets.map((target) => positiveDefiniteSolve(square, target));
  return Array.from({ length: size }, (_, i) => Float64Array.from(solved, (column) => column[i]!));
}

/** A vector of length 1; one of length 0 stays. */
export function unitVector(vector: Float64Array): Float64Array {
  const length = Math.hypot(...vector);
  return vector.map((value) => (length > 0 ? value / length : 0));
}
