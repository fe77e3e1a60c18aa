import { addBias } from '../tensorflow/addBias.ts';
import { leakyRelu, tanh } from '../tensorflow/activations.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor4D } from '../tensorflow/tf.ts';
import { smallestSize } from './dcganArchitecture.ts';
import type { DcganArchitecture } from './dcganArchitecture.ts';
import { convolve, hiddenLayer, normalise, normaliseAndRectify, weight } from './layers.ts';
import type { ConvolutionLayer, Pass, Weights } from './layers.ts';

/*
 * The DCGAN in three functions.
 *   generate: z → G(z) = tanh(f(z))     through the levels coarse, intermediate, fine, image
 *   judge:    x → D(x), the logit of "x is a real picture"
 *   loss:     −log σ(D(x)) where x is to be judged real, −log(1 − σ(D(x))) where it is to be judged generated
 * The discriminator minimises the first for real pictures and the second for generated ones; the generator minimises
 * the first for its own (the form that does not saturate; Goodfellow et al. 2014).
 */

/** Slope of the discriminator's leaky ReLU below 0. */
export const leak = 0.2;

/** z [B, latent] → the maps that the coarse layer takes in, [B, 4, 4, 8w], after batch norm and ReLU. */
export function generatorStart(
  { generator }: DcganArchitecture,
  weights: Weights,
  z: Tensor2D,
  pass: Pass,
): Tensor4D {
  const maps = tf
    .matMul(z, weight(weights, 'generator.start.matrix'))
    .reshape<Tensor4D>([z.shape[0], smallestSize, smallestSize, generator.startChannels]);
  return normaliseAndRectify('generator.start', weights, maps, pass);
}

/** Fine maps [B, 32, 32, w] → the image layer's output before tanh, [B, 64, 64, 3]. */
export function generatorLogits(
  { generator }: DcganArchitecture,
  weights: Weights,
  fine: Tensor4D,
  kernel = weight(weights, 'generator.image.kernel') as Tensor4D,
): Tensor4D {
  const layer = generator.layers[generator.layers.length - 1]!;
  return addBias(convolve(layer, kernel, fine), weight(weights, 'generator.image.bias') as Tensor1D);
}

/** z [B, latent] → images [B, 64, 64, 3] in [−1, 1]. */
export function generate(
  architecture: DcganArchitecture,
  weights: Weights,
  z: Tensor2D,
  pass: Pass,
): Tensor4D {
  let x = generatorStart(architecture, weights, z, pass);
  for (const layer of architecture.generator.layers) {
    if (pass.mode === 'training') pass.onInput?.(layer.level, x);
    if (layer.level !== 'image') x = hiddenLayer(layer, weights, x, pass);
  }
  return tanh(generatorLogits(architecture, weights, x));
}

/** One layer of the discriminator: convolution, batch norm or bias, leaky ReLU. */
export function judgingLayer(layer: ConvolutionLayer, weights: Weights, x: Tensor4D, pass: Pass): Tensor4D {
  const convolved = convolve(layer, weight(weights, `${layer.name}.kernel`) as Tensor4D, x);
  const shifted = layer.normalised
    ? normalise(layer.name, weights, convolved, pass)
    : addBias(convolved, weight(weights, `${layer.name}.bias`) as Tensor1D);
  return leakyRelu(shifted, leak);
}

/** Images [B, 64, 64, 3] in [−1, 1] → logits [B, 1]; above 0 the discriminator takes a picture for a real one. */
export function judge(
  { discriminator }: DcganArchitecture,
  weights: Weights,
  images: Tensor4D,
  pass: Pass,
): Tensor2D {
  let x = images;
  for (const layer of discriminator.layers) x = judgingLayer(layer, weights, x, pass);
  const flat = x.reshape<Tensor2D>([images.shape[0], discriminator.judgedLength]);
  return tf
    .matMul(flat, weight(weights, 'discriminator.score.matrix') as Tensor2D)
    .add(weight(weights, 'discriminator.score.bias'));
}

/**
 * Mean over the batch of −log σ(s·l): the logistic loss of logits l, s = 1 for "real" and −1 for "generated", with
 * the gradient −s σ(−s·l)/B.
 */
export function logisticLoss(logits: Tensor2D, wanted: 'real' | 'generated'): Scalar {
  const sign = wanted === 'real' ? -1 : 1;
  const operation = tf.customGrad((...inputs) => {
    const [l, save] = inputs as [Tensor, (tensors: Tensor[]) => void];
    const turned = sign === 1 ? l : l.neg();
    save([turned]);
    const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor =>
      saved[0]!.sigmoid().mul(dy.mul(sign / logits.size));
    return { value: tf.softplus(turned).mean(), gradFunc };
  });
  return operation(logits) as Scalar;
}
