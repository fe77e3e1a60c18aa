import type { LinkOf } from './chain.ts';

/** y = factor · x + offset of each channel, in double precision: batch norms and biases one after another are one. */
export interface Affine {
  factor: Float64Array;
  offset: Float64Array;
  /** Whether a batch norm has part in it; a bias alone multiplies nothing. */
  isNorm: boolean;
}

export function biasOf(bias: Float32Array | undefined, channels: number): Affine {
  const offset = bias === undefined ? new Float64Array(channels) : Float64Array.from(bias);
  return { factor: new Float64Array(channels).fill(1), offset, isNorm: false };
}

/** A norm on top of what was there. */
export function normedAfter(
  before: Affine,
  { gamma, beta, mean, variance, epsilon }: LinkOf<'norm'>,
): Affine {
  const factor = before.factor.map((value, at) => (value * gamma[at]!) / Math.sqrt(variance[at]! + epsilon));
  const offset = before.offset.map(
    (value, at) => ((value - mean[at]!) * gamma[at]!) / Math.sqrt(variance[at]! + epsilon) + beta[at]!,
  );
  const isShift =
    epsilon === 0 && variance.every((value) => value === 1) && gamma.every((value) => value === 1);
  return { factor, offset, isNorm: before.isNorm || !isShift };
}
