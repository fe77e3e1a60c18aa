import type { Activation, Doubling, ImportedHyperParameters } from '../../contract/importedModel.ts';
import type { GeneratorNetwork } from '../models/generator.ts';
import type { ConvolutionLayer } from '../models/layers.ts';
import { columnsChannelsFirst } from './channelsFirst.ts';
import { float, text } from './graphBuilder.ts';
import type { GraphBuilder } from './graphBuilder.ts';
import { array, convolution, labelOf, normalised } from './layerNodes.ts';
import type { Arrays } from './layerNodes.ts';

/* A generator that was trained elsewhere (`models/importedArchitecture.ts`) as nodes of a graph. */

/** What follows a layer's linear part. */
interface Ending {
  activation: Activation;
  slope: number;
  doubled: Doubling | null;
}

/** z → the maps that the coarse layer takes in: dense layers, maps, and the layers that belong to the start. */
export function importedStartNodes(
  graph: GraphBuilder,
  network: GeneratorNetwork,
  { start, layers }: ImportedHyperParameters,
  arrays: Arrays,
): string {
  let rows = 'z';
  start.dense.forEach(({ activation, slope }, at) => {
    const name = `dense${at}`;
    const inputs = ['matrix', 'bias'].map((part) => {
      const { shape, data } = array(arrays, `generator.${name}.${part}`);
      return graph.floats(`${name}.${part}`, shape, data);
    });
    const linear = graph.node(`${name}.linear`, 'Gemm', [rows, ...inputs]);
    rows = ended(graph, name, linear, { activation, slope, doubled: null });
  });
  const { size, channels } = start;
  const [matrix, bias] = ['matrix', 'bias'].map((part) => {
    const { shape, data } = array(arrays, `generator.start.${part}`);
    return graph.floats(`start.${part}`, shape, columnsChannelsFirst(data, size, channels));
  });
  const flat = graph.node('start.dense', 'Gemm', [rows, matrix!, bias!]);
  const shape = graph.integers('start.shape', [-1, channels, size, size]);
  const reshaped = graph.node('start.reshape', 'Reshape', [flat, shape]);
  const normed = start.normalised
    ? normalised(graph, 'start', 'generator.start', arrays, reshaped)
    : reshaped;
  let maps = ended(graph, 'start', normed, start);
  (network.start?.layers ?? []).forEach((layer, at) => {
    maps = importedLayerNodes(graph, layer, layers[at]!, arrays, maps);
  });
  return maps;
}

/** A layer with its batch norm or bias, its non-linearity, and doubling. */
export function importedLayerNodes(
  graph: GraphBuilder,
  layer: ConvolutionLayer,
  ending: Ending,
  arrays: Arrays,
  maps: string,
): string {
  const name = labelOf(layer);
  if (layer.normalised) {
    const convolved = convolution(graph, layer, arrays, maps);
    return ended(graph, name, normalised(graph, name, layer.name, arrays, convolved), ending);
  }
  const { shape, data } = array(arrays, `${layer.name}.bias`);
  const bias = graph.floats(`${name}.bias`, shape, data);
  return ended(graph, name, convolution(graph, layer, arrays, maps, { bias }), ending);
}

function ended(
  graph: GraphBuilder,
  name: string,
  maps: string,
  { activation, slope, doubled }: Ending,
): string {
  const bent = activated(graph, `${name}.${activation}`, maps, { activation, slope });
  if (doubled === null) return bent;
  const scales = graph.floats(`${name}.scales`, [4], new Float32Array([1, 1, 2, 2]));
  return graph.node(`${name}.doubled`, 'Resize', [bent, '', scales], {
    mode: text(doubled === 'nearest' ? 'nearest' : 'linear'),
    coordinate_transformation_mode: text(doubled === 'nearest' ? 'asymmetric' : 'half_pixel'),
    ...(doubled === 'nearest' ? { nearest_mode: text('floor') } : {}),
  });
}

/** A non-linearity; nothing where there is none. */
export function activated(
  graph: GraphBuilder,
  name: string,
  maps: string,
  { activation, slope }: Pick<Ending, 'activation' | 'slope'>,
): string {
  switch (activation) {
    case 'relu':
      return graph.node(name, 'Relu', [maps]);
    case 'leakyRelu':
      return graph.node(name, 'LeakyRelu', [maps], { alpha: float(slope) });
    case 'tanh':
      return graph.node(name, 'Tanh', [maps]);
    case 'sigmoid':
      return graph.node(name, 'Sigmoid', [maps]);
    case 'none':
      return maps;
  }
}
