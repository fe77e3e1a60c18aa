import type { VaeHyperParameters } from '../../contract/hyperParameters.ts';
import { createRandom } from '../math/random.ts';
import type { NamedArray } from './safetensors.ts';
import { kernelShape } from './layers.ts';
import type { ConvolutionLayer } from './layers.ts';

/** Side of the pictures, and of the smallest decoder maps. */
export const imageSize = 64;
export const startSize = 8;

type Shape = readonly number[];
/** How a weight starts: at a constant, or normal around one. */
interface Start {
  shape: Shape;
  mean: number;
  deviation: number;
}

export interface BetaVaeArchitecture {
  hyperParameters: VaeHyperParameters;
  encoder: readonly ConvolutionLayer[];
  decoder: readonly ConvolutionLayer[];
  /** Channels of the maps that the decoder starts from. */
  startChannels: number;
  /** Length of the flattened encoder maps. */
  encodedLength: number;
  /** What the optimiser moves. */
  trained: ReadonlyMap<string, Start>;
  /** Running means and variances of the batch norms. */
  statistics: ReadonlyMap<string, Start>;
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

  const trained = new Map<string, Start>();
  const statistics = new Map<string, Start>();
  function batchNorm(name: string, channels: number): void {
    trained.set(`${name}.gamma`, { shape: [channels], mean: 1, deviation: 0.02 });
    trained.set(`${name}.beta`, { shape: [channels], mean: 0, deviation: 0 });
    statistics.set(`${name}.runningMean`, { shape: [channels], mean: 0, deviation: 0 });
    statistics.set(`${name}.runningVariance`, { shape: [channels], mean: 1, deviation: 0 });
  }
  function dense(name: string, from: number, to: number): void {
    trained.set(`${name}.matrix`, { shape: [from, to], mean: 0, deviation: 0.02 });
    trained.set(`${name}.bias`, { shape: [to], mean: 0, deviation: 0 });
  }
  for (const part of [...encoder, ...decoder]) {
    trained.set(`${part.name}.kernel`, { shape: kernelShape(part), mean: 0, deviation: 0.02 });
    if (part.normalised) batchNorm(part.name, part.outputChannels);
    else trained.set(`${part.name}.bias`, { shape: [part.outputChannels], mean: 0, deviation: 0 });
  }
  for (const head of ['encoder.mean', 'encoder.logVariance']) {
    dense(head, encodedLength, latent);
    if (logVarianceHead === 'softplus') batchNorm(head, latent);
  }
  dense('decoder.start', latent, startSize ** 2 * startChannels);
  batchNorm('decoder.start', startChannels);
  return { hyperParameters, encoder, decoder, startChannels, encodedLength, trained, statistics };
}

function layer(
  part: 'encoder' | 'decoder',
  level: ConvolutionLayer['level'],
  direction: ConvolutionLayer['direction'],
  inputSize: number,
  inputChannels: number,
  outputChannels: number,
): ConvolutionLayer {
  const outputSize = direction === 'up' ? inputSize * 2 : direction === 'down' ? inputSize / 2 : inputSize;
  const name = `${part}.${level}`;
  return { name, level, direction, inputSize, outputSize, inputChannels, outputChannels, normalised: true };
}

/** The weights and statistics before the first step: N(0, 0.02²) kernels, γ from N(1, 0.02²), as the base code has them. */
export function initialWeights(architecture: BetaVaeArchitecture, seed: number): Map<string, NamedArray> {
  const arrays = new Map<string, NamedArray>();
  let stream = 0;
  for (const [name, { shape, mean, deviation }] of [...architecture.trained, ...architecture.statistics]) {
    const random = createRandom(seed, stream);
    stream += 1;
    const data = new Float32Array(shape.reduce((product, extent) => product * extent, 1)).fill(mean);
    if (deviation > 0) for (let i = 0; i < data.length; i++) data[i] = mean + deviation * random.normal();
    arrays.set(name, { shape: [...shape], data });
  }
  return arrays;
}
