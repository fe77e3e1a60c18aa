import { describe, expect, it } from 'vitest';
import { relu, tanh } from '../../../src/engine/tensorflow/activations.ts';
import {
  batchNormalizationEpsilon,
  batchNormalizeInference,
  batchNormalizeTraining,
} from '../../../src/engine/tensorflow/batchNormalization.ts';
import { countOps } from './countOps.ts';
import { statelessNormal } from '../../../src/engine/tensorflow/statelessNormal.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor, Tensor1D, Tensor4D } from '../../../src/engine/tensorflow/tf.ts';

const shape: [number, number, number, number] = [4, 3, 3, 2];

function inputs(): {
  x: Tensor4D;
  gamma: Tensor1D;
  beta: Tensor1D;
  target: Tensor4D;
  mean: Tensor1D;
  variance: Tensor1D;
} {
  return {
    x: statelessNormal(shape, 1, 1).mul(2).add<Tensor4D>(0.5),
    gamma: tf.tensor1d([1.2, 0.7]),
    beta: tf.tensor1d([0.1, -0.3]),
    target: statelessNormal(shape, 1, 2) as Tensor4D,
    mean: tf.tensor1d([0.3, -0.2]),
    variance: tf.tensor1d([1.5, 0.8]),
  };
}

function fused(x: Tensor4D, gamma: Tensor1D, beta: Tensor1D): Tensor4D {
  return batchNormalizeTraining(
    x,
    gamma,
    beta,
    { mean: tf.zeros([2]), variance: tf.ones([2]) },
    (statistics) => {
      tf.dispose([statistics.mean, statistics.variance]);
    },
  );
}

/** The definition, composed of tfjs-core's own ops: an independent path to value and gradient. */
function composed(x: Tensor4D, gamma: Tensor1D, beta: Tensor1D): Tensor4D {
  const { mean, variance } = tf.moments(x, [0, 1, 2]);
  return x.sub(mean).div(variance.add(batchNormalizationEpsilon).sqrt()).mul(gamma).add(beta);
}

type Normalisation = typeof fused;
const loss =
  (normalise: Normalisation, target: Tensor4D) =>
  (...[x, gamma, beta]: Tensor[]): Tensor =>
    tanh(relu(normalise(x as Tensor4D, gamma as Tensor1D, beta as Tensor1D)).sub(0.2))
      .mul(target)
      .sum();

const composedLoss =
  (target: Tensor4D) =>
  (...[x, gamma, beta]: Tensor[]): Tensor =>
    tf
      .tanh(tf.relu(composed(x as Tensor4D, gamma as Tensor1D, beta as Tensor1D)).sub(0.2))
      .mul(target)
      .sum();

function largestDifference(a: Tensor, b: Tensor): number {
  return tf.tidy(() => a.sub(b).abs().max().dataSync()[0]!);
}

describe('fused batch normalisation, ReLU and tanh', () => {
  it('give the value and the gradients of the composed tfjs-core version', () => {
    tf.tidy(() => {
      const { x, gamma, beta, target } = inputs();
      const one = tf.valueAndGrads(loss(fused, target))([x, gamma, beta]);
      const other = tf.valueAndGrads(composedLoss(target))([x, gamma, beta]);
      expect(largestDifference(one.value, other.value)).toBeLessThan(1e-5);
      one.grads.forEach((gradient, index) => {
        expect(largestDifference(gradient, other.grads[index]!)).toBeLessThan(1e-4);
      });
    });
  });

  it('have the gradients that central differences give', () => {
    tf.tidy(() => {
      const { x, gamma, beta, target } = inputs();
      const f = loss(fused, target);
      const { grads } = tf.valueAndGrads(f)([x, gamma, beta]);
      const step = 1e-2; // float32: smaller steps drown in rounding
      [x, gamma, beta].forEach((tensor, which) => {
        const values = tensor.dataSync();
        for (const index of [0, values.length - 1]) {
          const shifted = [1, -1].map((sign) => {
            const moved = Float32Array.from(values);
            moved[index] = moved[index]! + sign * step;
            const all: Tensor[] = [x, gamma, beta];
            all[which] = tf.tensor(moved, tensor.shape);
            return f(...all).dataSync()[0]!;
          });
          const numeric = (shifted[0]! - shifted[1]!) / (2 * step);
          expect(Math.abs(numeric - grads[which]!.dataSync()[index]!)).toBeLessThan(5e-3);
        }
      });
    });
  });

  it('moves the running statistics a tenth of the way to the batch’s (unbiased variance)', () => {
    tf.tidy(() => {
      const { x, gamma, beta, mean, variance } = inputs();
      const batch = tf.moments(x, [0, 1, 2]);
      const count = shape[0] * shape[1] * shape[2];
      batchNormalizeTraining(x, gamma, beta, { mean, variance }, (after) => {
        const expectedMean = mean.mul(0.9).add(batch.mean.mul(0.1));
        const expectedVariance = variance.mul(0.9).add(batch.variance.mul((0.1 * count) / (count - 1)));
        expect(largestDifference(after.mean, expectedMean)).toBeLessThan(1e-6);
        expect(largestDifference(after.variance, expectedVariance)).toBeLessThan(1e-6);
        tf.dispose([after.mean, after.variance]);
      });
    });
  });

  it('uses the given statistics at inference', () => {
    tf.tidy(() => {
      const { x, gamma, beta, mean, variance } = inputs();
      const y = batchNormalizeInference(x, gamma, beta, { mean, variance });
      const expected = x.sub(mean).div(variance.add(batchNormalizationEpsilon).sqrt()).mul(gamma).add(beta);
      expect(largestDifference(y, expected)).toBeLessThan(1e-5);
    });
  });

  it('runs one op forwards and one backwards', () => {
    tf.tidy(() => {
      const { x, gamma, beta } = inputs();
      const forward = countOps(() => fused(x, gamma, beta));
      expect(forward.byName.get('FusedBatchNormV3')).toBe(1);
      const both = countOps(() =>
        tf.grads((...t: Tensor[]) => fused(...(t as [Tensor4D, Tensor1D, Tensor1D])).sum())([x, gamma, beta]),
      );
      expect(both.byName.get('FusedBatchNormGradV3')).toBe(1);
    });
  });
});

describe('noise from a seed and a step', () => {
  it('is the same for the same pair and standard normal', () => {
    tf.tidy(() => {
      const a = statelessNormal([20_000], 7, 3).dataSync<'float32'>();
      const b = statelessNormal([20_000], 7, 3).dataSync();
      const c = statelessNormal([20_000], 7, 4).dataSync();
      expect(a).toEqual(b);
      expect(a).not.toEqual(c);
      // Five standard errors of the mean and of the second moment of 20,000 normal values.
      const mean = a.reduce((sum, value) => sum + value, 0) / a.length;
      const second = a.reduce((sum, value) => sum + value * value, 0) / a.length;
      expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(a.length));
      expect(Math.abs(second - 1)).toBeLessThan(5 * Math.sqrt(2 / a.length));
    });
  });
});
