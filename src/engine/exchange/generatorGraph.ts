import type { ImportedHyperParameters } from '../../contract/importedModel.ts';
import type { GeneratorNetwork } from '../models/generator.ts';
import type { BakedRecipe, BakedStep } from './bakeRecipe.ts';
import { columnsChannelsFirst } from './channelsFirst.ts';
import { gateAtLevel, gateAtStart, recolourWhereOpen } from './gateNodes.ts';
import { GraphBuilder } from './graphBuilder.ts';
import { importedLayerNodes, importedStartNodes } from './importedNodes.ts';
import { array, batchName, convolution, normalised } from './layerNodes.ts';
import type { Arrays } from './layerNodes.ts';
import type { OnnxGraph, OnnxValue } from './onnxModel.ts';
import { stepNode } from './stepNodes.ts';

export interface GeneratorGraphOptions {
  recipe: BakedRecipe | undefined;
  /** Puts the hidden maps out too, after what the recipe does to them. */
  withLevels: boolean;
  /** What a generator that was trained elsewhere is made of. */
  imported?: ImportedHyperParameters | undefined;
}

/**
 * A decoder or generator as an ONNX graph: z [batch, latent] → images [batch, 3, 64, 64] in [−1, 1]. The maps of the hidden
 * levels are values of the graph under the levels' names.
 */
export function generatorGraph(
  network: GeneratorNetwork,
  latent: number,
  arrays: Arrays,
  { recipe, withLevels, imported }: GeneratorGraphOptions,
): OnnxGraph {
  const graph = new GraphBuilder();
  let maps = imported
    ? importedStartNodes(graph, network, imported, arrays)
    : startNodes(graph, network, arrays, 'z');
  let gates = (recipe?.gates ?? []).map(({ gate }, at) => gateAtStart(graph, at, gate, maps));
  const levels: OnnxValue[] = [];
  let side = network.layers[0]!.inputSize;
  const endings = imported?.layers.slice(-network.layers.length);
  for (const [place, layer] of network.layers.entries()) {
    const { level } = layer;
    if (level === 'image') break;
    const steps = recipe?.steps.get(level) ?? [];
    const ending = endings?.[place] ?? { activation: 'relu' as const, slope: 0, doubled: null };
    maps = named(graph, level, importedLayerNodes(graph, layer, ending, arrays, maps), steps);
    const from = side;
    side = layer.outputSize;
    gates = gates.map((map, at) =>
      gateAtLevel(graph, { at, gate: recipe!.gates[at]!.gate, level: level, from, side, steps }, map, maps),
    );
    levels.push({ name: maps, shape: [batchName, layer.outputChannels, side, side] });
  }
  const picture = pictureNodes(graph, network, arrays, { maps, gates, side }, recipe);
  const { outputSize } = network.layers.at(-1)!;
  return graph.finish(
    network.name,
    [{ name: 'z', shape: [batchName, latent] }],
    [{ name: picture, shape: [batchName, 3, outputSize, outputSize] }, ...(withLevels ? levels : [])],
  );
}

function startNodes(graph: GraphBuilder, network: GeneratorNetwork, arrays: Arrays, z: string): string {
  const { name, startSize, startChannels, hasStartBias } = network;
  const start = `${name}.start`;
  const matrix = array(arrays, `${start}.matrix`);
  const flat = matrix.shape[1]!;
  const inputs = [
    z,
    graph.floats('start.matrix', matrix.shape, columnsChannelsFirst(matrix.data, startSize, startChannels)),
  ];
  if (hasStartBias) {
    const bias = array(arrays, `${start}.bias`).data;
    inputs.push(graph.floats('start.bias', [flat], columnsChannelsFirst(bias, startSize, startChannels)));
  }
  const dense = graph.node('start.dense', hasStartBias ? 'Gemm' : 'MatMul', inputs);
  const shape = graph.integers('start.shape', [-1, startChannels, startSize, startSize]);
  const reshaped = graph.node('start.reshape', 'Reshape', [dense, shape]);
  return graph.node('start', 'Relu', [normalised(graph, 'start', start, arrays, reshaped)]);
}

/** The image layer, the gates on its output, tanh, and what is done to the picture. */
function pictureNodes(
  graph: GraphBuilder,
  network: GeneratorNetwork,
  arrays: Arrays,
  { maps, gates, side }: { maps: string; gates: readonly string[]; side: number },
  recipe: BakedRecipe | undefined,
): string {
  const layer = network.layers.at(-1)!;
  const bias = graph.floats('image.bias', [layer.outputChannels], array(arrays, `${layer.name}.bias`).data);
  let logits = convolution(graph, layer, arrays, maps, { kernel: recipe?.imageKernel, bias });
  gates.forEach((map, at) => {
    const { gate, colour } = recipe!.gates[at]!;
    logits = recolourWhereOpen(graph, { at, gate, colour, from: side, side: layer.outputSize }, map, logits);
  });
  return named(graph, 'images', graph.node('image.tanh', 'Tanh', [logits]), recipe?.steps.get('image') ?? []);
}

/** Maps after the steps of a recipe, under a name of their own. */
function named(graph: GraphBuilder, name: string, maps: string, steps: readonly BakedStep[]): string {
  let last = maps;
  steps.forEach((step, at) => {
    last = stepNode(graph, `${name}.step${at + 1}`, step, last);
  });
  return graph.node(name, 'Identity', [last]);
}
