import type { GeneratorNetwork } from '../models/generator.ts';
import type { ConvolutionLayer } from '../models/layers.ts';
import { kernelShape } from '../models/layers.ts';
import type { NamedArray } from '../models/safetensors.ts';
import type { BakedRecipe, BakedStep } from './bakeRecipe.ts';
import { columnsChannelsFirst, kernelChannelsFirst, rowsChannelsFirst, transposed } from './channelsFirst.ts';
import { array } from './layerNodes.ts';
import type { Arrays } from './layerNodes.ts';

/*
 * Weights under the names and in the layouts of the PyTorch modules in resources/torch/model.py: kernels [out, in, kh, kw], of
 * transposed convolutions [in, out, kh, kw], matrices [to, from], flattened maps in the order of C, H, W.
 */

type TorchArrays = Map<string, NamedArray>;

/** Of a decoder or generator: `start`, then a module a level. */
export function torchGenerator(
  network: GeneratorNetwork,
  arrays: Arrays,
  recipe: BakedRecipe | undefined,
): TorchArrays {
  const { name, startSize, startChannels, hasStartBias, layers, start: own } = network;
  const torch: TorchArrays = new Map();
  const start = `${name}.start`;
  const matrix = array(arrays, `${start}.matrix`);
  const columns = columnsChannelsFirst(matrix.data, startSize, startChannels);
  torch.set('start.dense.weight', transposed(columns, matrix.shape, [1, 0]));
  if (hasStartBias) {
    const { data, shape } = array(arrays, `${start}.bias`);
    torch.set('start.dense.bias', { shape, data: columnsChannelsFirst(data, startSize, startChannels) });
  }
  (own?.dense ?? []).forEach((layer, at) => {
    const { data, shape } = array(arrays, `${layer.name}.matrix`);
    torch.set(`start.first.${at}.weight`, transposed(data, shape, [1, 0]));
    torch.set(`start.first.${at}.bias`, array(arrays, `${layer.name}.bias`));
  });
  if (own?.isPlain !== true) addNorm(torch, 'start.norm', start, arrays);
  (own?.layers ?? []).forEach((layer, at) => {
    addConvolution(torch, `start.layers.${at}`, layer, arrays);
  });
  addConvolutions(torch, layers, arrays, recipe?.imageKernel);
  for (const [level, steps] of recipe?.steps ?? []) {
    steps.forEach((step, at) => {
      addStep(torch, `steps.${level}.${at}`, step);
    });
  }
  return torch;
}

/** Of an encoder: a module a level, then `mean` and `log_variance`. */
export function torchEncoder(layers: readonly ConvolutionLayer[], arrays: Arrays): TorchArrays {
  const torch: TorchArrays = new Map();
  addConvolutions(torch, layers, arrays);
  for (const [to, from] of [
    ['mean', 'encoder.mean'],
    ['log_variance', 'encoder.logVariance'],
  ] as const) {
    addDense(torch, to, from, layers.at(-1)!, arrays);
    if (arrays.has(`${from}.gamma`)) addNorm(torch, `${to}_norm`, from, arrays);
  }
  return torch;
}

/** Of a discriminator: a module a level, then `score`. */
export function torchDiscriminator(layers: readonly ConvolutionLayer[], arrays: Arrays): TorchArrays {
  const torch: TorchArrays = new Map();
  addConvolutions(torch, layers, arrays);
  addDense(torch, 'score', 'discriminator.score', layers.at(-1)!, arrays);
  return torch;
}

function addConvolutions(
  torch: TorchArrays,
  layers: readonly ConvolutionLayer[],
  arrays: Arrays,
  imageKernel?: Float32Array,
): void {
  for (const layer of layers) {
    const isPicture = layer.outputChannels === 3 && layer.level === 'image';
    addConvolution(torch, layer.level, layer, arrays, isPicture ? imageKernel : undefined);
  }
}

function addConvolution(
  torch: TorchArrays,
  to: string,
  layer: ConvolutionLayer,
  arrays: Arrays,
  changed?: Float32Array,
): void {
  const kernel = changed ?? array(arrays, `${layer.name}.kernel`).data;
  torch.set(`${to}.convolution.weight`, kernelChannelsFirst(kernel, kernelShape(layer)));
  if (layer.normalised) addNorm(torch, `${to}.norm`, layer.name, arrays);
  else torch.set(`${to}.convolution.bias`, array(arrays, `${layer.name}.bias`));
}

function addNorm(torch: TorchArrays, to: string, from: string, arrays: Arrays): void {
  torch.set(`${to}.weight`, array(arrays, `${from}.gamma`));
  torch.set(`${to}.bias`, array(arrays, `${from}.beta`));
  torch.set(`${to}.running_mean`, array(arrays, `${from}.runningMean`));
  torch.set(`${to}.running_var`, array(arrays, `${from}.runningVariance`));
}

function addDense(
  torch: TorchArrays,
  to: string,
  from: string,
  last: ConvolutionLayer,
  arrays: Arrays,
): void {
  const matrix = array(arrays, `${from}.matrix`);
  const rows = rowsChannelsFirst(matrix.data, last.outputSize, last.outputChannels);
  torch.set(`${to}.weight`, transposed(rows, matrix.shape, [1, 0]));
  torch.set(`${to}.bias`, array(arrays, `${from}.bias`));
}

function addStep(torch: TorchArrays, name: string, step: BakedStep): void {
  switch (step.kind) {
    case 'stretch':
      torch.set(`${name}.matrix`, { shape: [step.side, step.side], data: step.matrix });
      break;
    case 'scale':
      torch.set(`${name}.factors`, { shape: [step.factors.length, 1, 1], data: step.factors });
      break;
    case 'replace': {
      const channels = step.kept.length;
      torch.set(`${name}.factors`, { shape: [channels, 1, 1], data: step.kept });
      torch.set(`${name}.added`, { shape: [channels, step.side, step.side], data: step.added });
    }
  }
}
