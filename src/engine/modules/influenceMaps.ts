import { setImmediate } from 'node:timers/promises';
import { StudioError } from '../../contract/errors.ts';
import type { HiddenLevel } from '../../contract/levels.ts';
import type { Watch } from '../../contract/progress.ts';
import { createRandom } from '../math/random.ts';
import { convolveToPicture } from '../models/imageLayer.ts';
import type { SplitGenerator } from '../models/layeredGenerator.ts';
import { layerOf, mapsAt } from '../models/layeredGenerator.ts';
import { convolve } from '../models/layers.ts';
import type { ConvolutionLayer } from '../models/layers.ts';
import { tf } from '../tensorflow/tf.ts';
import {
  blocksOf,
  channelsInBlocks,
  kernelsOfChannels,
  picturesOf,
} from '../tensorflow/imageConvolutions.ts';
import type { Tensor, Tensor2D, Tensor3D, Tensor4D, Tensor5D } from '../tensorflow/tf.ts';
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
 * At the fine level f₂ is tanh of a convolution, so the hybrid is tanh(L + k_c ⊗ (v₂_c − v₁_c)) exactly (derived); below it the
 * same holds of the next layer's convolution, and what follows is decoded.
 */
export async function influenceMaps(
  generator: SplitGenerator,
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

/**
 * A channel is taken from v₁ and put in from v₂. What follows the level is a convolution, so its output changes by that of the
 * channel's difference alone, k_c ⊗ (v₂_c − v₁_c): one channel is convolved instead of all.
 * @param v1 and v2 [B, H, W, C], the maps of the pairs at the level
 */
export function hybridInfluence(
  generator: SplitGenerator,
  level: HiddenLevel,
  v1: Tensor4D,
  v2: Tensor4D,
): Hybrids {
  if (level !== 'fine') return decodedHybrids(generator, level, v1, v2);
  return layerOf(generator, 'image').direction === 'same'
    ? hybridsInBlocks(generator, v1, v2)
    : linearHybrids(generator, v1, v2);
}

/** At the fine level, below a convolution that keeps the size: four pixels are computed at a time. */
function hybridsInBlocks(generator: SplitGenerator, v1: Tensor4D, v2: Tensor4D): Hybrids {
  const size = generator.imageSize;
  const [logits, image] = tf.tidy<[Tensor4D, Tensor4D]>(() => {
    const before = blocksOf(generator.imageLogits(v1));
    return [before, before.tanh()];
  });
  const [differences, kernels] = tf.tidy<[Tensor5D, Tensor5D]>(() => [
    channelsInBlocks(v2.sub(v1)),
    kernelsOfChannels(generator.kernel('image')),
  ]);
  const ofChannel = (all: Tensor5D, channel: number): Tensor4D =>
    all.slice([channel, 0, 0, 0, 0], [1, -1, -1, -1, -1]).squeeze([0]);
  return {
    of: (channel) =>
      valuesOf(() => {
        const change = tf.conv2d(ofChannel(differences, channel), ofChannel(kernels, channel), 1, 'same');
        const blocks = logits.add(change).tanh().sub(image).abs().mean<Tensor3D>(0);
        return picturesOf(blocks.expandDims(0))
          .mean(3)
          .reshape([size * size]);
      }),
    dispose: () => {
      tf.dispose([logits, image, differences, kernels]);
    },
  };
}

function linearHybrids(generator: SplitGenerator, v1: Tensor4D, v2: Tensor4D): Hybrids {
  const layer = layerOf(generator, 'image');
  const [logits, image, differences] = tf.tidy<[Tensor4D, Tensor4D, Tensor4D]>(() => {
    const before = generator.imageLogits(v1);
    return [before, before.tanh(), channelsApart(v2.sub(v1))];
  });
  return {
    of: (channel) =>
      influenceOf(() => {
        const change = changeOf(layer, generator.kernel('image'), differences, channel);
        return logits.add(change).tanh().sub(image);
      }),
    dispose: () => {
      tf.dispose([logits, image, differences]);
    },
  };
}

function decodedHybrids(generator: SplitGenerator, level: HiddenLevel, v1: Tensor4D, v2: Tensor4D): Hybrids {
  const layer = generator.layers[generator.layers.findIndex((each) => each.level === level) + 1]!;
  const imageLayer = layerOf(generator, 'image');
  const kernel = generator.kernel(layer.level);
  const [convolved, fine, logits, image, differences] = tf.tidy<
    [Tensor4D, Tensor4D, Tensor4D, Tensor4D, Tensor4D]
  >(() => {
    const whole = convolve(layer, kernel, v1);
    const top = fineFrom(generator, layer, whole);
    const before = generator.imageLogits(top);
    return [whole, top, before, before.tanh(), channelsApart(v2.sub(v1))];
  });
  return {
    of: (channel) =>
      influenceOf(() => {
        const change = changeOf(layer, kernel, differences, channel);
        const hybrid = fineFrom(generator, layer, convolved.add(change));
        const ofLogits = convolveToPicture(imageLayer, generator.kernel('image'), hybrid.sub(fine));
        return logits.add(ofLogits).tanh().sub(image);
      }),
    dispose: () => {
      tf.dispose([convolved, fine, logits, image, differences]);
    },
  };
}

/** [B, H, W, C] → [C, B, H, W]: one channel is then taken out without touching the others. */
function channelsApart(maps: Tensor4D): Tensor4D {
  return maps.transpose([3, 0, 1, 2]);
}

/** By what a channel's difference changes a layer's output. @param differences of `channelsApart` */
function changeOf(
  layer: ConvolutionLayer,
  kernel: Tensor4D,
  differences: Tensor4D,
  channel: number,
): Tensor4D {
  const one = differences
    .slice([channel, 0, 0, 0], [1, -1, -1, -1])
    .squeeze<Tensor3D>([0])
    .expandDims<Tensor4D>(3);
  return convolve({ ...layer, inputChannels: 1 }, sliceOf(layer, kernel, channel), one);
}

/** What a layer's convolution put out → the fine maps above it. */
function fineFrom(generator: SplitGenerator, layer: ConvolutionLayer, convolved: Tensor4D): Tensor4D {
  const hidden = generator.layers.filter(({ level }) => level !== 'image');
  const at = hidden.indexOf(layer);
  let maps = generator.completeLayer(layer.level as HiddenLevel, convolved);
  for (const { level } of hidden.slice(at + 1)) maps = generator.runLayer(level, maps);
  return maps;
}

/** The kernel of one input channel, in the layout of the whole. */
function sliceOf(layer: ConvolutionLayer, kernel: Tensor4D, channel: number): Tensor4D {
  return layer.direction === 'up'
    ? kernel.slice([0, 0, 0, channel], [-1, -1, -1, 1])
    : kernel.slice([0, 0, channel, 0], [-1, -1, 1, -1]);
}

function influenceOf(difference: () => Tensor): Float32Array {
  return valuesOf(() => difference().abs().mean(0).mean(2));
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
