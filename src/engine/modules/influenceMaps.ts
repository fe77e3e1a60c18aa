import { setImmediate } from 'node:timers/promises';
import { StudioError } from '../../contract/errors.ts';
import type { HiddenLevel } from '../../contract/levels.ts';
import type { Watch } from '../../contract/progress.ts';
import { createRandom } from '../math/random.ts';
import { convolveToPicture } from '../models/imageLayer.ts';
import type { SplitGenerator } from '../models/layeredGenerator.ts';
import { layerOf, mapsAt, passThrough } from '../models/layeredGenerator.ts';
import { convolve } from '../models/layers.ts';
import type { ConvolutionLayer } from '../models/layers.ts';
import { tf } from '../tensorflow/tf.ts';
import {
  blocksOf,
  channelsInBlocks,
  kernelsOfChannels,
  picturesOf,
} from '../tensorflow/imageConvolutions.ts';
import type { NamedTensors } from '../tensorflow/recordStep.ts';
import type { Tensor, Tensor2D, Tensor3D, Tensor4D } from '../tensorflow/tf.ts';
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
  const differences = tf.tidy(() => tf.unstack(channelsInBlocks(v2.sub(v1))) as Tensor4D[]);
  const kernels = tf.tidy(() => tf.unstack(kernelsOfChannels(generator.kernel('image'))) as Tensor4D[]);
  return {
    of: (channel) => {
      const inputs = { difference: differences[channel]!, kernel: kernels[channel]!, logits, image };
      return influenceOf(generator, 'influence in blocks', inputs, ({ difference, kernel, ...before }) => {
        const hybrid = before.logits.add(tf.conv2d(difference, kernel, 1, 'same')).tanh();
        const blocks = hybrid.sub(before.image).abs().mean<Tensor3D>(0);
        return picturesOf(blocks.expandDims(0))
          .mean(3)
          .reshape([size * size]);
      });
    },
    dispose: () => {
      tf.dispose([logits, image, ...differences, ...kernels]);
    },
  };
}

function linearHybrids(generator: SplitGenerator, v1: Tensor4D, v2: Tensor4D): Hybrids {
  const layer = layerOf(generator, 'image');
  const [logits, image] = tf.tidy<[Tensor4D, Tensor4D]>(() => {
    const before = generator.imageLogits(v1);
    return [before, before.tanh()];
  });
  const changes = changesOf(layer, generator.kernel('image'), v1, v2);
  return {
    of: (channel) =>
      influenceOf(generator, 'influence of fine', { ...changes.of(channel), logits, image }, (inputs) => {
        const hybrid = inputs.logits.add(changeOf(layer, inputs)).tanh();
        return meanChange(hybrid.sub(inputs.image));
      }),
    dispose: () => {
      changes.dispose();
      tf.dispose([logits, image]);
    },
  };
}

function decodedHybrids(generator: SplitGenerator, level: HiddenLevel, v1: Tensor4D, v2: Tensor4D): Hybrids {
  const layer = generator.layers[generator.layers.findIndex((each) => each.level === level) + 1]!;
  const imageLayer = layerOf(generator, 'image');
  const kernel = generator.kernel(layer.level);
  const [convolved, fine, logits, image] = tf.tidy<[Tensor4D, Tensor4D, Tensor4D, Tensor4D]>(() => {
    const whole = convolve(layer, kernel, v1);
    const top = fineFrom(generator, layer, whole);
    const before = generator.imageLogits(top);
    return [whole, top, before, before.tanh()];
  });
  const changes = changesOf(layer, kernel, v1, v2);
  return {
    of: (channel) => {
      const inputs = { ...changes.of(channel), convolved, fine, logits, image };
      return influenceOf(generator, `influence of ${level}`, inputs, (before) => {
        const hybrid = fineFrom(generator, layer, before.convolved.add(changeOf(layer, before)));
        const ofLogits = convolveToPicture(imageLayer, generator.kernel('image'), hybrid.sub(before.fine));
        return meanChange(before.logits.add(ofLogits).tanh().sub(before.image));
      });
    },
    dispose: () => {
      changes.dispose();
      tf.dispose([convolved, fine, logits, image]);
    },
  };
}

/** What a channel's exchange changes: the difference of its maps, [B, H, W], and its part of the kernel that reads them. */
interface ChannelChange {
  difference: Tensor3D;
  kernel: Tensor4D;
}

/** Of every channel; one is then taken without touching the others. */
function changesOf(
  { direction }: ConvolutionLayer,
  kernel: Tensor4D,
  v1: Tensor4D,
  v2: Tensor4D,
): { of: (channel: number) => ChannelChange & NamedTensors; dispose: () => void } {
  const differences = tf.tidy(() => tf.unstack(v2.sub(v1).transpose([3, 0, 1, 2])) as Tensor3D[]);
  const kernels = tf.split<Tensor4D>(kernel, v1.shape[3], direction === 'up' ? 3 : 2);
  return {
    of: (channel) => ({ difference: differences[channel]!, kernel: kernels[channel]! }),
    dispose: () => {
      tf.dispose([...differences, ...kernels]);
    },
  };
}

/** By what a channel's difference changes a layer's output. */
function changeOf(layer: ConvolutionLayer, { difference, kernel }: ChannelChange): Tensor4D {
  return convolve({ ...layer, inputChannels: 1 }, kernel, difference.expandDims<Tensor4D>(3));
}

/** What a layer's convolution put out → the fine maps above it. */
function fineFrom(generator: SplitGenerator, layer: ConvolutionLayer, convolved: Tensor4D): Tensor4D {
  const hidden = generator.layers.filter(({ level }) => level !== 'image');
  const at = hidden.indexOf(layer);
  let maps = generator.completeLayer(layer.level as HiddenLevel, convolved);
  for (const { level } of hidden.slice(at + 1)) maps = generator.runLayer(level, maps);
  return maps;
}

/** |Difference| as a mean over pairs and colours: [B, H, W, 3] → [H, W]. */
function meanChange(difference: Tensor): Tensor {
  return difference.abs().mean(0).mean(2);
}

function influenceOf<Inputs extends NamedTensors>(
  generator: SplitGenerator,
  name: string,
  inputs: Inputs,
  body: (inputs: Inputs) => Tensor,
): Float32Array {
  return valuesOf(
    () => passThrough(generator, name, inputs, (given) => ({ influence: body(given) })).influence,
  );
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
