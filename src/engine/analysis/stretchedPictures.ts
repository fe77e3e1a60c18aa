import type { HiddenLevel, Level } from '../../contract/levels.ts';
import type { Axis } from '../../contract/shared.ts';
import { stretch } from '../interventions/stretch.ts';
import { generateImages, imagesFromMaps, mapsAt } from '../models/layeredGenerator.ts';
import type { LayeredGenerator } from '../models/layeredGenerator.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor2D, Tensor4D } from '../tensorflow/tf.ts';

/**
 * Pictures f₂(g·V) of which the maps V of a level were stretched; at `image` the pictures themselves, g·f₂(V), which the
 * levels are held against (paper, Section 4.1).
 * @param z [N, latent]
 * @returns [N, H, W, 3] in [−1, 1], the caller's to dispose
 */
export function stretchedAt(
  generator: LayeredGenerator,
  z: Tensor2D,
  level: Level,
  { axis, factor }: { axis: Axis; factor: number },
): Tensor4D {
  return tf.tidy(() =>
    level === 'image'
      ? stretch(generateImages(generator, z), axis, factor)
      : stretchedFrom(generator, mapsAt(generator, z, level), level, { axis, factor }),
  );
}

/** f₂(g·V) as `stretchedAt` gives it, from maps V of the level that are at hand. The caller's to dispose. */
export function stretchedFrom(
  generator: LayeredGenerator,
  maps: Tensor4D,
  level: HiddenLevel,
  { axis, factor }: { axis: Axis; factor: number },
): Tensor4D {
  const stretched = stretch(maps, axis, factor);
  const pictures = imagesFromMaps(generator, stretched, level);
  stretched.dispose();
  return pictures;
}
