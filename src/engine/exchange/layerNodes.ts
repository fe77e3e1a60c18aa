import type { ConvolutionLayer } from '../models/layers.ts';
import { kernelShape, kernelSize } from '../models/layers.ts';
import type { NamedArray } from '../models/safetensors.ts';
import { batchNormalizationEpsilon } from '../tensorflow/batchNormalization.ts';
import { kernelChannelsFirst } from './channelsFirst.ts';
import { float, ints } from './graphBuilder.ts';
import type { GraphBuilder } from './graphBuilder.ts';

/** Weights by name, as a checkpoint holds them. */
export type Arrays = ReadonlyMap<string, NamedArray>;

/** What the free first extent is called. */
export const batchName = 'batch';

/**
 * Padding of TensorFlow's SAME with a 5×5 kernel, [top, left, bottom, right]: with stride 2 one before and two after. Of the
 * transposed convolution one on all sides, and the last row and column are cut after it: OpenCV takes no uneven padding there.
 */
const paddings = { same: [2, 2, 2, 2], down: [1, 1, 2, 2], up: [1, 1, 1, 1] } as const;

/** A layer's convolution, with its bias where it has one. */
export function convolution(
  graph: GraphBuilder,
  layer: ConvolutionLayer,
  arrays: Arrays,
  maps: string,
  { kernel, bias }: { kernel?: Float32Array | undefined; bias?: string } = {},
): string {
  const { direction, level, outputSize: side } = layer;
  const { data, shape } = kernelChannelsFirst(
    kernel ?? array(arrays, `${layer.name}.kernel`).data,
    kernelShape(layer),
  );
  const inputs = [maps, graph.floats(`${level}.kernel`, shape, data)];
  if (bias !== undefined) inputs.push(bias);
  const stride = direction === 'same' ? 1 : 2;
  const convolved = graph.node(
    `${level}.convolution`,
    direction === 'up' ? 'ConvTranspose' : 'Conv',
    inputs,
    {
      kernel_shape: ints(kernelSize, kernelSize),
      pads: ints(...paddings[direction]),
      strides: ints(stride, stride),
    },
  );
  if (direction !== 'up') return convolved;
  const range = [
    [0, 0],
    [side, side],
    [2, 3],
  ].map((values, at) => graph.integers(`${level}.cut.${['starts', 'ends', 'axes'][at]!}`, values));
  return graph.node(`${level}.cut`, 'Slice', [convolved, ...range]);
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
