import type { TrainedModel } from './trainedModel.ts';
import { statelessNormal } from '../tensorflow/statelessNormal.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor2D, Tensor4D } from '../tensorflow/tf.ts';

/** Keeps the latents of measurements apart from the training noise of the same seed. */
export const measurementStep = -1;

/**
 * Latents for measuring a generator, [B, latent]: of a model with an encoder the posterior means of the pictures, of
 * another as many draws from its prior.
 * @param images [B, 64, 64, 3] in [−1, 1]
 * @returns the caller's to dispose
 */
export function measuringLatents(model: TrainedModel, images: Tensor4D, seed = 0): Tensor2D {
  if (model.encode === undefined) return priorLatents(model, images.shape[0], seed);
  const { mean, logVariance } = model.encode(images);
  tf.dispose(logVariance);
  return mean;
}

/** Draws from a model's prior, [count, latent]; the caller's to dispose. */
export function priorLatents({ latent }: TrainedModel, count: number, seed = 0): Tensor2D {
  return statelessNormal([count, latent], seed, measurementStep) as Tensor2D;
}
