import { determinant } from '../../../src/engine/interventions/colourMatrix.ts';
import type { ColourMatrix } from '../../../src/engine/interventions/colourMatrix.ts';

type Row = ColourMatrix[number];

function cross(a: Row, b: Row): Row {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

/** g⁻¹, by the adjugate. */
export function inverseMatrix(matrix: ColourMatrix): ColourMatrix {
  const [a, b, c] = matrix;
  const [x, y, z] = [cross(b, c), cross(c, a), cross(a, b)];
  const share = 1 / determinant(matrix);
  const row = (at: 0 | 1 | 2): Row => [x[at] * share, y[at] * share, z[at] * share];
  return [row(0), row(1), row(2)];
}
