import { convolution, averagePool, resize, transposedConvolution } from './referencePlanes.ts';
import { combined, mapped } from './referenceTensor.ts';
import { sizeOf } from '../models/safetensors.ts';
import type { AtReference, ReferenceTensor } from './referenceTensor.ts';
import { floatOf, intOf, intsOf } from './attributes.ts';
import type { OnnxNode } from './onnxModel.ts';

/** An operator on its inputs, of which optional ones may be missing. */
export type ReferenceOperator = (
  inputs: readonly (ReferenceTensor | undefined)[],
  at: AtReference,
) => ReferenceTensor;

const each =
  (change: (value: number, node: OnnxNode) => number): ReferenceOperator =>
  ([x], at) =>
    mapped(x!, (value) => change(value, at.node), at);

const both =
  (combine: (a: number, b: number) => number): ReferenceOperator =>
  ([a, b], at) =>
    combined(a!, b!, combine, at);

/** The operators that networks of this kind are made of, by their names in the ONNX specification. */
export const referenceOperators: ReadonlyMap<string, ReferenceOperator> = new Map<string, ReferenceOperator>([
  ['Identity', ([x]) => x!],
  ['Relu', each((value) => Math.max(0, value))],
  ['LeakyRelu', each((value, node) => (value < 0 ? value * floatOf(node, 'alpha', 0.01) : value))],
  ['PRelu', ([x, slope], at) => combined(x!, slope!, (a, b) => (a < 0 ? a * b : a), at)],
  ['Tanh', each(Math.tanh)],
  ['Sigmoid', each((value) => 1 / (1 + Math.exp(-value)))],
  ['Softplus', each((value) => Math.max(value, 0) + Math.log1p(Math.exp(-Math.abs(value))))],
  ['Log', each(Math.log)],
  ['Add', both((a, b) => a + b)],
  ['Sub', both((a, b) => a - b)],
  ['Mul', both((a, b) => a * b)],
  ['Div', divided],
  ['Min', both(Math.min)],
  ['Clip', clipped],
  ['Gemm', gemm],
  ['MatMul', ([a, b], at) => matMul(a!, b!, at)],
  ['Reshape', ([x, shape]) => reshaped(x!, [...shape!.data])],
  ['Flatten', ([x], { node }) => flattened(x!, intOf(node, 'axis', 1))],
  ['Unsqueeze', ([x, axes]) => unsqueezed(x!, [...axes!.data])],
  ['Squeeze', ([x, axes]) => squeezed(x!, axes === undefined ? undefined : [...axes.data])],
  ['Transpose', ([x], at) => axesMoved(x!, intsOf(at.node, 'perm', [...x!.shape.keys()].reverse()), at)],
  ['Tile', ([x, times], at) => tiled(x!, [...times!.data], at)],
  ['Dropout', ([x]) => x!],
  // What exporters work shapes out with.
  ['Shape', ([x]) => ({ shape: [x!.shape.length], data: Float64Array.from(x!.shape) })],
  ['Cast', ([x]) => x!],
  ['Gather', ([x, places], at) => gathered(x!, places!, at)],
  [
    'Concat',
    (inputs, at) =>
      concatenated(
        inputs.map((each) => each!),
        at,
      ),
  ],
  ['Slice', slice],
  ['BatchNormalization', batchNormalization],
  ['Conv', convolution],
  ['ConvTranspose', transposedConvolution],
  ['AveragePool', averagePool],
  ['Resize', resize],
  ['Upsample', resize],
]);

/** Sizes, which graphs work out as single numbers and lists, are divided as whole numbers are: 33 by 2 is 16. */
function divided([a, b]: readonly (ReferenceTensor | undefined)[], at: AtReference): ReferenceTensor {
  const areSizes = [a!, b!].every(({ shape, data }) => shape.length <= 1 && data.every(Number.isInteger));
  return combined(a!, b!, (x, y) => (areSizes ? Math.trunc(x / y) : x / y), at);
}

/** Bounds are inputs since opset 11, and attributes before. */
function clipped(
  [x, least, most]: readonly (ReferenceTensor | undefined)[],
  at: AtReference,
): ReferenceTensor {
  const from = least?.data[0] ?? floatOf(at.node, 'min', -Infinity);
  const to = most?.data[0] ?? floatOf(at.node, 'max', Infinity);
  return mapped(x!, (value) => Math.min(to, Math.max(from, value)), at);
}

function gemm([a, b, c]: readonly (ReferenceTensor | undefined)[], at: AtReference): ReferenceTensor {
  const { node } = at;
  const left = intOf(node, 'transA', 0) === 1 ? transposed(a!) : a!;
  const right = intOf(node, 'transB', 0) === 1 ? transposed(b!) : b!;
  const alpha = floatOf(node, 'alpha', 1);
  const beta = floatOf(node, 'beta', 1);
  const product = mapped(matMul(left, right, at), (value) => alpha * value, at);
  return c === undefined ? product : combined(product, c, (x, y) => x + beta * y, at);
}

function transposed({ shape, data }: ReferenceTensor): ReferenceTensor {
  const [rows, columns] = shape as [number, number];
  return {
    shape: [columns, rows],
    data: data.map((_, at) => data[(at % rows) * columns + Math.floor(at / rows)]!),
  };
}

/** Of matrices, or of stacks of them where the other is one matrix. */
function matMul(a: ReferenceTensor, b: ReferenceTensor, { node, budget }: AtReference): ReferenceTensor {
  const [rows, inner] = a.shape.slice(-2) as [number, number];
  if (b.shape.at(-2) !== inner) throw new RangeError('the matrices do not fit');
  const columns = b.shape.at(-1)!;
  const stack = a.shape.length > b.shape.length ? a.shape.slice(0, -2) : b.shape.slice(0, -2);
  const count = sizeOf(stack);
  const stepA = a.shape.length > 2 ? rows * inner : 0;
  const stepB = b.shape.length > 2 ? inner * columns : 0;
  const data = budget.numbers([...stack, rows, columns], node);
  budget.work(data.length * inner, node);
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
  const known = sizeOf(to.filter((extent) => extent !== -1));
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

function axesMoved(
  { shape, data }: ReferenceTensor,
  order: readonly number[],
  at: AtReference,
): ReferenceTensor {
  const to = order.map((axis) => shape[axis]!);
  const steps = order.map((axis) => sizeOf(shape.slice(axis + 1)));
  const place = to.map(() => 0);
  const moved = at.budget.numbers(to, at.node);
  for (let of = 0; of < moved.length; of++) {
    moved[of] = data[place.reduce((sum, each, axis) => sum + each * steps[axis]!, 0)]!;
    for (let axis = to.length - 1; axis >= 0; axis--) {
      place[axis]! += 1;
      if (place[axis]! < to[axis]!) break;
      place[axis] = 0;
    }
  }
  return { shape: to, data: moved };
}

function tiled(
  { shape, data }: ReferenceTensor,
  times: readonly number[],
  { node, budget }: AtReference,
): ReferenceTensor {
  if (times.length !== shape.length || times.some((each) => !(each >= 1)))
    throw new RangeError('each axis is repeated once or more');
  const to = shape.map((extent, axis) => extent * times[axis]!);
  const repeated = budget.numbers(to, node);
  for (let at = 0; at < repeated.length; at++) {
    let from = 0;
    for (let axis = 0, rest = at, inner = repeated.length; axis < to.length; axis++) {
      inner /= to[axis]!;
      from = from * shape[axis]! + (Math.floor(rest / inner) % shape[axis]!);
      rest %= inner;
    }
    repeated[at] = data[from]!;
  }
  return { shape: to, data: repeated };
}

/** Of the first axis, where the extents of a shape lie. */
function gathered(
  { shape, data }: ReferenceTensor,
  places: ReferenceTensor,
  { node, budget }: AtReference,
): ReferenceTensor {
  if (intOf(node, 'axis', 0) !== 0) throw new RangeError('only the first axis is gathered from');
  const inner = sizeOf(shape.slice(1));
  const to = [...places.shape, ...shape.slice(1)];
  const gathered = budget.numbers(to, node);
  places.data.forEach((place, at) => {
    const from = (place < 0 ? place + shape[0]! : place) * inner;
    gathered.set(data.subarray(from, from + inner), at * inner);
  });
  return { shape: to, data: gathered };
}

/** Of lists of numbers. */
function concatenated(parts: readonly ReferenceTensor[], { node, budget }: AtReference): ReferenceTensor {
  if (intOf(node, 'axis', 0) !== 0 || parts.some(({ shape }) => shape.length > 1)) {
    throw new RangeError('only lists of numbers are put together');
  }
  const shape = [parts.reduce((sum, part) => sum + part.data.length, 0)];
  const data = budget.numbers(shape, node);
  let to = 0;
  for (const part of parts) {
    data.set(part.data, to);
    to += part.data.length;
  }
  return { shape, data };
}

function slice(
  [x, starts, ends, axes, steps]: readonly (ReferenceTensor | undefined)[],
  where: AtReference,
): ReferenceTensor {
  let cut = x!;
  starts!.data.forEach((start, at) => {
    const axis = axes === undefined ? at : axes.data[at]!;
    const step = steps?.data[at] ?? 1;
    if (!(step >= 1)) throw new RangeError('only forward steps are taken');
    cut = sliced(
      cut,
      axis < 0 ? axis + cut.shape.length : axis,
      { start, end: ends!.data[at]!, step },
      where,
    );
  });
  return cut;
}

function sliced(
  { shape, data }: ReferenceTensor,
  axis: number,
  { start, end, step }: { start: number; end: number; step: number },
  { node, budget }: AtReference,
): ReferenceTensor {
  const extent = shape[axis]!;
  const within = (place: number): number => Math.min(extent, Math.max(0, place < 0 ? place + extent : place));
  const places: number[] = [];
  for (let place = within(start); place < within(end); place += step) places.push(place);
  const inner = sizeOf(shape.slice(axis + 1));
  const outer = sizeOf(shape.slice(0, axis));
  const to = shape.map((each, at) => (at === axis ? places.length : each));
  const result = budget.numbers(to, node);
  for (let of = 0; of < outer; of++) {
    places.forEach((place, at) => {
      const from = (of * extent + place) * inner;
      result.set(data.subarray(from, from + inner), (of * places.length + at) * inner);
    });
  }
  return { shape: to, data: result };
}

function batchNormalization(
  [x, scale, bias, mean, variance]: readonly (ReferenceTensor | undefined)[],
  at: AtReference,
): ReferenceTensor {
  const epsilon = floatOf(at.node, 'epsilon', 1e-5);
  const { shape } = x!;
  const area = sizeOf(shape.slice(2));
  const channels = shape[1]!;
  const change = (value: number, place: number): number => {
    const channel = Math.floor(place / area) % channels;
    const deviation = Math.sqrt(variance!.data[channel]! + epsilon);
    return ((value - mean!.data[channel]!) / deviation) * scale!.data[channel]! + bias!.data[channel]!;
  };
  return mapped(x!, change, at);
}
