import { relu } from '../tensorflow/activations.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Scalar, Tensor, Tensor2D, Tensor4D } from '../tensorflow/tf.ts';
import { startSize } from './betaVaeArchitecture.ts';
import type { BetaVaeArchitecture } from './betaVaeArchitecture.ts';
import { generate } from './generator.ts';
import type { GeneratorNetwork } from './generator.ts';
import { convolutionStage, runStage, weight } from './layers.ts';
import type { Pass, Stage, Weights } from './layers.ts';

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

/** What an encoder makes of pictures: of one that was trained elsewhere it may be the mean alone. */
export interface Codes {
  mean: Tensor2D;
  logVariance: Tensor2D | undefined;
}

const heads = ['encoder.mean', 'encoder.logVariance'] as const;

/** The encoder's convolutions. */
export function encoderStages({ encoder }: BetaVaeArchitecture): Stage<Tensor4D>[] {
  return encoder.map((layer) => convolutionStage(layer, relu));
}

/** The dense layers for μ and log σ² where they have batch norm: with the softplus head only. [B, h, w, c] → [B, 1, 1, latent] */
export function normalisedHeads(architecture: BetaVaeArchitecture): Stage<Tensor4D>[] {
  const { latent, logVarianceHead } = architecture.hyperParameters;
  if (logVarianceHead !== 'softplus') return [];
  return heads.map((name) => ({
    name,
    normalised: true,
    linear: (weights, maps) =>
      dense(name, weights, flattened(architecture, maps)).reshape([maps.shape[0], 1, 1, latent]),
    activate: (rows) => rows,
  }));
}

/** @param images [B, 64, 64, 3] in [−1, 1] */
export function encode(
  architecture: BetaVaeArchitecture,
  weights: Weights,
  images: Tensor4D,
  pass: Pass,
): Posterior {
  let x = images;
  for (const stage of encoderStages(architecture)) x = runStage(stage, weights, x, pass);
  const { latent, logVarianceHead } = architecture.hyperParameters;
  if (logVarianceHead !== 'softplus') {
    const flat = flattened(architecture, x);
    const [mean, head] = heads.map((name) => dense(name, weights, flat));
    return { mean: mean!, logVariance: logVarianceHead === 'elu' ? logOfElu(head!) : head! };
  }
  const [mean, logarithm] = normalisedHeads(architecture).map((stage) =>
    runStage(stage, weights, x, pass).reshape<Tensor2D>([images.shape[0], latent]),
  );
  return { mean: mean!, logVariance: tf.softplus(logarithm!).add(1e-6) };
}

/**
 * log(1 + ELU(a)): a where a ≤ 0, log(1 + a) above. A posterior that is worth its nats has σ² ≤ 1, where this is the free
 * log-variance; but σ² grows in proportion to a and not like its exponential while the head is untrained (our choice).
 *
 * The derivative at 0, where an untrained head is, is 1 as on both sides: as a sum of rectifiers it would be 0, and the
 * head would stay there for ever.
 */
function logOfElu(a: Tensor2D): Tensor2D {
  return tf.minimum(a, relu(a).log1p());
}

function flattened({ encodedLength }: BetaVaeArchitecture, maps: Tensor4D): Tensor2D {
  return maps.reshape([maps.shape[0], encodedLength]);
}

function dense(name: string, weights: Weights, x: Tensor2D): Tensor2D {
  return tf.matMul(x, weight(weights, `${name}.matrix`) as Tensor2D).add(weight(weights, `${name}.bias`));
}

export function decoderNetwork({ decoder, startChannels }: BetaVaeArchitecture): GeneratorNetwork {
  return {
    name: 'decoder',
    layers: decoder,
    startSize,
    startChannels,
    hasStartBias: true,
    addImageBias: (picture, bias) => picture.add(bias),
  };
}

/** z [B, latent] → images [B, 64, 64, 3] in [−1, 1]. */
export function decode(
  architecture: BetaVaeArchitecture,
  weights: Weights,
  z: Tensor2D,
  pass: Pass,
): Tensor4D {
  return generate(decoderNetwork(architecture), weights, z, pass);
}

export interface BetaVaeLoss {
  loss: Scalar;
  /** mean((x̂ − x)²) */
  reconstruction: Scalar;
  /** KL in nats, mean over the batch */
  kl: Scalar;
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
  const kl = klDivergence(mean, logVariance);
  const loss = reconstruction.add<Scalar>(kl.mul(architecture.hyperParameters.klWeight));
  return { loss, reconstruction, kl };
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
export function klDivergence(mean: Tensor2D, logVariance: Tensor2D): Scalar {
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
