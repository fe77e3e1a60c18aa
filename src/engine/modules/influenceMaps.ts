import { setImmediate } from 'node:timers/promises';
import { StudioError } from '../../contract/errors.ts';
import type { HiddenLevel } from '../../contract/levels.ts';
import type { Watch } from '../../contract/progress.ts';
import { createRandom } from '../math/random.ts';
import type { LayeredGenerator } from '../models/layeredGenerator.ts';
import { imagesFromMaps, layerOf, mapsAt } from '../models/layeredGenerator.ts';
import { convolve } from '../models/layers.ts';
import type { ConvolutionLayer } from '../models/layers.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor, Tensor2D, Tensor4D } from '../tensorflow/tf.ts';
import { valuesOf } from '../tensorflow/valuesOf.ts';

export interface InfluenceRequest {
  level: HiddenLevel;
  /** Pairs of independent latents, in all blocks together: twice those of a half. */
  pairsInAll: number;
  /** Blocks of pairs that are kept apart, so that halves can be compared; a divisor of `pairsInAll`. */
  blocks: number;
  seed: number;
  /** Told after each channel how far the maps are; what it gives is borrowed and changes. */
  onPart?: (part: InfluencePart) => void;
}

/** Influence maps that are not finished. */
export interface InfluencePart {
  /** Whole blocks first; of the last block the first `channels` maps are there. */
  readonly blocks: readonly Float32Array[];
  readonly channels: number;
  readonly size: number;
  readonly pairsInBlock: number;
}

export interface InfluenceMaps {
  readonly level: HiddenLevel;
  readonly channels: number;
  /** Side of the maps. */
  readonly size: number;
  /** Mean influence over each block of pairs, [channels, size · size] each. */
  readonly blocks: readonly Float32Array[];
}

/**
 * The elementary influence map of every channel of a level, by counterfactual hybridisation (Besserve, Mehrjou, Sun and
 * Schölkopf, ICLR 2020): with v₁, v₂ the maps of two independent latents, channel c of v₁ is replaced by that of v₂, and
 *
 *   I_c = mean over pairs and colours of |f₂(v₁ with v₂'s channel c) − f₂(v₁)|.
 *
 * At the fine level f₂ is tanh of a convolution, so the hybrid is tanh(L + k_c ⊗ (v₂_c − v₁_c)) exactly (derived): one
 * channel is convolved instead of all. Below it every hybrid is decoded.
 */
export async function influenceMaps(
  generator: LayeredGenerator,
  { level, pairsInAll, blocks, seed, onPart }: InfluenceRequest,
  watch: Watch = {},
): Promise<InfluenceMaps> {
  if (!Number.isInteger(blocks) || blocks < 1 || pairsInAll < blocks || pairsInAll % blocks !== 0) {
    throw new StudioError(
      'wrong-usage',
      `${pairsInAll} pairs cannot be split into ${blocks} equal blocks. Give a multiple of ${blocks} as the number of pairs.`,
    );
  }
  const channels = layerOf(generator, level).outputChannels;
  const size = generator.imageSize;
  const inBlock = pairsInAll / blocks;
  const sums: Float32Array[] = [];
  for (let block = 0; block < blocks; block++) {
    const [z1, z2] = latentPairs(generator.latent, block * inBlock, inBlock, seed);
    const [v1, v2] = [mapsAt(generator, z1, level), mapsAt(generator, z2, level)];
    const influence = hybridInfluence(generator, level, v1, v2);
    const maps = new Float32Array(channels * size * size);
    try {
      for (let channel = 0; channel < channels; channel++) {
        maps.set(influence.of(channel), channel * size * size);
        onPart?.({ blocks: [...sums, maps], channels: channel + 1, size, pairsInBlock: inBlock });
        watch.onProgress?.({
          phase: 'influence',
          done: block * channels + channel + 1,
          total: blocks * channels,
        });
        if (channel % 8 === 7) await setImmediate();
        if (watch.signal?.aborted === true) {
          throw new StudioError('interrupted', 'The search for modules was stopped. Nothing was written.');
        }
      }
    } finally {
      influence.dispose();
      tf.dispose([z1, z2, v1, v2]);
    }
    sums.push(maps);
  }
  return { level, channels, size, blocks: sums };
}

/** Latents of the prior, two for each pair; a pair depends on the seed and its own number alone. [count, latent] each */
function latentPairs(latent: number, first: number, count: number, seed: number): [Tensor2D, Tensor2D] {
  const one = new Float32Array(count * latent);
  const other = new Float32Array(count * latent);
  for (let pair = 0; pair < count; pair++) {
    const random = createRandom(seed, 0x9a125, first + pair);
    for (let i = 0; i < latent; i++) one[pair * latent + i] = random.normal();
    for (let i = 0; i < latent; i++) other[pair * latent + i] = random.normal();
  }
  return [tf.tensor2d(one, [count, latent]), tf.tensor2d(other, [count, latent])];
}

interface Hybrids {
  /** I_c over these pairs, [size · size] */
  of(channel: number): Float32Array;
  dispose(): void;
}

/** @param v1 and v2 [B, H, W, C], the maps of the pairs at the level */
export function hybridInfluence(
  generator: LayeredGenerator,
  level: HiddenLevel,
  v1: Tensor4D,
  v2: Tensor4D,
): Hybrids {
  return level === 'fine' ? linearHybrids(generator, v1, v2) : decodedHybrids(generator, level, v1, v2);
}

function linearHybrids(generator: LayeredGenerator, v1: Tensor4D, v2: Tensor4D): Hybrids {
  const layer = layerOf(generator, 'image');
  const [logits, image, difference] = tf.tidy<[Tensor4D, Tensor4D, Tensor4D]>(() => {
    const before = generator.imageLogits(v1);
    return [before, before.tanh(), v2.sub(v1)];
  });
  return {
    of: (channel) =>
      influenceOf(() => {
        const one = difference.slice([0, 0, 0, channel], [-1, -1, -1, 1]);
        const change = convolve(
          { ...layer, inputChannels: 1 },
          sliceOf(layer, generator.kernel('image'), channel),
          one,
        );
        return logits.add(change).tanh().sub(image);
      }),
    dispose: () => {
      tf.dispose([logits, image, difference]);
    },
  };
}

/** The kernel of one input channel, in the layout of the whole. */
function sliceOf(layer: ConvolutionLayer, kernel: Tensor4D, channel: number): Tensor4D {
  return layer.direction === 'up'
    ? kernel.slice([0, 0, 0, channel], [-1, -1, -1, 1])
    : kernel.slice([0, 0, channel, 0], [-1, -1, 1, -1]);
}

function decodedHybrids(
  generator: LayeredGenerator,
  level: HiddenLevel,
  v1: Tensor4D,
  v2: Tensor4D,
): Hybrids {
  const image = imagesFromMaps(generator, v1, level);
  const channels = v1.shape[3];
  return {
    of: (channel) =>
      influenceOf(() => {
        const mask = tf.oneHot(tf.scalar(channel, 'int32'), channels).cast('float32');
        const hybrid = v1.mul(tf.sub(1, mask)).add<Tensor4D>(v2.mul(mask));
        return imagesFromMaps(generator, hybrid, level).sub(image);
      }),
    dispose: () => {
      image.dispose();
    },
  };
}

function influenceOf(difference: () => Tensor): Float32Array {
  return valuesOf(() => difference().abs().mean(3).mean(0));
}

/** The mean of some blocks, [channels, size · size]. */
export function meanInfluence(maps: InfluenceMaps, blocks?: readonly number[]): Float32Array {
  const chosen = blocks ?? maps.blocks.map((_, index) => index);
  const mean = new Float32Array(maps.channels * maps.size * maps.size);
  for (const block of chosen) {
    const values = maps.blocks[block]!;
    for (let i = 0; i < mean.length; i++) mean[i]! += values[i]! / chosen.length;
  }
  return mean;
}
