import { expect, it } from 'vitest';
import { fitCorrection } from '../../../src/engine/gates/fitCorrection.ts';
import { fitLogistic } from '../../../src/engine/math/logisticRegression.ts';
import { createRandom } from '../../../src/engine/math/random.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor2D } from '../../../src/engine/tensorflow/tf.ts';

const [rows, columns] = [400, 6];

function planted(): { features: Float32Array; labels: Float32Array } {
  const random = createRandom(3);
  const features = Float32Array.from({ length: rows * columns }, () => random.normal());
  const labels = Float32Array.from({ length: rows }, (_, row) => {
    const z = 2 * features[row * columns]! - features[row * columns + 1]! + 0.5;
    return random.uniform() < 1 / (1 + Math.exp(-z)) ? 1 : 0;
  });
  return { features, labels };
}

function fit(start: Float32Array, ridge: number): ReturnType<typeof fitCorrection> {
  const { features, labels } = planted();
  const tensor: Tensor2D = tf.tensor2d(features, [rows, columns]);
  const weights = new Float32Array(rows).fill(1 / rows);
  const correction = fitCorrection({ features: tensor, start, labels, weights }, ridge);
  tensor.dispose();
  return correction;
}

it('without a start is logistic regression with the same ridge', async () => {
  const { features, labels } = planted();
  const ridge = 0.05;
  const own = fit(new Float32Array(rows), ridge);
  const reference = await fitLogistic({ features, columns, labels: Uint8Array.from(labels) }, ridge);
  // The reference standardises its features, which here nearly are; and its bias is free.
  reference.weights.forEach((weight, at) => {
    expect(Math.abs(own.weights[at]! - weight)).toBeLessThan(0.02);
  });
  expect(Math.abs(own.bias - reference.bias)).toBeLessThan(0.02);
});

it('leaves a start that says it all as it is, and corrects one that says the opposite', () => {
  const { features } = planted();
  const says = (sign: number): Float32Array =>
    Float32Array.from(
      { length: rows },
      (_, row) => sign * (2 * features[row * columns]! - features[row * columns + 1]! + 0.5),
    );
  const right = fit(says(1), 0.2);
  expect(right.trust).toBeGreaterThan(0.7);
  expect(Math.max(...right.weights.map(Math.abs))).toBeLessThan(0.25);
  const wrong = fit(says(-1), 0.2);
  const total = wrong.trust * -2 + wrong.weights[0]!;
  expect(total).toBeGreaterThan(0.5);
});

it('stays finite where all pixels have one label and where the start is very sure', () => {
  const features = tf.tensor2d(new Float32Array(40).fill(1), [20, 2]);
  const fitted = fitCorrection(
    {
      features,
      start: new Float32Array(20).fill(4),
      labels: new Float32Array(20).fill(0),
      weights: new Float32Array(20).fill(0.05),
    },
    0.2,
  );
  features.dispose();
  for (const value of [fitted.trust, fitted.bias, ...fitted.weights])
    expect(Number.isFinite(value)).toBe(true);
});
