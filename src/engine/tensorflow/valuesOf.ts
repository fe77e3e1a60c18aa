import { tf } from './tf.ts';
import type { Tensor } from './tf.ts';

/** The number that a scalar of float32 holds. */
export function numberOf(scalar: Tensor): number {
  return scalar.dataSync<'float32'>()[0]!;
}

/**
 * The float32 values of a tensor that is computed here and kept nowhere. They must not be what a `tf.tidy` returns: it
 * looks for tensors in whatever leaves it, in an array of numbers at every one of them (a seventh of a demo's time).
 * @param compute returns a new tensor
 * @returns a copy, row by row
 */
export function valuesOf(compute: () => Tensor): Float32Array<ArrayBuffer> {
  const tensor = tf.tidy(compute);
  const values = Float32Array.from(tensor.dataSync<'float32'>());
  tensor.dispose();
  return values;
}
