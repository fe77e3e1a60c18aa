import { tf } from '../tensorflow/tf.ts';
import type { Tensor4D } from '../tensorflow/tf.ts';

/** Multiplies some channels of maps [B, H, W, C] by a factor; 0 switches them off. The others keep every bit. */
export function scaleChannels(maps: Tensor4D, channels: readonly number[], factor: number): Tensor4D {
  return tf.tidy(() => {
    const factors = new Float32Array(maps.shape[3]).fill(1);
    for (const channel of channels) factors[channel] = factor;
    return maps.mul<Tensor4D>(tf.tensor1d(factors));
  });
}

/**
 * Counterfactual hybridisation: maps [B, H, W, C] with some channels replaced by those of `other`, [B, H, W, C] or
 * [1, H, W, C]. Every value of the result is one of the two, to the bit.
 */
export function replaceChannels(maps: Tensor4D, other: Tensor4D, channels: readonly number[]): Tensor4D {
  return tf.tidy(() => {
    const depth = maps.shape[3];
    const taken = new Uint8Array(depth);
    for (const channel of channels) taken[channel] = 1;
    return tf.where(tf.tensor4d(taken, [1, 1, 1, depth], 'bool'), other, maps);
  });
}
