import { float32, rawOp } from './rawOp.ts';
import { tf } from './tf.ts';
import type { Tensor, Tensor1D, Tensor4D } from './tf.ts';

/** Added to the variance before the root, as in the base implementations. */
export const batchNormalizationEpsilon = 1e-5;
/** Of the running statistics, as PyTorch has it: the share of the way that they move towards each batch's. */
const momentum = 0.1;

const layout = {
  T: float32,
  U: float32,
  epsilon: { type: 'float', value: batchNormalizationEpsilon },
  data_format: { type: 'string', value: 'NHWC' },
} as const;

export interface RunningStatistics {
  mean: Tensor1D;
  variance: Tensor1D;
}

/**
 * Batch normalisation in training mode: y = γ (x − mean) / √(variance + ε) + β over batch, height and width.
 * One fused op forwards, one backwards, where tfjs-core composes dozens.
 *
 * @param x [B, H, W, C]
 * @param gamma [C]
 * @param beta [C]
 * @param running the running statistics before this batch, [C] each
 * @param onStatistics receives the running statistics after this batch; they are the receiver's to dispose
 */
export function batchNormalizeTraining(
  x: Tensor4D,
  gamma: Tensor1D,
  beta: Tensor1D,
  running: RunningStatistics,
  onStatistics: (statistics: RunningStatistics) => void,
): Tensor4D {
  const operation = tf.customGrad((...inputs) => {
    const [input, scale, offset, save] = inputs as [Tensor, Tensor, Tensor, (tensors: Tensor[]) => void];
    const outputs = rawOp(
      'FusedBatchNormV3',
      {
        ...layout,
        is_training: { type: 'bool', value: true },
        exponential_avg_factor: { type: 'float', value: momentum },
      },
      [input, scale, offset, running.mean, running.variance],
      6,
    );
    const [y, mean, variance, reserve1, reserve2, reserve3] = outputs as [
      Tensor,
      Tensor,
      Tensor,
      Tensor,
      Tensor,
      Tensor,
    ];
    onStatistics({ mean: tf.keep(mean) as Tensor1D, variance: tf.keep(variance) as Tensor1D });
    save([input, scale, reserve1, reserve2, reserve3]);
    const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor[] =>
      rawOp(
        'FusedBatchNormGradV3',
        { ...layout, is_training: { type: 'bool', value: true } },
        [dy, ...saved],
        5,
      ).slice(0, 3);
    return { value: y, gradFunc };
  });
  return operation(x, gamma, beta) as Tensor4D;
}

/** Batch normalisation with the running statistics, as used once a model is trained; shapes as above. */
export function batchNormalizeInference(
  x: Tensor4D,
  gamma: Tensor1D,
  beta: Tensor1D,
  running: RunningStatistics,
): Tensor4D {
  const outputs = rawOp(
    'FusedBatchNormV3',
    { ...layout, is_training: { type: 'bool', value: false } },
    [x, gamma, beta, running.mean, running.variance],
    6,
  );
  const [y, ...rest] = outputs;
  tf.dispose(rest);
  return y as Tensor4D;
}
