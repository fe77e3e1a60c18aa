import type { DcganHyperParameters } from '../../contract/hyperParameters.ts';
import { addBias } from '../tensorflow/addBias.ts';
import type { GeneratorNetwork } from './generator.ts';
import type { ConvolutionLayer } from './layers.ts';
import { convolutionLayer, ParameterSpec } from './networkWeights.ts';
import type { NetworkWeights } from './networkWeights.ts';

/** Side of the smallest maps of both networks. */
export const smallestSize = 4;

export interface DcganArchitecture {
  hyperParameters: DcganHyperParameters;
  generator: NetworkWeights & GeneratorNetwork;
  discriminator: NetworkWeights & {
    /** In computing order; each has the level of the generator's layer that it mirrors. */
    layers: readonly ConvolutionLayer[];
    /** Length of the flattened maps that the score is a weighted sum of. */
    flattenedLength: number;
  };
}

/**
 * The base DCGAN (Radford, Metz and Chintala 2016, as in the public code the paper builds on): 5×5 convolutions with
 * stride 2.
 * Generator: z → dense 4×4×8w → coarse 8×8×4w → intermediate 16×16×2w → fine 32×32×w → image 64×64×3, tanh;
 * batch norm and ReLU between.
 * Discriminator: 64×64×3 → 32×32×w → 16×16×2w → 8×8×4w → 4×4×8w → one number; leaky ReLU of slope 0.2 between, batch
 * norm in all but the first.
 */
export function dcganArchitecture(hyperParameters: DcganHyperParameters): DcganArchitecture {
  const { width: w, latent } = hyperParameters;
  const startChannels = 8 * w;
  const generator: GeneratorNetwork = {
    name: 'generator',
    layers: [
      convolutionLayer('generator', 'coarse', 'up', 4, 8 * w, 4 * w),
      convolutionLayer('generator', 'intermediate', 'up', 8, 4 * w, 2 * w),
      convolutionLayer('generator', 'fine', 'up', 16, 2 * w, w),
      { ...convolutionLayer('generator', 'image', 'up', 32, w, 3), normalised: false },
    ],
    startSize: smallestSize,
    startChannels,
    hasStartBias: false,
    addImageBias: addBias,
  };
  const discriminator = {
    layers: [
      { ...convolutionLayer('discriminator', 'image', 'down', 64, 3, w), normalised: false },
      convolutionLayer('discriminator', 'fine', 'down', 32, w, 2 * w),
      convolutionLayer('discriminator', 'intermediate', 'down', 16, 2 * w, 4 * w),
      convolutionLayer('discriminator', 'coarse', 'down', 8, 4 * w, 8 * w),
    ],
    flattenedLength: smallestSize ** 2 * 8 * w,
  };
  const generatorSpec = new ParameterSpec();
  generatorSpec.matrix('generator.start', latent, smallestSize ** 2 * startChannels);
  generatorSpec.batchNorm('generator.start', startChannels);
  for (const layer of generator.layers) generatorSpec.convolution(layer);
  const discriminatorSpec = new ParameterSpec();
  for (const layer of discriminator.layers) discriminatorSpec.convolution(layer);
  discriminatorSpec.matrix('discriminator.score', discriminator.flattenedLength, 1);
  discriminatorSpec.bias('discriminator.score', 1);
  const weightsOf = ({ trained, statistics }: ParameterSpec): NetworkWeights => ({ trained, statistics });
  return {
    hyperParameters,
    generator: { ...generator, ...weightsOf(generatorSpec) },
    discriminator: { ...discriminator, ...weightsOf(discriminatorSpec) },
  };
}

/** Both networks' weights as one list, the generator's first. */
export function dcganWeights({ generator, discriminator }: DcganArchitecture): NetworkWeights {
  return {
    trained: new Map([...generator.trained, ...discriminator.trained]),
    statistics: new Map([...generator.statistics, ...discriminator.statistics]),
  };
}
