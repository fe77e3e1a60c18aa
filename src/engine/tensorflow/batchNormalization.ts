import { float32, rawOp, rawOp1 } from './rawOp.ts';
import type { Attribute } from './rawOp.ts';
import { tf } from './tf.ts';
import type { Tensor, Tensor1D, Tensor4D } from './tf.ts';

/** Added to the variance before the root, as in the base implementations. */
export const batchNormalizationEpsilon = 1e-5;
/** The running statistics move by this share of the way towards each batch's. */
export const runningShare = 0.1;

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
        exponential_avg_factor: { type: 'float', value: runningShare },
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

/** max(x, 0), with its gradient as one op. */
export function relu<T extends Tensor>(x: T): T {
  const operation = tf.customGrad((...inputs) => {
    const [input, save] = inputs as [Tensor, (tensors: Tensor[]) => void];
    const y = rawOp1('Relu', { T: float32 }, [input]);
    save([y]);
    return {
      value: y,
      gradFunc: (dy: Tensor, saved: Tensor[]) => rawOp1('ReluGrad', { T: float32 }, [dy, saved[0]!]),
    };
  });
  return operation(x) as T;
}

/** x above 0, slope · x below, with its gradient as one op. */
export function leakyRelu<T extends Tensor>(x: T, slope: number): T {
  const alpha: Attribute = { type: 'float', value: slope };
  const operation = tf.customGrad((...inputs) => {
    const [input, save] = inputs as [Tensor, (tensors: Tensor[]) => void];
    const y = rawOp1('LeakyRelu', { T: float32, alpha }, [input]);
    // The sign of what comes out is that of what goes in, and the gradient asks for no more.
    save([y]);
    return {
      value: y,
      gradFunc: (dy: Tensor, saved: Tensor[]) =>
        rawOp1('LeakyReluGrad', { T: float32, alpha }, [dy, saved[0]!]),
    };
  });
  return operation(x) as T;
}

/** tanh x, with its gradient dy (1 − y²) as one op. */
export function tanh<T extends Tensor>(x: T): T {
  const operation = tf.customGrad((...inputs) => {
    const [input, save] = inputs as [Tensor, (tensors: Tensor[]) => void];
    const y = rawOp1('Tanh', { T: float32 }, [input]);
    save([y]);
    return {
      value: y,
      gradFunc: (dy: Tensor, saved: Tensor[]) => rawOp1('TanhGrad', { T: float32 }, [saved[0]!, dy]),
    };
  });
  return operation(x) as T;
}
