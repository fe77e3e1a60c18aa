import { generateImages } from '../models/layeredGenerator.ts';
import type { LayeredGenerator } from '../models/layeredGenerator.ts';
import { quantile } from '../math/statistics.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor2D, Tensor4D } from '../tensorflow/tf.ts';
import { valuesOf } from '../tensorflow/valuesOf.ts';

/** How far latents move to either side, in spreads of the prior; half or half again as far gives the same gates (measured). */
const shift = 2.4;
/** Side of the square that a response is averaged over. */
const smoothing = 3;
/** The response that counts as 1: all but the strongest pixels of a face lie below it. */
const strongest = 0.97;

/**
 * How much each pixel of each face moves when its latents move along a direction: [B · size · size], 1 where it moves
 * most.
 * @param z [B, latent]; borrowed
 */
export function responsesTo(generator: LayeredGenerator, z: Tensor2D, direction: Float64Array): Float32Array {
  const pixels = generator.imageSize ** 2;
  const values = valuesOf(() => {
    const step = tf.tensor1d(Float32Array.from(direction, (value) => value * shift));
    const change = generateImages(generator, z.add<Tensor2D>(step)).sub<Tensor4D>(
      generateImages(generator, z.sub<Tensor2D>(step)),
    );
    return tf.avgPool(change.abs().mean<Tensor4D>(3, true), smoothing, 1, 'same');
  });
  for (let face = 0; face < z.shape[0]; face++) {
    const own = values.subarray(face * pixels, (face + 1) * pixels);
    const most = quantile(own, strongest);
    own.forEach((value, at) => {
      own[at] = most > 0 ? value / most : 0;
    });
  }
  return values;
}
