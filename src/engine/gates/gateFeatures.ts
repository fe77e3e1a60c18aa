import { placeTerms } from '../../contract/recipe.ts';
import { neighbourhood, placesOf } from '../interventions/gate.ts';
import { channelsOfLevels, mapsOfLevels, resizeTo } from '../models/hypercolumns.ts';
import type { LayeredGenerator } from '../models/layeredGenerator.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor2D, Tensor4D } from '../tensorflow/tf.ts';

/*
 * What a gate reads at a pixel, in the order of its weights: the maps of the start and of each hidden level, the fine
 * maps' means around it, and its place ("hypercolumns" of Hariharan et al., CVPR 2015; with a generator's own maps as in
 * DatasetGAN, Zhang et al., CVPR 2021).
 */

/** Numbers of features of each kind, in order. */
export function featureCounts(generator: LayeredGenerator): number[] {
  const levels = channelsOfLevels(generator);
  return [...levels, levels[levels.length - 1]!, placeTerms];
}

/** Features of every pixel of every face: [B · size · size, features], the caller's to dispose. */
export function featuresOf(generator: LayeredGenerator, z: Tensor2D): Tensor2D {
  return tf.tidy(() => {
    const size = generator.imageSize;
    const rows = z.shape[0] * size * size;
    const flat = (maps: Tensor4D): Tensor2D => resizeTo(maps, size).reshape([rows, maps.shape[3]]);
    const levels = mapsOfLevels(generator, z);
    const around = tf.avgPool(levels[levels.length - 1]!, neighbourhood, 1, 'same');
    const places = tf.tile(tf.tensor2d(placesOf(size), [size * size, placeTerms]), [z.shape[0], 1]);
    return tf.concat([...levels.map(flat), flat(around), places], 1);
  });
}
