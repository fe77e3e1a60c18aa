import type { DcganHyperParameters, VaeHyperParameters } from '../../contract/hyperParameters.ts';
import type { ImportedEncoderSizes } from '../../contract/importedEncoder.ts';
import type { ImportedHyperParameters } from '../../contract/importedModel.ts';
import type { Tensor4D } from '../tensorflow/tf.ts';
import { decoderNetwork, encode, encoderStages, normalisedHeads } from './betaVae.ts';
import type { Codes } from './betaVae.ts';
import { betaVaeArchitecture, imageSize } from './betaVaeArchitecture.ts';
import { discriminatorStages } from './dcgan.ts';
import { dcganArchitecture, dcganWeights } from './dcganArchitecture.ts';
import type { GeneratorNetwork } from './generator.ts';
import { importedArchitecture } from './importedArchitecture.ts';
import { encodeImported, importedEncoderWeights } from './importedEncoder.ts';
import type { ConvolutionLayer, Pass, Stage, Weights } from './layers.ts';
import type { NetworkWeights } from './networkWeights.ts';

/** What decides a model's networks: its kind and its sizes. */
export type ModelDefinition =
  | { kind: 'vae'; hyperParameters: VaeHyperParameters }
  | { kind: 'dcgan'; hyperParameters: DcganHyperParameters }
  | {
      kind: 'imported';
      hyperParameters: ImportedHyperParameters;
      encoder?: ImportedEncoderSizes | undefined;
    };

/** A model as all see it who do not train it: one network that draws pictures, and one that looks at them. */
export interface ModelNetworks {
  latent: number;
  /** Side of the pictures in pixels. */
  imageSize: number;
  /** The weights of both. */
  weights: NetworkWeights;
  generator: GeneratorNetwork;
  analyser: AnalysisNetwork;
  /** Images [B, 64, 64, 3] in [−1, 1] → q(z|x); undefined of a model without an encoder. */
  encode: ((weights: Weights, images: Tensor4D, pass: Pass) => Codes) | undefined;
}

/** The convolutions of a β-VAE's encoder or a DCGAN's discriminator; none of a generator from elsewhere. */
export interface AnalysisNetwork {
  /** In computing order; each has the level of the generator's layer that it mirrors. */
  layers: readonly ConvolutionLayer[];
  /** The same layers; each takes in what the one before puts out. */
  stages: readonly Stage<Tensor4D>[];
  /** What takes in the last layer's maps and has batch norm too. */
  heads: readonly Stage<Tensor4D>[];
}

export function modelNetworks(model: ModelDefinition): ModelNetworks {
  switch (model.kind) {
    case 'vae': {
      const architecture = betaVaeArchitecture(model.hyperParameters);
      return {
        latent: model.hyperParameters.latent,
        imageSize,
        weights: architecture,
        generator: decoderNetwork(architecture),
        analyser: {
          layers: architecture.encoder,
          stages: encoderStages(architecture),
          heads: normalisedHeads(architecture),
        },
        encode: (weights, images, pass) => encode(architecture, weights, images, pass),
      };
    }
    case 'dcgan': {
      const architecture = dcganArchitecture(model.hyperParameters);
      return {
        latent: model.hyperParameters.latent,
        imageSize,
        weights: dcganWeights(architecture),
        generator: architecture.generator,
        analyser: {
          layers: architecture.discriminator.layers,
          stages: discriminatorStages(architecture),
          heads: [],
        },
        encode: undefined,
      };
    }
    case 'imported':
      return importedNetworks(model);
  }
}

function importedNetworks({
  hyperParameters,
  encoder,
}: Extract<ModelDefinition, { kind: 'imported' }>): ModelNetworks {
  const { latent, size: imageSize } = hyperParameters;
  const { generator, weights } = importedArchitecture(hyperParameters);
  // What an encoder from elsewhere is made of need not mirror the levels, so its layers are not analysed.
  const looks = { generator, analyser: { layers: [], stages: [], heads: [] } };
  if (encoder === undefined) return { latent, imageSize, weights, ...looks, encode: undefined };
  const own = importedEncoderWeights(encoder, { latent, imageSize });
  return {
    ...{ latent, imageSize, ...looks },
    weights: {
      trained: new Map([...weights.trained, ...own.trained]),
      statistics: weights.statistics,
    },
    encode: (all, images) => encodeImported(encoder, all, images),
  };
}
