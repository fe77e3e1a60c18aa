import { StudioError } from '../../contract/errors.ts';
import type { Activation } from '../../contract/importedModel.ts';
import { floatOf, intOf, intsOf, textOf } from './attributes.ts';
import type { ChainLink } from './chain.ts';
import type { OnnxGraph, OnnxNode, OnnxTensor } from './onnxModel.ts';
import { wayOfResize } from './referencePlanes.ts';
import { notUnderstood } from './referenceRun.ts';
import type { ReferenceTensor } from './referenceTensor.ts';
import { sizeOf } from '../models/safetensors.ts';

/** Nodes that change nothing of what flows through, or only how a single row or pixel is written. */
const silent = new Set(['Identity', 'Dropout', 'Unsqueeze', 'Squeeze', 'Cast']);

const activationsOf: Readonly<Record<string, Activation>> = {
  Relu: 'relu',
  LeakyRelu: 'leakyRelu',
  Tanh: 'tanh',
  Sigmoid: 'sigmoid',
};

/** A node on a path of the graph. */
export interface AtNode {
  graph: OnnxGraph;
  values: ReadonlyMap<string, ReferenceTensor>;
  /** The values that the input has a part in; others are constants. */
  depends: ReadonlySet<string>;
  node: OnnxNode;
  flowing: string;
  /** Whether the maps that flow have their channels last, as TensorFlow's have. */
  isLast: boolean;
}

/** What a node does to maps or rows. @throws StudioError `wrong-usage` for a node that is not understood, naming it */
export function linksOf(here: AtNode): ChainLink[] {
  const { node } = here;
  const at = node.name;
  if (silent.has(node.operator)) return [];
  const activation = activationsOf[node.operator];
  if (activation !== undefined) {
    return [{ at, kind: 'activation', activation, slope: floatOf(node, 'alpha', 0.01) }];
  }
  switch (node.operator) {
    case 'Gemm':
    case 'MatMul':
      return [dense(here)];
    case 'Add':
    case 'Mul':
      return [affine(here)];
    case 'Reshape':
    case 'Flatten':
      return maps(here);
    case 'Transpose':
      return turned(here);
    case 'Conv':
    case 'ConvTranspose':
      return [convolution(here)];
    case 'PRelu':
      return [leaky(here)];
    case 'BatchNormalization': {
      if (intOf(node, 'training_mode', 0) === 1) {
        throw new StudioError(
          'wrong-usage',
          `The batch norm “${at}” was exported as it is in training, with the statistics of each batch. Export the generator after generator.eval().`,
        );
      }
      const [gamma, beta, mean, variance] = [1, 2, 3, 4].map(
        (place) => constant(here, place).data as Float32Array,
      );
      const epsilon = floatOf(node, 'epsilon', 1e-5);
      return [{ at, kind: 'norm', gamma: gamma!, beta: beta!, mean: mean!, variance: variance!, epsilon }];
    }
    case 'Resize':
    case 'Upsample':
      return [resized(here)];
    default:
      throw notUnderstood(node);
  }
}

/** A leaky ReLU whose slope was trained: one for all channels. */
function leaky(here: AtNode): ChainLink {
  const slopes = constant(here, 1).data;
  const slope = slopes[0] ?? Number.NaN;
  if (!slopes.every((each) => each === slope) || !(slope >= 0 && slope <= 1)) throw notUnderstood(here.node);
  return { at: here.node.name, kind: 'activation', activation: 'leakyRelu', slope };
}

function dense(here: AtNode): ChainLink {
  const { node } = here;
  const table = constant(here, 1);
  const isTurned = intOf(node, 'transB', 0) === 1;
  const [rows, columns] = table.shape as [number, number];
  const [inputs, outputs] = isTurned ? [columns, rows] : [rows, columns];
  const alpha = floatOf(node, 'alpha', 1);
  const matrix = Float32Array.from({ length: inputs * outputs }, (_, place) => {
    const [input, output] = [Math.floor(place / outputs), place % outputs];
    return alpha * table.data[isTurned ? output * inputs + input : place]!;
  });
  const beta = floatOf(node, 'beta', 1);
  const bias =
    node.inputs.length > 2 ? spread(constant(here, 2), outputs).map((value) => beta * value) : undefined;
  return { at: node.name, kind: 'dense', inputs, outputs, matrix, bias };
}

/**
 * A sum with constants is the bias of a dense layer or of a convolution, and a product and a sum are a batch norm, as tf2onnx writes it:
 * each is a batch norm that does nothing else.
 */
function affine(here: AtNode): ChainLink {
  const { node, flowing, values, isLast } = here;
  const { data, shape: own } = constant(here, node.inputs[0] === flowing ? 1 : 0);
  const { shape } = values.get(flowing)!;
  const axis = isLast ? shape.length - 1 : 1;
  const channels = shape[axis]!;
  // Counted from the last axis, as ONNX aligns them; a number a pixel of a row is not one a channel.
  const isByChannel =
    data.length === channels && (channels === 1 || own.at(axis - shape.length) === channels);
  if (!isByChannel && data.length !== 1) throw notUnderstood(node);
  const ones = new Float32Array(channels).fill(1);
  const zeros = new Float32Array(channels);
  const each = data.length === 1 ? zeros.map(() => data[0]!) : Float32Array.from(data);
  const [gamma, beta] = node.operator === 'Mul' ? [each, zeros] : [ones, each];
  return { at: node.name, kind: 'norm', gamma, beta, mean: zeros, variance: ones, epsilon: 0 };
}

function maps({ values, node }: AtNode): ChainLink[] {
  const before = values.get(node.inputs[0]!)!.shape;
  const after = values.get(node.outputs[0]!)!.shape;
  const [, channels, height, width] = after;
  if (
    after.length === 2 &&
    sizeOf(before.slice(1)) === channels &&
    before.slice(2).every((extent) => extent === 1)
  )
    return [];
  if (isGreyTurned(before, after)) return [];
  if (after.length !== 4 || (before.length > 2 && !before.slice(2).every((extent) => extent === 1)))
    throw notUnderstood(node);
  if (height === 1 && width === 1) return [];
  // Which of the three extents are equal tells where the channels are: a square first, or last.
  const isLast = channels === height && width !== height;
  const side = height!;
  if (!isLast && height !== width) throw notUnderstood(node);
  return [
    {
      at: node.name,
      kind: 'maps',
      channels: isLast ? width! : channels!,
      side,
      order: isLast ? 'channelsLast' : 'channelsFirst',
    },
  ];
}

/** One channel written first is the same numbers as one written last. */
function isGreyTurned(before: readonly number[], after: readonly number[]): boolean {
  const [, channels, height, width] = before;
  return before.length === 4 && channels === 1 && after.slice(1).join() === [height, width, 1].join();
}

/** TensorFlow's models turn their maps once after the reshape, and the picture back at the end. */
function turned({ node }: AtNode): ChainLink[] {
  const order = intsOf(node, 'perm', []).join();
  if (order === '0,3,1,2' || order === '0,2,3,1') return [];
  throw notUnderstood(node);
}

function convolution(here: AtNode): ChainLink {
  const { node } = here;
  const isTransposed = node.operator === 'ConvTranspose';
  const table = constant(here, 1);
  const [first, second, height, width] = table.shape as [number, number, number, number];
  const [top, left, bottom, right] = intsOf(node, 'pads', [0, 0, 0, 0]) as [number, number, number, number];
  const strides = intsOf(node, 'strides', [1, 1]);
  const even = (numbers: readonly number[]): boolean => new Set(numbers).size === 1;
  const isPlain =
    even([height, width]) &&
    even(strides) &&
    top === left &&
    bottom === right &&
    even([1, ...intsOf(node, 'dilations', [1, 1])]) &&
    intOf(node, 'group', 1) === 1 &&
    textOf(node, 'auto_pad', 'NOTSET') === 'NOTSET';
  if (!isPlain) {
    throw new StudioError(
      'wrong-usage',
      `The convolution “${node.name}” is not square, is dilated, in groups, or pads automatically, which is not understood here.`,
    );
  }
  const [inputs, outputs] = isTransposed ? [first, second] : [second, first];
  return {
    at: node.name,
    kind: 'convolution',
    isTransposed,
    inputs,
    outputs,
    kernel: height,
    taps: table.data as Float32Array,
    bias: node.inputs.length > 2 ? (constant(here, 2).data as Float32Array) : undefined,
    stride: strides[0]!,
    before: top,
    after: isTransposed ? bottom - intsOf(node, 'output_padding', [0, 0])[0]! : bottom,
  };
}

/** Rows and columns that are cut off after a transposed convolution, where its own cutting may not be uneven. */
export function cutMore(here: AtNode, last: ChainLink | undefined): ChainLink {
  const { node, values } = here;
  const [, , height, width] = values.get(node.inputs[0]!)!.shape;
  const [starts, ends] = [1, 2].map((place) => constant(here, place).data);
  const axes = node.inputs.length > 3 ? [...constant(here, 3).data] : [];
  const isSquare =
    height === width && starts![0] === starts![1] && ends![0] === ends![1] && axes.join() === '2,3';
  if (last?.kind !== 'convolution' || !last.isTransposed || !isSquare || node.inputs.length > 4)
    throw notUnderstood(node);
  const [start, end] = [starts![0]!, ends![0]!];
  const until = end < 0 ? end + height! : Math.min(end, height!);
  return { ...last, before: last.before + start, after: last.after + height! - until };
}

function resized({ node, values }: AtNode): ChainLink {
  const before = values.get(node.inputs[0]!)!.shape;
  const after = values.get(node.outputs[0]!)!.shape;
  const mode = textOf(node, 'mode', 'nearest');
  const way = wayOfResize(node);
  const isKnown =
    mode === 'nearest' || (mode === 'linear' && (way === 'half_pixel' || way === 'pytorch_half_pixel'));
  if (!isKnown || after[2] !== 2 * before[2]! || after[3] !== 2 * before[3]!) {
    throw new StudioError(
      'wrong-usage',
      `The node “${node.name}” resizes maps in a way that is not understood here: doubling by the nearest pixel, or bilinear with half-pixel centres (align_corners=False), is.`,
    );
  }
  return { at: node.name, kind: 'doubled', way: mode === 'nearest' ? 'nearest' : 'bilinear' };
}

/** What a node reads that the input has no part in. @throws StudioError `wrong-usage` where it has */
export function constant({ graph, values, depends, node }: AtNode, place: number): OnnxTensor {
  const name = node.inputs[place] ?? '';
  const found = graph.initialisers.get(name);
  if (found !== undefined) return found;
  const worked = depends.has(name) ? undefined : values.get(name);
  if (worked !== undefined)
    return { type: 'float32', shape: worked.shape, data: Float32Array.from(worked.data) };
  throw new StudioError(
    'wrong-usage',
    `The weights of the node “${node.name}” are computed by the network and not stored in the file, which is not understood here. Export the model with constant folding.`,
  );
}

function spread({ data }: OnnxTensor, count: number): Float32Array {
  return data.length === 1 ? new Float32Array(count).fill(data[0]!) : Float32Array.from(data);
}
