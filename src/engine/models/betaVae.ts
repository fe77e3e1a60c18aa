import { tanh } from '../tensorflow/activations.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Scalar, Tensor, Tensor2D, Tensor4D } from '../tensorflow/tf.ts';
import { startSize } from './betaVaeArchitecture.ts';
import type { BetaVaeArchitecture } from './betaVaeArchitecture.ts';
import { convolve, hiddenLayer, normalise, normaliseAndRectify, weight } from './layers.ts';
import type { Pass, Weights } from './layers.ts';

/*
 * The β-VAE in three functions.
 *   encode: x → (μ, log σ²)        q(z|x) = N(μ, diag σ²)
 *   decode: z → x̂ = tanh(f(z))     through the levels coarse, intermediate, fine, image
 *   loss:   mean((x̂ − x)²) + w · KL(q(z|x) ‖ N(0, I)),   z = μ + σ ⊙ ε
 * The squared error is a mean over pixels and colours of values in [−1, 1]; KL is a sum over latents in nats, a mean
 * over the batch. With a Gaussian likelihood of unit variance a weight w stands for β = w · 12,288 / 2.
 */

export interface Posterior {
  /** μ, [B, latent] */
  mean: Tensor2D;
  /** log σ², [B, latent] */
  logVariance: Tensor2D;
}

/** @param images [B, 64, 64, 3] in [−1, 1] */
export function encode(
  architecture: BetaVaeArchitecture,
  weights: Weights,
  images: Tensor4D,
  pass: Pass,
): Posterior {
  let x = images;
  for (const layer of architecture.encoder) x = hiddenLayer(layer, weights, x, pass);
  const flat = x.reshape<Tensor2D>([images.shape[0], architecture.encodedLength]);
  const mean = dense('encoder.mean', weights, flat);
  const logVariance = dense('encoder.logVariance', weights, flat);
  if (architecture.hyperParameters.logVarianceHead === 'linear') return { mean, logVariance };
  return {
    mean: normaliseRows('encoder.mean', weights, mean, pass),
    logVariance: tf.softplus(normaliseRows('encoder.logVariance', weights, logVariance, pass)).add(1e-6),
  };
}

function dense(name: string, weights: Weights, x: Tensor2D): Tensor2D {
  return tf.matMul(x, weight(weights, `${name}.matrix`) as Tensor2D).add(weight(weights, `${name}.bias`));
}

/** Batch norm of the columns of [B, C]: the same op, over maps of one pixel. */
function normaliseRows(name: string, weights: Weights, x: Tensor2D, pass: Pass): Tensor2D {
  const [batch, channels] = x.shape;
  return normalise(name, weights, x.reshape([batch, 1, 1, channels]), pass).reshape([batch, channels]);
}

/** z [B, latent] → the maps that the coarse layer takes in, [B, 8, 8, 4w], after batch norm and ReLU. */
export function decoderStart(
  architecture: BetaVaeArchitecture,
  weights: Weights,
  z: Tensor2D,
  pass: Pass,
): Tensor4D {
  const maps = dense('decoder.start', weights, z).reshape<Tensor4D>([
    z.shape[0],
    startSize,
    startSize,
    architecture.startChannels,
  ]);
  return normaliseAndRectify('decoder.start', weights, maps, pass);
}

/** Fine maps [B, 64, 64, f] → the image layer's output before tanh, [B, 64, 64, 3]. */
export function imageLogits(
  architecture: BetaVaeArchitecture,
  weights: Weights,
  fine: Tensor4D,
  kernel = weight(weights, 'decoder.image.kernel') as Tensor4D,
): Tensor4D {
  const layer = architecture.decoder[architecture.decoder.length - 1]!;
  return convolve(layer, kernel, fine).add(weight(weights, 'decoder.image.bias'));
}

/** z [B, latent] → images [B, 64, 64, 3] in [−1, 1]. */
export function decode(
  architecture: BetaVaeArchitecture,
  weights: Weights,
  z: Tensor2D,
  pass: Pass,
): Tensor4D {
  let x = decoderStart(architecture, weights, z, pass);
  for (const layer of architecture.decoder) {
    if (pass.mode === 'training') pass.onInput?.(layer.level, x);
    if (layer.level !== 'image') x = hiddenLayer(layer, weights, x, pass);
  }
  return tanh(imageLogits(architecture, weights, x));
}

export interface BetaVaeLoss {
  loss: Scalar;
  /** mean((x̂ − x)²) */
  reconstruction: Scalar;
  /** KL in nats, mean over the batch */
  divergence: Scalar;
}

/**
 * The training loss of one batch.
 * @param images [B, 64, 64, 3] in [−1, 1]
 * @param noise ε [B, latent], standard normal
 */
export function betaVaeLoss(
  architecture: BetaVaeArchitecture,
  weights: Weights,
  images: Tensor4D,
  noise: Tensor2D,
  pass: Pass,
): BetaVaeLoss {
  const { mean, logVariance } = encode(architecture, weights, images, pass);
  const z = mean.add<Tensor2D>(logVariance.mul(0.5).exp().mul(noise));
  const decoded = decode(architecture, weights, z, pass);
  const reconstruction = meanSquaredError(decoded, images);
  const divergence = divergenceFromStandardNormal(mean, logVariance);
  const loss = reconstruction.add<Scalar>(divergence.mul(architecture.hyperParameters.klWeight));
  return { loss, reconstruction, divergence };
}

/** mean((a − b)²) with the gradient 2 (a − b) / n with respect to a; b is data. */
export function meanSquaredError(a: Tensor, b: Tensor): Scalar {
  const operation = tf.customGrad((...inputs) => {
    const [prediction, save] = inputs as [Tensor, (tensors: Tensor[]) => void];
    const difference = prediction.sub(b);
    save([difference]);
    const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor => saved[0]!.mul(dy.mul(2 / prediction.size));
    return { value: difference.square().mean(), gradFunc };
  });
  return operation(a) as Scalar;
}

/** KL(N(μ, diag σ²) ‖ N(0, I)) = ½ Σ (σ² + μ² − 1 − log σ²), mean over the batch. */
export function divergenceFromStandardNormal(mean: Tensor2D, logVariance: Tensor2D): Scalar {
  const batch = mean.shape[0];
  const operation = tf.customGrad((...inputs) => {
    const [mu, logarithm, save] = inputs as [Tensor, Tensor, (tensors: Tensor[]) => void];
    const variance = logarithm.exp();
    save([mu, variance]);
    const value = variance
      .add(mu.square())
      .sub(logarithm.add(1))
      .sum()
      .mul(0.5 / batch);
    const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor[] => [
      saved[0]!.mul(dy.mul(1 / batch)),
      saved[1]!.sub(1).mul(dy.mul(0.5 / batch)),
    ];
    return { value, gradFunc };
  });
  return operation(mean, logVariance) as Scalar;
}
