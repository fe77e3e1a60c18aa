import type { VaeHyperParameters } from '../../contract/hyperParameters.ts';
import type { ConvolutionLayer } from '../models/layers.ts';
import { negativeSlope } from '../models/dcgan.ts';
import { rowsChannelsFirst } from './channelsFirst.ts';
import { array, batchName, convolution, normalised } from './layerNodes.ts';
import type { Arrays } from './layerNodes.ts';
import { float, GraphBuilder } from './graphBuilder.ts';
import type { OnnxGraph, OnnxValue } from './onnxModel.ts';

export interface AnalyserOptions {
  withLevels: boolean;
}

/** The β-VAE's encoder: images [batch, 3, 64, 64] in [−1, 1] → mean and logVariance, [batch, latent] each. */
export function encoderGraph(
  layers: readonly ConvolutionLayer[],
  { latent, logVarianceHead }: Pick<VaeHyperParameters, 'latent' | 'logVarianceHead'>,
  arrays: Arrays,
  { withLevels }: AnalyserOptions,
): OnnxGraph {
  const graph = new GraphBuilder();
  const { maps, levels } = convolutions(graph, layers, arrays, (name, value) =>
    graph.node(name, 'Relu', [value]),
  );
  const flat = graph.node('flat', 'Flatten', [maps]);
  const last = layers.at(-1)!;
  const raw = (name: 'mean' | 'logVariance'): string => {
    const isLast = logVarianceHead !== 'softplus' && (name === 'mean' || logVarianceHead === 'linear');
    return denseNode(
      graph,
      { name: isLast ? name : `${name}.dense`, layer: `encoder.${name}`, last, arrays },
      flat,
    );
  };
  const ofMean = raw('mean');
  const ofLogVariance = raw('logVariance');
  const heads = { mean: ofMean, logVariance: ofLogVariance };
  if (logVarianceHead === 'softplus') {
    const normalisedHead = (name: 'mean' | 'logVariance'): string =>
      normalised(graph, name, `encoder.${name}`, arrays, heads[name]);
    heads.mean = graph.node('mean', 'Identity', [normalisedHead('mean')]);
    const soft = graph.node('logVariance.softplus', 'Softplus', [normalisedHead('logVariance')]);
    heads.logVariance = graph.node('logVariance', 'Add', [soft, scalar(graph, 'logVariance.least', 1e-6)]);
  } else if (logVarianceHead === 'elu') {
    heads.logVariance = logOfElu(graph, ofLogVariance);
  }
  const outputs = [heads.mean, heads.logVariance].map((name) => ({ name, shape: [batchName, latent] }));
  return graph.finish('encoder', [imagesInput(layers)], [...outputs, ...(withLevels ? levels : [])]);
}

/** log(1 + ELU(a)), as `models/betaVae.ts` has it: a where a ≤ 0, log(1 + a) above. */
export function logOfElu(graph: GraphBuilder, head: string): string {
  const positive = graph.node('logVariance.relu', 'Relu', [head]);
  const above = graph.node('logVariance.more', 'Add', [positive, scalar(graph, 'logVariance.one', 1)]);
  return graph.node('logVariance', 'Min', [head, graph.node('logVariance.log', 'Log', [above])]);
}

/** The DCGAN's discriminator: images [batch, 3, 64, 64] in [−1, 1] → logit [batch, 1], above 0 for real pictures. */
export function discriminatorGraph(
  layers: readonly ConvolutionLayer[],
  arrays: Arrays,
  { withLevels }: AnalyserOptions,
): OnnxGraph {
  const graph = new GraphBuilder();
  const { maps, levels } = convolutions(graph, layers, arrays, (name, value) =>
    graph.node(name, 'LeakyRelu', [value], { alpha: float(negativeSlope) }),
  );
  const flat = graph.node('flat', 'Flatten', [maps]);
  const last = layers.at(-1)!;
  const logit = denseNode(graph, { name: 'logit', layer: 'discriminator.score', last, arrays }, flat);
  const outputs = [{ name: logit, shape: [batchName, 1] }, ...(withLevels ? levels : [])];
  return graph.finish('discriminator', [imagesInput(layers)], outputs);
}

function convolutions(
  graph: GraphBuilder,
  layers: readonly ConvolutionLayer[],
  arrays: Arrays,
  activated: (name: string, value: string) => string,
): { maps: string; levels: OnnxValue[] } {
  let maps = 'images';
  const levels: OnnxValue[] = [];
  for (const layer of layers) {
    const { level, name, outputChannels, outputSize } = layer;
    const bias = layer.normalised
      ? {}
      : { bias: graph.floats(`${level}.bias`, [outputChannels], array(arrays, `${name}.bias`).data) };
    const linear = convolution(graph, layer, arrays, maps, bias);
    maps = activated(level, layer.normalised ? normalised(graph, level, name, arrays, linear) : linear);
    levels.push({ name: maps, shape: [batchName, outputChannels, outputSize, outputSize] });
  }
  return { maps, levels };
}

interface DenseLayer {
  /** Of the value it puts out. */
  name: string;
  /** Prefix of its weights. */
  layer: string;
  /** The layer whose flattened maps it reads. */
  last: ConvolutionLayer;
  arrays: Arrays;
}

function denseNode(graph: GraphBuilder, { name, layer, last, arrays }: DenseLayer, flat: string): string {
  const matrix = array(arrays, `${layer}.matrix`);
  const bias = array(arrays, `${layer}.bias`);
  const rows = rowsChannelsFirst(matrix.data, last.outputSize, last.outputChannels);
  return graph.node(name, 'Gemm', [
    flat,
    graph.floats(`${layer}.matrix`, matrix.shape, rows),
    graph.floats(`${layer}.bias`, bias.shape, bias.data),
  ]);
}

function imagesInput([first]: readonly ConvolutionLayer[]): OnnxValue {
  const { inputChannels, inputSize } = first!;
  return { name: 'images', shape: [batchName, inputChannels, inputSize, inputSize] };
}

function scalar(graph: GraphBuilder, name: string, value: number): string {
  return graph.floats(name, [1], new Float32Array([value]));
}
