import { generateImages } from '../models/layeredGenerator.ts';
import type { LayeredGenerator } from '../models/layeredGenerator.ts';
import { tf } from '../tensorflow/tf.ts';
import type { ReferenceTensor } from './referenceTensor.ts';

/**
 * The largest difference between the picture that a generator draws of a latent and the one that is given.
 * @param given z [latent] and its picture [1, 1 or 3, H, W] or [1, H, W, 1 or 3]
 * @param isSigmoid the given picture's values go from 0 to 1
 */
export function largestDifference(
  generator: LayeredGenerator,
  { z, images }: { z: Float32Array; images: ReferenceTensor },
  isSigmoid: boolean,
): number {
  const ours = tf.tidy(() =>
    generateImages(generator, tf.tensor2d(z, [1, generator.latent])).dataSync<'float32'>(),
  );
  const [, first, , last] = images.shape as [number, number, number, number];
  const isLast = first === last ? false : last === 1 || last === 3;
  const colours = isLast ? last : first;
  const pixels = images.data.length / colours;
  let largest = 0;
  for (let at = 0; at < ours.length; at++) {
    const [pixel, colour] = [Math.floor(at / 3), colours === 1 ? 0 : at % 3];
    const given = images.data[isLast ? pixel * colours + colour : colour * pixels + pixel]!;
    largest = Math.max(largest, Math.abs(ours[at]! - (isSigmoid ? 2 * given - 1 : given)));
  }
  return largest;
}
