import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunFile } from '../../contract/runFiles.ts';
import { studioVersion } from '../../contract/studioVersion.ts';
import type { ConvolutionLayer } from '../models/layers.ts';
import { modelNetworks } from '../models/modelNetworks.ts';
import { encodeSafetensors } from '../models/safetensors.ts';
import type { NamedArray } from '../models/safetensors.ts';
import { projectFolder } from '../runs/bundledModel.ts';
import { discriminatorGraph, encoderGraph } from './analyserGraphs.ts';
import { bakeRecipe } from './bakeRecipe.ts';
import type { BakedRecipe } from './bakeRecipe.ts';
import { importedEncoderGraph } from './importedEncoderNodes.ts';
import { generatorGraph } from './generatorGraph.ts';
import { modelCard } from './modelCard.ts';
import { modelFacts } from './modelFacts.ts';
import type { ModelFilesOptions, ModelToExport } from './modelFacts.ts';
import type { OnnxGraph } from './onnxModel.ts';
import { generatorConfig, layersConfig, torchGates } from './torchConfig.ts';
import { torchDiscriminator, torchEncoder, torchGenerator } from './torchWeights.ts';
import { encodeOnnx } from './writeOnnx.ts';

/** Read by every ONNX Runtime since 1.13 and by OpenCV's DNN module; nothing here needs a newer one. */
const opset = 17;
const irVersion = 8;

/** A file of an exported model. */
export interface ModelFile {
  name: string;
  content: string | Uint8Array;
}

/** All files of an exported model. @throws StudioError `wrong-usage` where the recipe does not fit the model */
export async function modelFiles(open: ModelToExport, options: ModelFilesOptions): Promise<ModelFile[]> {
  const { input, recipe } = options;
  const baked = recipe && bakeRecipe(open.model, recipe);
  const networks = input.format === 'onnx' ? onnxFiles(open, options, baked) : await torchFiles(open, baked);
  const card = modelCard(open, { ...options, files: networks.map(({ name }) => name) });
  return [...networks, { name: 'README.md', content: card }];
}

function onnxFiles(
  open: ModelToExport,
  { input: { withLevels, license }, recipe }: ModelFilesOptions,
  baked: BakedRecipe | undefined,
): ModelFile[] {
  const { model } = open.run;
  const { generator, analyser, latent } = modelNetworks(model);
  const looks: OnnxGraph[] =
    model.kind === 'vae'
      ? [encoderGraph(analyser.layers, model.hyperParameters, open.weights, { withLevels })]
      : model.kind === 'dcgan'
        ? [discriminatorGraph(analyser.layers, open.weights, { withLevels })]
        : importedEncoder(model, open.weights);
  const imported = model.kind === 'imported' ? model.hyperParameters : undefined;
  const draws = generatorGraph(generator, latent, open.weights, { recipe: baked, withLevels, imported });
  const facts = modelFacts(open, license);
  const file = (name: string, graph: OnnxGraph, more: Record<string, string> = {}): ModelFile => ({
    name: `${name}.onnx`,
    content: encodeOnnx({
      irVersion,
      opset,
      producer: { name: 'Extrapolation Studio', version: studioVersion },
      graph,
      metadata: new Map(Object.entries({ ...facts, ...more })),
    }),
  });
  return [
    file('decoder', draws, recipe && { recipe: JSON.stringify(recipe) }),
    ...looks.map((graph) => file(graph.name, graph)),
  ];
}

function importedEncoder(
  { hyperParameters, encoder }: Extract<RunFile['model'], { kind: 'imported' }>,
  weights: ModelToExport['weights'],
): OnnxGraph[] {
  return encoder === undefined ? [] : [importedEncoderGraph(encoder, hyperParameters, weights)];
}

async function torchFiles(open: ModelToExport, baked: BakedRecipe | undefined): Promise<ModelFile[]> {
  const { model } = open.run;
  const { generator, analyser, latent } = modelNetworks(model);
  const gates = baked?.gates ?? [];
  const decoder: [string, NamedArray][] = [
    ...torchGenerator(generator, open.weights, baked),
    ...torchGates(gates, generator.layers.at(-1)!.outputSize),
  ];
  const imported = model.kind === 'imported' ? model.hyperParameters : undefined;
  const looks = torchLooks(model, analyser.layers, latent, open.weights);
  const networks = {
    decoder: generatorConfig(generator, latent, baked, imported),
    ...(looks && { [looks.name]: looks.config }),
  };
  const weights = new Map([
    ...prefixed('decoder', decoder),
    ...(looks ? prefixed(looks.name, looks.arrays) : []),
  ]);
  const code = [await source('model.py'), ...(gates.length === 0 ? [] : [await source('gate.py')])];
  return [
    { name: 'model.py', content: code.join('') },
    { name: 'config.json', content: `${JSON.stringify({ networks }, null, 2)}\n` },
    { name: 'weights.safetensors', content: encodeSafetensors(weights) },
  ];
}

/** The network that takes pictures in; encoders from elsewhere are written as ONNX alone. */
function torchLooks(
  model: RunFile['model'],
  layers: readonly ConvolutionLayer[],
  latent: number,
  weights: ModelToExport['weights'],
): { name: string; config: object; arrays: Map<string, NamedArray> } | undefined {
  const last = layers.at(-1);
  if (model.kind === 'imported' || last === undefined) return undefined;
  const sizes = { flat: last.outputSize ** 2 * last.outputChannels, layers: layersConfig(layers) };
  if (model.kind === 'dcgan')
    return { name: 'discriminator', config: sizes, arrays: torchDiscriminator(layers, weights) };
  const config = { ...sizes, latent, head: model.hyperParameters.logVarianceHead };
  return { name: 'encoder', config, arrays: torchEncoder(layers, weights) };
}

/** The text of a file of PyTorch modules. */
function source(name: string): Promise<string> {
  return readFile(join(projectFolder(), 'resources', 'torch', name), 'utf8');
}

function prefixed(prefix: string, arrays: Iterable<[string, NamedArray]>): [string, NamedArray][] {
  return [...arrays].map(([name, value]) => [`${prefix}.${name}`, value]);
}
