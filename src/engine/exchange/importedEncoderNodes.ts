import type { ImportedEncoderSizes } from '../../contract/importedEncoder.ts';
import { brightness, encoderDenseName, encoderLayerName, rangeScales } from '../models/importedEncoder.ts';
import { kernelChannelsFirst, rowsChannelsFirst } from './channelsFirst.ts';
import { GraphBuilder, ints } from './graphBuilder.ts';
import { activated } from './importedNodes.ts';
import { array, batchName } from './layerNodes.ts';
import type { Arrays } from './layerNodes.ts';
import { logOfElu } from './analyserGraphs.ts';
import type { OnnxGraph } from './onnxModel.ts';

/** An encoder that was trained elsewhere as a graph: images [batch, 3, H, W] in [−1, 1] → mean and logVariance, [batch, latent] each. */
export function importedEncoderGraph(
  encoder: ImportedEncoderSizes,
  { latent, size }: { latent: number; size: number },
  arrays: Arrays,
): OnnxGraph {
  const graph = new GraphBuilder();
  let maps = picturesNodes(graph, encoder.pictures);
  encoder.layers.forEach(({ kernel, stride, before, after, outputChannels, activation, slope }, at) => {
    const name = encoderLayerName(at);
    const own = array(arrays, `${name}.kernel`);
    const { data, shape } = kernelChannelsFirst(own.data, own.shape);
    const weights = graph.floats(`${name}.kernel`, shape, data);
    const bias = graph.floats(`${name}.bias`, [outputChannels], array(arrays, `${name}.bias`).data);
    const convolved = graph.node(`${name}.convolution`, 'Conv', [maps, weights, bias], {
      kernel_shape: ints(kernel, kernel),
      pads: ints(before, before, after, after),
      strides: ints(stride, stride),
    });
    maps = activated(graph, name, convolved, { activation, slope });
  });
  let rows = graph.node('flat', 'Flatten', [maps]);
  const last = encoder.layers.at(-1) ?? { outputSize: size, outputChannels: encoder.pictures.channels };
  const gemm = (value: string, name: string, isFirst: boolean): string => {
    const [matrix, bias] = ['matrix', 'bias'].map((part) => array(arrays, `${name}.${part}`));
    const { outputSize, outputChannels } = last;
    const data = isFirst ? rowsChannelsFirst(matrix!.data, outputSize, outputChannels) : matrix!.data;
    return graph.node(value, 'Gemm', [
      rows,
      graph.floats(`${name}.matrix`, matrix!.shape, data),
      graph.floats(`${name}.bias`, bias!.shape, bias!.data),
    ]);
  };
  encoder.dense.forEach(({ activation, slope }, at) => {
    const name = encoderDenseName(at);
    rows = activated(graph, name, gemm(`${name}.linear`, name, at === 0), { activation, slope });
  });
  const isFirst = encoder.dense.length === 0;
  const outputs = [gemm('mean', 'encoder.mean', isFirst)];
  if (encoder.logVariance !== null) {
    const isPlain = encoder.logVariance.form === 'linear';
    const head = gemm(isPlain ? 'logVariance' : 'logVariance.dense', 'encoder.logVariance', isFirst);
    outputs.push(endedNode(graph, encoder.logVariance, head));
  }
  return graph.finish(
    'encoder',
    [{ name: 'images', shape: [batchName, 3, size, size] }],
    outputs.map((name) => ({ name, shape: [batchName, latent] })),
  );
}

/** Colours in [−1, 1] as the first layer takes them in. */
function picturesNodes(
  graph: GraphBuilder,
  { channels, range, factor, offset }: ImportedEncoderSizes['pictures'],
): string {
  const { scale, shift } = rangeScales[range];
  let pictures = 'images';
  const change = (operator: 'Mul' | 'Add', numbers: readonly number[], nothing: number): void => {
    if (numbers.every((value) => value === nothing)) return;
    const name = operator === 'Mul' ? 'pictures.scaled' : 'pictures.shifted';
    const constant = graph.floats(`${name}.by`, [1, channels, 1, 1], Float32Array.from(numbers));
    pictures = graph.node(name, operator, [pictures, constant]);
  };
  change(
    'Mul',
    factor.map((value) => value * scale),
    1,
  );
  change(
    'Add',
    offset.map((value, at) => value + factor[at]! * shift),
    0,
  );
  if (channels === 3) return pictures;
  const kernel = graph.floats('pictures.brightness', [1, 3, 1, 1], new Float32Array(brightness));
  return graph.node('pictures.grey', 'Conv', [pictures, kernel], { kernel_shape: ints(1, 1) });
}

function endedNode(
  graph: GraphBuilder,
  { form, least, most }: NonNullable<ImportedEncoderSizes['logVariance']>,
  head: string,
): string {
  const constant = (name: string, value: number): string =>
    graph.floats(`logVariance.${name}`, [], new Float32Array([value]));
  switch (form) {
    case 'linear':
      return head;
    case 'elu':
      return logOfElu(graph, head);
    case 'softplus': {
      const soft = graph.node('logVariance.softplus', 'Softplus', [head]);
      return graph.node('logVariance', 'Add', [soft, constant('least', least)]);
    }
    case 'clipped':
      return graph.node('logVariance', 'Clip', [head, constant('least', least), constant('most', most)]);
  }
}
