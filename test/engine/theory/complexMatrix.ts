import type { ComplexArray } from '../../../src/engine/math/complexArray.ts';
import { complexZeros } from '../../../src/engine/math/complexArray.ts';

/** A complex matrix of rows × columns, row by row. */
export interface ComplexMatrix extends ComplexArray {
  readonly rows: number;
  readonly columns: number;
}

export function complexMatrix(rows: number, columns: number): ComplexMatrix {
  return { rows, columns, ...complexZeros(rows * columns) };
}

/** a·b. */
export function matrixProduct(a: ComplexMatrix, b: ComplexMatrix): ComplexMatrix {
  if (a.columns !== b.rows)
    throw new RangeError(`matrices of ${a.rows} × ${a.columns} and ${b.rows} × ${b.columns} have no product`);
  const out = complexMatrix(a.rows, b.columns);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < b.columns; j++) {
      let re = 0;
      let im = 0;
      for (let k = 0; k < a.columns; k++) {
        const p = i * a.columns + k;
        const q = k * b.columns + j;
        re += a.re[p]! * b.re[q]! - a.im[p]! * b.im[q]!;
        im += a.re[p]! * b.im[q]! + a.im[p]! * b.re[q]!;
      }
      out.re[i * b.columns + j] = re;
      out.im[i * b.columns + j] = im;
    }
  }
  return out;
}

/** aᴴ, transposed and conjugated. */
export function adjoint(a: ComplexMatrix): ComplexMatrix {
  const out = complexMatrix(a.columns, a.rows);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.columns; j++) {
      out.re[j * a.rows + i] = a.re[i * a.columns + j]!;
      out.im[j * a.rows + i] = -a.im[i * a.columns + j]!;
    }
  }
  return out;
}

/** a + factor·b. */
export function matrixSum(a: ComplexMatrix, b: ComplexMatrix, factor: number): ComplexMatrix {
  return {
    rows: a.rows,
    columns: a.columns,
    re: a.re.map((value, i) => value + factor * b.re[i]!),
    im: a.im.map((value, i) => value + factor * b.im[i]!),
  };
}
