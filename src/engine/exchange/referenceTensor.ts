import type { OnnxTensor } from './onnxModel.ts';

/** Numbers in double precision, rows first. */
export interface ReferenceTensor {
  shape: readonly number[];
  data: Float64Array;
}

export function tensorOf({ shape, data }: Pick<OnnxTensor, 'shape' | 'data'>): ReferenceTensor {
  return { shape, data: Float64Array.from(data) };
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

/** What an operator makes of each number. */
export function mapped({ shape, data }: ReferenceTensor, change: (value: number) => number): ReferenceTensor {
  return { shape, data: data.map(change) };
}

/** Two tensors number by number; an extent of 1, or one that is missing in front, is repeated. */
export function combined(
  a: ReferenceTensor,
  b: ReferenceTensor,
  combine: (a: number, b: number) => number,
): ReferenceTensor {
  const rank = Math.max(a.shape.length, b.shape.length);
  const left = stridesFor(a, rank);
  const right = stridesFor(b, rank);
  const shape = left.extents.map((extent, axis) => Math.max(extent, right.extents[axis]!));
  const data = new Float64Array(sizeOf(shape));
  const place = new Array<number>(rank).fill(0);
  for (let at = 0; at < data.length; at++) {
    let fromA = 0;
    let fromB = 0;
    for (let axis = 0; axis < rank; axis++) {
      fromA += place[axis]! * left.strides[axis]!;
      fromB += place[axis]! * right.strides[axis]!;
    }
    data[at] = combine(a.data[fromA]!, b.data[fromB]!);
    for (let axis = rank - 1; axis >= 0; axis--) {
      place[axis]! += 1;
      if (place[axis]! < shape[axis]!) break;
      place[axis] = 0;
    }
  }
  return { shape, data };
}

function stridesFor({ shape }: ReferenceTensor, rank: number): { extents: number[]; strides: number[] } {
  const extents = [...new Array<number>(rank - shape.length).fill(1), ...shape];
  const strides = extents.map((extent, axis) => (extent === 1 ? 0 : sizeOf(extents.slice(axis + 1))));
  return { extents, strides };
}
