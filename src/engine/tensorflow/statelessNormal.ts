import { float32, int32, rawOp1 } from './rawOp.ts';
import { tf } from './tf.ts';
import type { Tensor } from './tf.ts';

/** Standard normal noise that depends on nothing but the shape, the seed and the step. */
export function statelessNormal(shape: readonly number[], seed: number, step: number): Tensor {
  return tf.tidy(() => normalOfKey(shape, noiseKey(seed, step)));
}

/** Seed and step as a tensor of the caller's, [2] of int32. */
export function noiseKey(seed: number, step: number): Tensor {
  return tf.tensor1d([seed | 0, step | 0], 'int32');
}

/** The noise of a key, which an op that is run again and again can be given. */
export function normalOfKey(shape: readonly number[], key: Tensor): Tensor {
  return tf.tidy(() =>
    rawOp1('StatelessRandomNormal', { dtype: float32, T: int32, Tseed: int32 }, [
      tf.tensor1d([...shape], 'int32'),
      key,
    ]),
  );
}
