import { leakyRelu } from '../tensorflow/activations.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Scalar, Tensor, Tensor2D, Tensor4D } from '../tensorflow/tf.ts';
import type { DcganArchitecture } from './dcganArchitecture.ts';
import { convolutionStage, runStage, weight } from './layers.ts';
import type { Pass, Stage, Weights } from './layers.ts';

/*
 * The DCGAN in three functions.
 *   generate:     z → G(z) = tanh(f(z)) (`generator.ts`), through the levels coarse, intermediate, fine, image
 *   discriminate: x → D(x), the logit of "x is a real picture"
 *   loss:         −log σ(D(x)) where x is to be called real, −log(1 − σ(D(x))) where it is to be called generated
 * The discriminator minimises the first for real pictures and the second for generated ones; the generator minimises
 * the first for its own (the form that does not saturate; Goodfellow et al. 2014).
 */

/** Slope of the discriminator's leaky ReLU below 0. */
export const negativeSlope = 0.2;

/** The discriminator's convolutions, each with leaky ReLU; the first has a bias, the others batch norm. */
export function discriminatorStages({ discriminator }: DcganArchitecture): Stage<Tensor4D>[] {
  return discriminator.layers.map((layer) =>
    convolutionStage(layer, (maps) => leakyRelu(maps, negativeSlope)),
  );
}

/** Images [B, 64, 64, 3] in [−1, 1] → logits [B, 1]; above 0 the discriminator takes a picture for a real one. */
export function discriminate(
  architecture: DcganArchitecture,
  weights: Weights,
  images: Tensor4D,
  pass: Pass,
): Tensor2D {
  let x = images;
  for (const stage of discriminatorStages(architecture)) x = runStage(stage, weights, x, pass);
  const flat = x.reshape<Tensor2D>([images.shape[0], architecture.discriminator.flattenedLength]);
  return tf
    .matMul(flat, weight(weights, 'discriminator.score.matrix') as Tensor2D)
    .add(weight(weights, 'discriminator.score.bias'));
}

/**
 * Mean over the batch of −log σ(s·l): the logistic loss of logits l, s = 1 for "real" and −1 for "generated", with
 * the gradient −s σ(−s·l)/B.
 */
export function logisticLoss(logits: Tensor2D, label: 'real' | 'generated'): Scalar {
  const sign = label === 'real' ? -1 : 1;
  const operation = tf.customGrad((...inputs) => {
    const [l, save] = inputs as [Tensor, (tensors: Tensor[]) => void];
    const signed = sign === 1 ? l : l.neg();
    save([signed]);
    const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor =>
      saved[0]!.sigmoid().mul(dy.mul(sign / logits.size));
    return { value: tf.softplus(signed).mean(), gradFunc };
  });
  return operation(logits) as Scalar;
}
