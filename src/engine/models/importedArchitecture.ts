import type { Activation, ImportedHyperParameters, ImportedLayer } from '../../contract/importedModel.ts';
import { levelsOfConvolutions } from '../../contract/levels.ts';
import { leakyRelu, relu, tanh } from '../tensorflow/activations.ts';
import type { Tensor, Tensor2D, Tensor4D } from '../tensorflow/tf.ts';
import { addBias } from '../tensorflow/addBias.ts';
import type { GeneratorNetwork } from './generator.ts';
import { cutOfSame, kernelSize } from './layers.ts';
import type { ConvolutionLayer } from './layers.ts';
import { ParameterSpec } from './networkWeights.ts';
import type { NetworkWeights } from './networkWeights.ts';

/**
 * A generator that was trained elsewhere, as a network of the kind that is trained here: its last convolutional layers, four at most,
 * are the levels, what comes before them belongs to the start. Kernels of fewer than 5×5 taps lie in one of 5×5 with zeros about
 * them, which is the same function and has the same spectrum.
 */
export function importedArchitecture({ start, layers, latent, colours }: ImportedHyperParameters): {
  generator: GeneratorNetwork;
  weights: NetworkWeights;
} {
  const levels = levelsOfConvolutions(layers.length);
  const before = layers.slice(0, -levels.length).map((layer, at) => layerOf(layer, `before${at}`, 'coarse'));
  const ofLevels = layers.slice(-levels.length).map((layer, at) => layerOf(layer, levels[at]!, levels[at]!));
  const image = ofLevels.at(-1)!;
  const generator: GeneratorNetwork = {
    name: 'generator',
    layers: [...ofLevels.slice(0, -1), { ...image, ownOutputs: colours }],
    startSize: start.size,
    startChannels: start.channels,
    hasStartBias: true,
    start: {
      dense: start.dense.map(({ activation, slope }, at) => ({
        name: `generator.dense${at}`,
        activate: activationOf<Tensor2D>(activation, slope),
      })),
      isPlain: !start.normalised,
      activate: activationOf(start.activation, start.slope),
      doubled: start.doubled ?? undefined,
      layers: before,
    },
    addImageBias: addBias,
  };
  const spec = new ParameterSpec();
  const length = start.size ** 2 * start.channels;
  let inputs = latent;
  start.dense.forEach(({ outputs }, at) => {
    spec.matrix(`generator.dense${at}`, inputs, outputs);
    spec.bias(`generator.dense${at}`, outputs);
    inputs = outputs;
  });
  spec.matrix('generator.start', inputs, length);
  spec.bias('generator.start', length);
  if (start.normalised) spec.batchNorm('generator.start', start.channels);
  for (const layer of [...before, ...ofLevels]) spec.convolution(layer);
  return { generator, weights: { trained: spec.trained, statistics: spec.statistics } };
}

function layerOf(layer: ImportedLayer, name: string, level: ConvolutionLayer['level']): ConvolutionLayer {
  const { direction, inputSize, inputChannels, outputChannels, normalised, kernel, cut } = layer;
  const size = direction === 'up' ? 2 * inputSize : inputSize;
  return {
    name: `generator.${name}`,
    level,
    direction,
    inputSize,
    outputSize: layer.doubled === null ? size : 2 * size,
    inputChannels,
    outputChannels,
    normalised,
    activate: activationOf(layer.activation, layer.slope),
    doubled: layer.doubled ?? undefined,
    cut: direction === 'up' && cut !== cutOfSame ? cut : undefined,
    taps: kernel === kernelSize ? undefined : tapsOf(direction, kernel),
  };
}

/** Row and column of the first tap of a kernel of fewer than 5×5: `same` has it in the middle. */
export function firstTap(direction: ImportedLayer['direction'], kernel: number): number {
  return direction === 'same' ? (kernelSize - kernel) / 2 : 0;
}

/** The places, row by row in 5×5, of the taps of a smaller kernel. */
function tapsOf(direction: ImportedLayer['direction'], kernel: number): number[] {
  const first = firstTap(direction, kernel);
  return Array.from(
    { length: kernel * kernel },
    (_, tap) => (first + Math.floor(tap / kernel)) * kernelSize + first + (tap % kernel),
  );
}

/** A non-linearity of maps or rows. */
export function activationOf<T extends Tensor = Tensor4D>(
  activation: Activation,
  slope: number,
): (maps: T) => T {
  switch (activation) {
    case 'relu':
      return relu;
    case 'leakyRelu':
      return (maps) => leakyRelu(maps, slope);
    case 'tanh':
      return tanh;
    case 'sigmoid':
      return (maps) => maps.sigmoid();
    case 'none':
      return (maps) => maps;
  }
}
