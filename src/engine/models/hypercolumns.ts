import { tf } from '../tensorflow/tf.ts';
import type { Tensor2D, Tensor4D } from '../tensorflow/tf.ts';
import { passThrough } from './layeredGenerator.ts';
import type { LayeredGenerator } from './layeredGenerator.ts';

/** Doubles maps up to a side by half-pixel bilinear steps; maps of that side or more are copied. */
export function resizeTo(maps: Tensor4D, side: number): Tensor4D {
  return tf.tidy(() => {
    let resized = maps.clone();
    while (resized.shape[1] < side) {
      const next = Math.min(side, resized.shape[1] * 2);
      resized = tf.image.resizeBilinear(resized, [next, next], false, true);
    }
    return resized;
  });
}

/** The maps that the first level's layer takes in, then those of each hidden level: [B, h, w, C] each. */
export function mapsOfLevels(generator: LayeredGenerator, z: Tensor2D): Tensor4D[] {
  const all = passThrough(generator, 'maps of levels', { z }, ({ z: latents }) => {
    let maps = generator.start(latents);
    const levels: Record<string, Tensor4D> = { start: maps };
    for (const { level } of generator.layers) {
      if (level !== 'image') levels[level] = maps = generator.runLayer(level, maps);
    }
    return levels;
  });
  return Object.values(all);
}

/** Channels of each of `mapsOfLevels`. */
export function channelsOfLevels(generator: LayeredGenerator): number[] {
  const hidden = generator.layers.filter(({ level }) => level !== 'image');
  return [hidden[0]!.inputChannels, ...hidden.map(({ outputChannels }) => outputChannels)];
}

/**
 * Hypercolumns: what all levels hold at a pixel of the picture, on a grid of pixels.
 * @param grid every so many-th row and column, from the first on
 * @returns [B · rows · columns, channels of all levels], the caller's to dispose
 */
export function hypercolumns(generator: LayeredGenerator, z: Tensor2D, grid: number): Tensor2D {
  return tf.tidy(() => {
    const side = generator.imageSize;
    const sampled = mapsOfLevels(generator, z).map((maps) => {
      const whole = resizeTo(maps, side);
      const [batch, , , channels] = whole.shape;
      return tf
        .stridedSlice(whole, [0, 0, 0, 0], whole.shape, [1, grid, grid, 1])
        .reshape<Tensor2D>([batch * Math.ceil(side / grid) ** 2, channels]);
    });
    return tf.concat(sampled, 1);
  });
}
