import { StudioError } from '../../contract/errors.ts';
import { hiddenAmong } from '../../contract/levels.ts';
import type { HiddenLevel, Level } from '../../contract/levels.ts';
import { createRandom } from '../math/random.ts';
import type { NamedTensors } from '../tensorflow/recordStep.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor2D, Tensor4D } from '../tensorflow/tf.ts';
import type { RunPass } from '../tensorflow/wholePass.ts';
import type { ConvolutionLayer } from './layers.ts';

/**
 * A trained generator as the interventions and the analysis see it: latents → start → coarse → intermediate → fine →
 * image, each arrow but the first one convolutional layer. One from elsewhere may lack the first levels; what it has its
 * `layers` say. All methods return tensors of the caller's.
 */
export interface LayeredGenerator {
  readonly latent: number;
  /** Side of the picture in pixels. */
  readonly imageSize: number;
  /** One layer a level, in computing order. */
  readonly layers: readonly ConvolutionLayer[];
  /** z [B, latent] → the maps that the first level's layer takes in, [B, H, W, C]. */
  start(z: Tensor2D): Tensor4D;
  /** Runs the layer that puts out this level; for `image` the pixels in [−1, 1]. */
  runLayer(level: Level, input: Tensor4D): Tensor4D;
  /** The image layer before its tanh, with another kernel where one is given. [B, H, W, C] → [B, H, W, 3] */
  imageLogits(fine: Tensor4D, kernel?: Tensor4D): Tensor4D;
  /** The kernel of a level's layer, in the layout of `kernelShape`; borrowed, never to be disposed. */
  kernel(level: Level): Tensor4D;
  /** Runs a pass through this model as one TensorFlow function; op by op where a generator has no such way. */
  runPass?: RunPass;
}

/** A pass through a generator, run as one where it can be. */
export function passThrough<Inputs extends NamedTensors, Outputs extends NamedTensors>(
  generator: LayeredGenerator,
  name: string,
  inputs: Inputs,
  body: (inputs: Inputs) => Outputs,
): Outputs {
  return generator.runPass ? generator.runPass(name, inputs, body) : tf.tidy(() => body(inputs));
}

/** A generator whose layers can be run in two parts, so that what is linear in a channel is computed for that channel alone. */
export interface SplitGenerator extends LayeredGenerator {
  /** What the convolution of a hidden level's layer puts out → the level's maps, after batch norm and ReLU. */
  completeLayer(level: HiddenLevel, convolved: Tensor4D): Tensor4D;
}

/** What an encoder or discriminator offers to the analysis: its convolutions in its own computing direction. */
export interface LayeredAnalyser {
  readonly analysisLayers: readonly ConvolutionLayer[];
  /** Maps that go into each layer, in order: images [B, H, W, 3] first, then what the layers before put out. */
  analysisInputs(images: Tensor4D): Tensor4D[];
  analysisKernel(layer: ConvolutionLayer): Tensor4D;
}

/** @throws StudioError `wrong-usage` where the model lacks the level */
export function layerOf(generator: Pick<LayeredGenerator, 'layers'>, level: Level): ConvolutionLayer {
  return generator.layers[placeOf(generator, level)]!;
}

function placeOf({ layers }: Pick<LayeredGenerator, 'layers'>, level: Level): number {
  const at = layers.findIndex((layer) => layer.level === level);
  if (at >= 0) return at;
  throw new StudioError('wrong-usage', `This model has no level ${level}: ${levelsInWords(layers)}.`);
}

/** "it has the levels fine and image", for a sentence about a level that a model lacks. */
export function levelsInWords(layers: LayeredGenerator['layers']): string {
  const names = layers.map(({ level }) => level);
  return `it has the levels ${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

/** The levels of a generator whose maps are hidden, in computing order. */
export function hiddenLevelsIn({ layers }: Pick<LayeredGenerator, 'layers'>): readonly HiddenLevel[] {
  return hiddenAmong(layers.map(({ level }) => level));
}

/** z [B, latent] → the maps that this level puts out, after batch norm and ReLU. */
export function mapsAt(generator: LayeredGenerator, z: Tensor2D, level: HiddenLevel): Tensor4D {
  const layers = generator.layers.slice(0, placeOf(generator, level) + 1);
  return passThrough(generator, `maps of ${level}`, { z }, ({ z: latents }) => {
    let maps = generator.start(latents);
    for (const layer of layers) {
      const above = generator.runLayer(layer.level, maps);
      maps.dispose();
      maps = above;
    }
    return { maps };
  }).maps;
}

/** Maps of a level → pixels [B, H, W, 3] in [−1, 1], through the layers above it. */
export function imagesFromMaps(generator: LayeredGenerator, maps: Tensor4D, level: HiddenLevel): Tensor4D {
  const at = placeOf(generator, level);
  return passThrough(generator, `images of ${level}`, { maps }, ({ maps: ofLevel }) => {
    let x = ofLevel;
    for (const layer of generator.layers.slice(at + 1)) {
      const above = generator.runLayer(layer.level, x);
      // What no layer needs any more is not held until the pass ends: maps of a level are tens of megabytes.
      if (x !== ofLevel) x.dispose();
      x = above;
    }
    return { images: x };
  }).images;
}

/** z [B, latent] → pixels [B, H, W, 3] in [−1, 1]. */
export function generateImages(generator: LayeredGenerator, z: Tensor2D): Tensor4D {
  return passThrough(generator, 'images', { z }, ({ z: latents }) => ({
    images: imagesFromMaps(generator, mapsAt(generator, latents, 'fine'), 'fine'),
  })).images;
}

/** Keeps the latents of people's seeds apart from every other use of the same number. */
const latentStream = 0x5eed;

/** The latents that seeds stand for, [seeds, latent], standard normal; the same on every machine. */
export function latentsFromSeeds(seeds: readonly number[], latent: number): Tensor2D {
  const values = new Float32Array(seeds.length * latent);
  seeds.forEach((seed, row) => {
    const random = createRandom(seed, latentStream);
    for (let column = 0; column < latent; column++) values[row * latent + column] = random.normal();
  });
  return tf.tensor2d(values, [seeds.length, latent]);
}

/** Bytes 0 … 255 of n pictures → [n, size, size, 3] in [−1, 1]. */
export function imagesFromBytes(bytes: Uint8Array, size: number): Tensor4D {
  const values = new Float32Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) values[i] = bytes[i]! / 127.5 - 1;
  return tf.tensor4d(values, [bytes.length / (size * size * 3), size, size, 3]);
}
