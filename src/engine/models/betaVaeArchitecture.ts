import type { VaeHyperParameters } from '../../contract/hyperParameters.ts';
import type { ConvolutionLayer } from './layers.ts';
import { convolutionLayer as layer, ParameterSpec } from './networkWeights.ts';
import type { NetworkWeights } from './networkWeights.ts';

/** Side of the pictures, and of the smallest decoder maps. */
export const imageSize = 64;
export const startSize = 8;

export interface BetaVaeArchitecture extends NetworkWeights {
  hyperParameters: VaeHyperParameters;
  encoder: readonly ConvolutionLayer[];
  decoder: readonly ConvolutionLayer[];
  /** Channels of the maps that the decoder starts from. */
  startChannels: number;
  /** Length of the flattened encoder maps. */
  encodedLength: number;
}

/**
 * The base β-VAE (the public code the paper builds on): 5×5 convolutions, batch norm and ReLU.
 * Decoder: z → dense 8×8×4w → coarse 16×16×4w → intermediate 32×32×2w → fine 64×64×f → image 64×64×3, tanh.
 * Encoder `repository`: 3 → w → 2w → 4w → 8w, all with stride 2. Encoder `mirrored`: 3 → f (stride 1) → 2w → 4w → 4w,
 * "convolutional layers of the same dimensions in reverse order" (paper, Sec. 4.2).
 */
export function betaVaeArchitecture(hyperParameters: VaeHyperParameters): BetaVaeArchitecture {
  const { width: w, fineChannels, latent, encoder: encoderKind, logVarianceHead } = hyperParameters;
  const startChannels = 4 * w;
  const decoder: ConvolutionLayer[] = [
    layer('decoder', 'coarse', 'up', 8, 4 * w, 4 * w),
    layer('decoder', 'intermediate', 'up', 16, 4 * w, 2 * w),
    layer('decoder', 'fine', 'up', 32, 2 * w, fineChannels),
    { ...layer('decoder', 'image', 'same', 64, fineChannels, 3), normalised: false },
  ];
  const encoder: ConvolutionLayer[] =
    encoderKind === 'repository'
      ? [
          layer('encoder', 'image', 'down', 64, 3, w),
          layer('encoder', 'fine', 'down', 32, w, 2 * w),
          layer('encoder', 'intermediate', 'down', 16, 2 * w, 4 * w),
          layer('encoder', 'coarse', 'down', 8, 4 * w, 8 * w),
        ]
      : [
          layer('encoder', 'image', 'same', 64, 3, fineChannels),
          layer('encoder', 'fine', 'down', 64, fineChannels, 2 * w),
          layer('encoder', 'intermediate', 'down', 32, 2 * w, 4 * w),
          layer('encoder', 'coarse', 'down', 16, 4 * w, 4 * w),
        ];
  const last = encoder[encoder.length - 1]!;
  const encodedLength = last.outputSize ** 2 * last.outputChannels;

  const spec = new ParameterSpec();
  for (const part of [...encoder, ...decoder]) spec.convolution(part);
  for (const head of ['encoder.mean', 'encoder.logVariance']) {
    if (logVarianceHead === 'elu') spec.zeroMatrix(head, encodedLength, latent);
    else spec.matrix(head, encodedLength, latent);
    spec.bias(head, latent);
    if (logVarianceHead === 'softplus') spec.batchNorm(head, latent);
  }
  spec.matrix('decoder.start', latent, startSize ** 2 * startChannels);
  spec.bias('decoder.start', startSize ** 2 * startChannels);
  spec.batchNorm('decoder.start', startChannels);
  const { trained, statistics } = spec;
  return { hyperParameters, encoder, decoder, startChannels, encodedLength, trained, statistics };
}
