import type { HiddenLevel } from '../../contract/levels.ts';
import { relu, tanh } from '../tensorflow/activations.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor1D, Tensor2D, Tensor4D } from '../tensorflow/tf.ts';
import { convolutionStage, convolve, runStage, waysOf, weight } from './layers.ts';
import type { ConvolutionLayer, Pass, Stage, Ways, Weights } from './layers.ts';

/** A network from latents to pictures, as the β-VAE's decoder and the DCGAN's generator both are. */
export interface GeneratorNetwork {
  /** Prefix of its weights' names. */
  name: 'decoder' | 'generator';
  /** In computing order, named by what they put out: coarse, intermediate, fine, image. */
  layers: readonly ConvolutionLayer[];
  /** Side and channels of the maps that the coarse layer takes in. */
  startSize: number;
  startChannels: number;
  /** Whether the dense layer has a bias beside the β of its batch norm. */
  hasStartBias: boolean;
  /** How the picture's bias is added: the ways sum its gradient in different orders, which shows in a run's bits. */
  addImageBias: Ways['addImageBias'];
}

/** z [B, latent] → the maps that the coarse layer takes in, [B, H, W, C], after batch norm and ReLU. */
export function startStage({
  name,
  startSize,
  startChannels,
  hasStartBias,
}: GeneratorNetwork): Stage<Tensor2D> {
  const dense = `${name}.start`;
  return {
    name: dense,
    normalised: true,
    linear: (weights, z) => {
      const product = tf.matMul(z, weight(weights, `${dense}.matrix`));
      const maps = hasStartBias ? product.add(weight(weights, `${dense}.bias`)) : product;
      return maps.reshape([z.shape[0], startSize, startSize, startChannels]);
    },
    activate: relu,
  };
}

/** The layers of the hidden levels, in computing order; each takes in what the one before puts out. */
export function hiddenStages({ layers }: GeneratorNetwork): (Stage<Tensor4D> & { level: HiddenLevel })[] {
  return layers.flatMap((layer) => {
    const { level } = layer;
    return level === 'image' ? [] : [{ ...convolutionStage(layer, relu), level }];
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
  let maps = runStage(startStage(network), weights, z, pass);
  for (const stage of hiddenStages(network)) maps = runStage(stage, weights, seen(stage.level, maps), pass);
  return tanh(imageLogits(network, weights, seen('image', maps), undefined, waysOf(pass)));
}
