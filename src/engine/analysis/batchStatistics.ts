import { tf } from '../tensorflow/tf.ts';
import type { Tensor, Tensor4D } from '../tensorflow/tf.ts';

/** Mean and variance of every channel over some maps. */
export interface BatchStatistics {
  /** Values that each was taken over. */
  readonly count: number;
  readonly mean: Float64Array;
  /** Σ (x − mean)² / count */
  readonly variance: Float64Array;
}

/** @param maps [B, H, W, C]; over B, H and W */
export function sliceStatistics(maps: Tensor4D): BatchStatistics {
  const [batch, height, width] = maps.shape;
  const [mean, variance] = tf.tidy<[Tensor, Tensor]>(() => {
    const moments = tf.moments(maps, [0, 1, 2]);
    return [moments.mean, moments.variance];
  });
  const numbers = [mean, variance].map((each) => Float64Array.from(each.dataSync<'float32'>()));
  tf.dispose([mean, variance]);
  return { count: batch * height * width, mean: numbers[0]!, variance: numbers[1]! };
}

/**
 * The statistics of slices together, in double precision:
 *
 *   mean = Σ nᵢ mᵢ / n,   variance = Σ nᵢ (vᵢ + (mᵢ − mean)²) / n
 */
export function mergedStatistics(parts: readonly BatchStatistics[]): BatchStatistics {
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const channels = parts[0]?.mean.length ?? 0;
  const mean = new Float64Array(channels);
  const variance = new Float64Array(channels);
  for (const part of parts) part.mean.forEach((value, c) => (mean[c]! += (part.count / count) * value));
  for (const part of parts) {
    part.variance.forEach((value, c) => {
      variance[c]! += (part.count / count) * (value + (part.mean[c]! - mean[c]!) ** 2);
    });
  }
  return { count, mean, variance };
}
