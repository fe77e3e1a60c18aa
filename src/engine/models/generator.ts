import type { Doubling } from '../../contract/importedModel.ts';
import type { HiddenLevel } from '../../contract/levels.ts';
import { relu, tanh } from '../tensorflow/activations.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor1D, Tensor2D, Tensor4D } from '../tensorflow/tf.ts';
import { convolutionStage, convolve, doubled, runStage, waysOf, weight } from './layers.ts';
import type { ConvolutionLayer, Pass, Stage, Ways, Weights } from './layers.ts';

/** A network from latents to pictures, as the β-VAE's decoder and the DCGAN's generator both are. */
export interface GeneratorNetwork {
  /** Prefix of its weights' names. */
  name: 'decoder' | 'generator';
  /** In computing order, named by what they put out: coarse, intermediate, fine, image; fewer only in generators from elsewhere. */
  layers: readonly ConvolutionLayer[];
  /** Side and channels of the first maps. */
  startSize: number;
  startChannels: number;
  /** Whether the dense layer has a bias beside the β of its batch norm. */
  hasStartBias: boolean;
  /** What belongs to the start of a generator that was trained elsewhere; those trained here have batch norm, ReLU and no more. */
  start?: {
    /** Dense layers before the one that makes maps, each with a bias. */
    dense: readonly { name: string; activate: (rows: Tensor2D) => Tensor2D }[];
    isPlain: boolean;
    activate: (maps: Tensor4D) => Tensor4D;
    doubled: Doubling | undefined;
    /** Layers before the levels, named `before0` and so on. */
    layers: readonly ConvolutionLayer[];
  };
  /** How the picture's bias is added: the ways sum its gradient in different orders, which shows in a run's bits. */
  addImageBias: Ways['addImageBias'];
}

/** z [B, latent] → the maps that the first level's layer takes in, [B, H, W, C]: one stage, and more only in generators from elsewhere. */
export function startStages(network: GeneratorNetwork): [Stage<Tensor2D>, ...Stage<Tensor4D>[]] {
  return [startStage(network), ...(network.start?.layers ?? []).map(hiddenStage)];
}

function startStage({
  name,
  startSize,
  startChannels,
  hasStartBias,
  start,
}: GeneratorNetwork): Stage<Tensor2D> {
  const dense = `${name}.start`;
  const activate = start?.activate ?? relu;
  const way = start?.doubled;
  return {
    name: dense,
    normalised: start?.isPlain !== true,
    isPlain: start?.isPlain === true,
    linear: (weights, z) => {
      let rows = z;
      for (const { name: layer, activate: bent } of start?.dense ?? []) {
        rows = bent(
          tf
            .matMul(rows, weight(weights, `${layer}.matrix`) as Tensor2D)
            .add(weight(weights, `${layer}.bias`)),
        );
      }
      const product = tf.matMul(rows, weight(weights, `${dense}.matrix`));
      const maps = hasStartBias ? product.add(weight(weights, `${dense}.bias`)) : product;
      return maps.reshape([z.shape[0], startSize, startSize, startChannels]);
    },
    activate: way === undefined ? activate : (maps) => doubled(activate(maps), way),
  };
}

/** Runs the stages of the start. */
export function runStart(network: GeneratorNetwork, weights: Weights, z: Tensor2D, pass: Pass): Tensor4D {
  const [first, ...others] = startStages(network);
  let maps = runStage(first, weights, z, pass);
  for (const stage of others) maps = runStage(stage, weights, maps, pass);
  return maps;
}

function hiddenStage(layer: ConvolutionLayer): Stage<Tensor4D> {
  return convolutionStage(layer, layer.activate ?? relu);
}

/** All its convolutions, those of the start first. */
export function allLayers({ start, layers }: GeneratorNetwork): ConvolutionLayer[] {
  return [...(start?.layers ?? []), ...layers];
}

/** The layers of the hidden levels, in computing order; each takes in what the one before puts out. */
export function hiddenStages({ layers }: GeneratorNetwork): (Stage<Tensor4D> & { level: HiddenLevel })[] {
  return layers.flatMap((layer) => {
    const { level } = layer;
    return level === 'image' ? [] : [{ ...hiddenStage(layer), level }];
  });
}

/** Fine maps [B, H, W, C] → the image layer's output before tanh, [B, 64, 64, 3], with another kernel where one is given. */
export function imageLogits(
  network: GeneratorNetwork,
  weights: Weights,
  fine: Tensor4D,
  kernel = weight(weights, `${network.name}.image.kernel`) as Tensor4D,
  ways: Partial<Ways> = {},
): Tensor4D {
  const layer = network.layers[network.layers.length - 1]!;
  const bias = weight(weights, `${layer.name}.bias`) as Tensor1D;
  const { convolve: convolution, addImageBias } = { convolve, addImageBias: network.addImageBias, ...ways };
  return addImageBias(convolution(layer, kernel, fine), bias);
}

/** z [B, latent] → images [B, 64, 64, 3] in [−1, 1]. */
export function generate(network: GeneratorNetwork, weights: Weights, z: Tensor2D, pass: Pass): Tensor4D {
  const seen = (level: ConvolutionLayer['level'], maps: Tensor4D): Tensor4D => {
    if (pass.mode === 'training') pass.onInput?.(level, maps);
    return maps;
  };
  let maps = runStart(network, weights, z, pass);
  for (const stage of hiddenStages(network)) maps = runStage(stage, weights, seen(stage.level, maps), pass);
  return tanh(imageLogits(network, weights, seen('image', maps), undefined, waysOf(pass)));
}
