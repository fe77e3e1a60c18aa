import type { PackedImages } from '../data/packedImages.ts';
import { imagesFromBytes } from '../models/layeredGenerator.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor2D } from '../tensorflow/tf.ts';
import { requireEncoder } from './openModel.ts';
import type { OpenModel } from './openModel.ts';

const batch = 64;

/** Posterior means of packed pictures, [count, latent]. */
export function encodeMeans(model: OpenModel['model'], images: PackedImages, indices: Int32Array): Tensor2D {
  const parts: Tensor2D[] = [];
  for (let start = 0; start < indices.length; start += batch) {
    const x = imagesFromBytes(images.read(indices.slice(start, start + batch)), images.size);
    const { mean, logVariance } = requireEncoder(model).encode(x);
    tf.dispose([x, logVariance]);
    parts.push(mean);
  }
  const all = tf.concat(parts, 0);
  tf.dispose(parts);
  return all;
}
