import { convolution, averagePool, resize, transposedConvolution } from './referencePlanes.ts';
import { combined, mapped, sizeOf } from './referenceTensor.ts';
import type { ReferenceTensor } from './referenceTensor.ts';
import { floatOf, intOf, intsOf } from './attributes.ts';
import type { OnnxNode } from './onnxModel.ts';

/** An operator on its inputs, of which optional ones may be missing. */
export type ReferenceOperator = (
  inputs: readonly (ReferenceTensor | undefined)[],
  node: OnnxNode,
) => ReferenceTensor;

const each =
  (change: (value: number, node: OnnxNode) => number): ReferenceOperator =>
  ([x], node) =>
    mapped(x!, (value) => change(value, node));

const both =
  (combine: (a: number, b: number) => number): ReferenceOperator =>
  ([a, b]) =>
    combined(a!, b!, combine);

/** The operators that networks of this kind are made of, by their names in the ONNX specification. */
export const referenceOperators: ReadonlyMap<string, ReferenceOperator> = new Map<string, ReferenceOperator>([
  ['Identity', ([x]) => x!],
  ['Relu', each((value) => Math.max(0, value))],
  ['LeakyRelu', each((value, node) => (value < 0 ? value * floatOf(node, 'alpha', 0.01) : value))],
  ['Tanh', each(Math.tanh)],
  ['Sigmoid', each((value) => 1 / (1 + Math.exp(-value)))],
  ['Softplus', each((value) => Math.max(value, 0) + Math.log1p(Math.exp(-Math.abs(value))))],
  ['Log', each(Math.log)],
  ['Add', both((a, b) => a + b)],
  ['Sub', both((a, b) => a - b)],
  ['Mul', both((a, b) => a * b)],
  ['Div', both((a, b) => a / b)],
  ['Min', both(Math.min)],
  ['Gemm', gemm],
  ['MatMul', ([a, b]) => matMul(a!, b!)],
  ['Reshape', ([x, shape]) => reshaped(x!, [...shape!.data])],
  ['Flatten', ([x], node) => flattened(x!, intOf(node, 'axis', 1))],
  ['Unsqueeze', ([x, axes]) => unsqueezed(x!, [...axes!.data])],
  ['Squeeze', ([x, axes]) => squeezed(x!, axes === undefined ? undefined : [...axes.data])],
  ['Transpose', ([x], node) => axesMoved(x!, intsOf(node, 'perm', [...x!.shape.keys()].reverse()))],
  ['Dropout', ([x]) => x!],
  // What exporters work shapes out with.
  ['Shape', ([x]) => ({ shape: [x!.shape.length], data: Float64Array.from(x!.shape) })],
  ['Cast', ([x]) => x!],
  ['Gather', ([x, places], node) => gathered(x!, places!, intOf(node, 'axis', 0))],
  [
    'Concat',
    (inputs, node) =>
      concatenated(
        inputs.map((each) => each!),
        intOf(node, 'axis', 0),
      ),
  ],
  ['Slice', slice],
  ['BatchNormalization', batchNormalization],
  ['Conv', convolution],
  ['ConvTranspose', transposedConvolution],
  ['AveragePool', averagePool],
  ['Resize', resize],
]);

function gemm([a, b, c]: readonly (ReferenceTensor | undefined)[], node: OnnxNode): ReferenceTensor {
  const left = intOf(node, 'transA', 0) === 1 ? transposed(a!) : a!;
  const right = intOf(node, 'transB', 0) === 1 ? transposed(b!) : b!;
  const alpha = floatOf(node, 'alpha', 1);
  const beta = floatOf(node, 'beta', 1);
  const product = mapped(matMul(left, right), (value) => alpha * value);
  return c === undefined ? product : combined(product, c, (x, y) => x + beta * y);
}

function transposed({ shape, data }: ReferenceTensor): ReferenceTensor {
  const [rows, columns] = shape as [number, number];
  return {
    shape: [columns, rows],
    data: data.map((_, at) => data[(at % rows) * columns + Math.floor(at / rows)]!),
  };
}

/** Of matrices, or of stacks of them where the other is one matrix. */
function matMul(a: ReferenceTensor, b: ReferenceTensor): ReferenceTensor {
  const [rows, inner] = a.shape.slice(-2) as [number, number];
  const columns = b.shape.at(-1)!;
  const stack = a.shape.length > b.shape.length ? a.shape.slice(0, -2) : b.shape.slice(0, -2);
  const count = sizeOf(stack);
  const stepA = a.shape.length > 2 ? rows * inner : 0;
  const stepB = b.shape.length > 2 ? inner * columns : 0;
  const data = new Float64Array(count * rows * columns);
  for (let of = 0; of < count; of++) {
    for (let row = 0; row < rows; row++) {
      for (let at = 0; at < inner; at++) {
        const factor = a.data[of * stepA + row * inner + at]!;
        const to = (of * rows + row) * columns;
        const from = of * stepB + at * columns;
        for (let column = 0; column < columns; column++)
          data[to + column]! += factor * b.data[from + column]!;
      }
    }
  }
  return { shape: [...stack, rows, columns], data };
}

/** 0 stands for the extent that was there, −1 for what is left. */
function reshaped({ shape, data }: ReferenceTensor, asked: readonly number[]): ReferenceTensor {
  const to = asked.map((extent, axis) => (extent === 0 ? shape[axis]! : extent));
  const known = to.filter((extent) => extent !== -1).reduce((product, extent) => product * extent, 1);
  return { shape: to.map((extent) => (extent === -1 ? data.length / known : extent)), data };
}

function flattened({ shape, data }: ReferenceTensor, axis: number): ReferenceTensor {
  return { shape: [sizeOf(shape.slice(0, axis)), sizeOf(shape.slice(axis))], data };
}

function unsqueezed({ shape, data }: ReferenceTensor, axes: readonly number[]): ReferenceTensor {
  const rank = shape.length + axes.length;
  const added = new Set(axes.map((axis) => (axis < 0 ? axis + rank : axis)));
  const left = [...shape];
  return { shape: Array.from({ length: rank }, (_, axis) => (added.has(axis) ? 1 : left.shift()!)), data };
}

function squeezed({ shape, data }: ReferenceTensor, axes: readonly number[] | undefined): ReferenceTensor {
  const gone = axes?.map((axis) => (axis < 0 ? axis + shape.length : axis));
  return { shape: shape.filter((extent, axis) => (gone ? !gone.includes(axis) : extent !== 1)), data };
}

function axesMoved({ shape, data }: ReferenceTensor, order: readonly number[]): ReferenceTensor {
  const to = order.map((axis) => shape[axis]!);
  const steps = order.map((axis) => sizeOf(shape.slice(axis + 1)));
  const place = to.map(() => 0);
  const moved = data.map(() => {
    const from = place.reduce((sum, at, axis) => sum + at * steps[axis]!, 0);
    for (let axis = to.length - 1; axis >= 0; axis--) {
      place[axis]! += 1;
      if (place[axis]! < to[axis]!) break;
      place[axis] = 0;
    }
    return data[from]!;
  });
  return { shape: to, data: moved };
}

/** Of the first axis, where the extents of a shape lie. */
function gathered({ shape, data }: ReferenceTensor, places: ReferenceTensor, axis: number): ReferenceTensor {
  if (axis !== 0) throw new RangeError('only the first axis is gathered from');
  const inner = sizeOf(shape.slice(1));
  const rows = [...places.data].map((place) => {
    const at = (place < 0 ? place + shape[0]! : place) * inner;
    return [...data.subarray(at, at + inner)];
  });
  return { shape: [...places.shape, ...shape.slice(1)], data: Float64Array.from(rows.flat()) };
}

/** Of lists of numbers. */
function concatenated(parts: readonly ReferenceTensor[], axis: number): ReferenceTensor {
  if (axis !== 0 || parts.some(({ shape }) => shape.length > 1)) {
    throw new RangeError('only lists of numbers are put together');
  }
  const data = Float64Array.from(parts.flatMap((part) => [...part.data]));
  return { shape: [data.length], data };
}

function slice([x, starts, ends, axes, steps]: readonly (ReferenceTensor | undefined)[]): ReferenceTensor {
  let cut = x!;
  starts!.data.forEach((start, at) => {
    const axis = axes === undefined ? at : axes.data[at]!;
    const step = steps?.data[at] ?? 1;
    cut = sliced(cut, axis < 0 ? axis + cut.shape.length : axis, { start, end: ends!.data[at]!, step });
  });
  return cut;
}

function sliced(
  { shape, data }: ReferenceTensor,
  axis: number,
  { start, end, step }: { start: number; end: number; step: number },
): ReferenceTensor {
  const extent = shape[axis]!;
  const within = (place: number): number => Math.min(extent, Math.max(0, place < 0 ? place + extent : place));
  const places: number[] = [];
  for (let place = within(start); place < within(end); place += step) places.push(place);
  const inner = sizeOf(shape.slice(axis + 1));
  const outer = sizeOf(shape.slice(0, axis));
  const result = new Float64Array(outer * places.length * inner);
  for (let of = 0; of < outer; of++) {
    places.forEach((place, at) => {
      const from = (of * extent + place) * inner;
      result.set(data.subarray(from, from + inner), (of * places.length + at) * inner);
    });
  }
  return { shape: shape.map((each, at) => (at === axis ? places.length : each)), data: result };
}

function batchNormalization(
  [x, scale, bias, mean, variance]: readonly (ReferenceTensor | undefined)[],
  node: OnnxNode,
): ReferenceTensor {
  const epsilon = floatOf(node, 'epsilon', 1e-5);
  const { shape, data } = x!;
  const area = sizeOf(shape.slice(2));
  const channels = shape[1]!;
  return {
    shape,
    data: data.map((value, at) => {
      const channel = Math.floor(at / area) % channels;
      const deviation = Math.sqrt(variance!.data[channel]! + epsilon);
      return ((value - mean!.data[channel]!) / deviation) * scale!.data[channel]! + bias!.data[channel]!;
    }),
  };
}
