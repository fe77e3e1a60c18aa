import type { OnnxNode, OnnxTensor } from './onnxModel.ts';
import type { ReferenceBudget } from './referenceBudget.ts';
import { sizeOf } from '../models/safetensors.ts';

/** Numbers in double precision, rows first. */
export interface ReferenceTensor {
  shape: readonly number[];
  data: Float64Array;
}

/** Where an operator works: for sentences, and for what it may take. */
export interface AtReference {
  node: OnnxNode;
  budget: ReferenceBudget;
}

export function tensorOf({ shape, data }: Pick<OnnxTensor, 'shape' | 'data'>): ReferenceTensor {
  return { shape, data: new Float64Array(data) };
}

/** What an operator makes of each number. */
export function mapped(
  { shape, data }: ReferenceTensor,
  change: (value: number, at: number) => number,
  { node, budget }: AtReference,
): ReferenceTensor {
  const changed = budget.numbers(shape, node);
  for (let at = 0; at < changed.length; at++) changed[at] = change(data[at]!, at);
  return { shape, data: changed };
}

/** Two tensors number by number; an extent of 1, or one that is missing in front, is repeated. */
export function combined(
  a: ReferenceTensor,
  b: ReferenceTensor,
  combine: (a: number, b: number) => number,
  { node, budget }: AtReference,
): ReferenceTensor {
  const rank = Math.max(a.shape.length, b.shape.length);
  const left = stridesFor(a, rank);
  const right = stridesFor(b, rank);
  const shape = left.extents.map((extent, axis) => Math.max(extent, right.extents[axis]!));
  const data = budget.numbers(shape, node);
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
