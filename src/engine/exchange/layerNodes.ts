import type { ConvolutionLayer } from '../models/layers.ts';
import { cutOfSame, kernelShape, kernelSize } from '../models/layers.ts';
import type { NamedArray } from '../models/safetensors.ts';
import { batchNormalizationEpsilon } from '../tensorflow/batchNormalization.ts';
import { kernelChannelsFirst } from './channelsFirst.ts';
import { float, ints } from './graphBuilder.ts';
import type { GraphBuilder } from './graphBuilder.ts';

/** Weights by name, as a checkpoint holds them. */
export type Arrays = ReadonlyMap<string, NamedArray>;

/** What the free first extent is called. */
export const batchName = 'batch';

/** Padding of TensorFlow's SAME with a 5×5 kernel and stride 2, [top, left, bottom, right]: one before and two after. */
const padsDown = [1, 1, 2, 2];

/** A layer's convolution, with its bias where it has one. */
export function convolution(
  graph: GraphBuilder,
  layer: ConvolutionLayer,
  arrays: Arrays,
  maps: string,
  { kernel, bias }: { kernel?: Float32Array | undefined; bias?: string } = {},
): string {
  const { direction, outputSize } = layer;
  const name = labelOf(layer);
  const own = ownKernel(layer, kernel ?? array(arrays, `${layer.name}.kernel`).data);
  const { data, shape } = kernelChannelsFirst(own.data, own.shape);
  const [side] = own.shape;
  const inputs = [maps, graph.floats(`${name}.kernel`, shape, data)];
  if (bias !== undefined) inputs.push(bias);
  const stride = direction === 'same' ? 1 : 2;
  const { cut = cutOfSame } = layer;
  // OpenCV takes no uneven cutting of a transposed convolution: what is cut on all sides is cut by it, and the rest after it.
  const evenly = Math.min(cut, side - 2 - cut);
  const pads = { same: even((side - 1) / 2), down: padsDown, up: even(evenly) }[direction];
  const convolved = graph.node(`${name}.convolution`, direction === 'up' ? 'ConvTranspose' : 'Conv', inputs, {
    kernel_shape: ints(side, side),
    pads: ints(...pads),
    strides: ints(stride, stride),
  });
  if (direction !== 'up' || side === 2 + 2 * evenly) return convolved;
  const [start, end] = [
    cut - evenly,
    cut - evenly + (layer.doubled === undefined ? outputSize : outputSize / 2),
  ];
  const range = [
    [start, start],
    [end, end],
    [2, 3],
  ].map((values, at) => graph.integers(`${name}.cut.${['starts', 'ends', 'axes'][at]!}`, values));
  return graph.node(`${name}.cut`, 'Slice', [convolved, ...range]);
}

/** What a layer's values are called: its level, or `before0` and so on of those that belong to the start. */
export function labelOf({ name }: ConvolutionLayer): string {
  return name.slice(name.indexOf('.') + 1);
}

function even(pixels: number): number[] {
  return [pixels, pixels, pixels, pixels];
}

/**
 * The taps that a kernel has in its 5×5: [k, k, ·, ·]. Those of a transposed one that would be cut to less than maps of twice the size stay
 * among zeros.
 */
function ownKernel(
  layer: ConvolutionLayer,
  data: Float32Array,
): { data: Float32Array; shape: [number, number, number, number] } {
  const [, , third, fourth] = kernelShape(layer);
  const { taps, direction, cut = cutOfSame } = layer;
  const side = taps === undefined ? kernelSize : Math.sqrt(taps.length);
  if (taps === undefined || (direction === 'up' && side - 2 < cut)) {
    return { data, shape: [kernelSize, kernelSize, third, fourth] };
  }
  const size = third * fourth;
  const own = new Float32Array(taps.length * size);
  taps.forEach((tap, at) => {
    own.set(data.subarray(tap * size, (tap + 1) * size), at * size);
  });
  return { data: own, shape: [side, side, third, fourth] };
}

/** Batch norm with the running statistics. */
export function normalised(
  graph: GraphBuilder,
  name: string,
  layer: string,
  arrays: Arrays,
  maps: string,
): string {
  const parts = ['gamma', 'beta', 'runningMean', 'runningVariance'].map((part) => {
    const { data, shape } = array(arrays, `${layer}.${part}`);
    return graph.floats(`${name}.${part}`, shape, data);
  });
  return graph.node(`${name}.norm`, 'BatchNormalization', [maps, ...parts], {
    epsilon: float(batchNormalizationEpsilon),
  });
}

export function array(arrays: Arrays, name: string): NamedArray {
  const found = arrays.get(name);
  if (found === undefined) throw new Error(`the model has no weight named ${name}`);
  return found;
}
