import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { SpectralOptions } from '../../../src/contract/hyperParameters.ts';
import { vaePresets } from '../../../src/contract/hyperParameters.ts';
import { betaVaeArchitecture } from '../../../src/engine/models/betaVaeArchitecture.ts';
import { initialWeights } from '../../../src/engine/models/networkWeights.ts';
import type { NamedArray } from '../../../src/engine/models/safetensors.ts';
import { statelessNormal } from '../../../src/engine/tensorflow/statelessNormal.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor4D } from '../../../src/engine/tensorflow/tf.ts';
import { createTrainer } from '../../../src/engine/training/createTrainer.ts';
import type { StepMetrics, Trainer } from '../../../src/engine/training/trainer.ts';

/* What test/oracles/betaVaeStep.py begins with. */
const seed = 7;
const batch = 4;
const hyperParameters = {
  ...vaePresets.compact,
  // The oracle's network has the free log-variance, and no warm-up with it.
  logVarianceHead: 'linear' as const,
  ...{ width: 1, fineChannels: 2, latent: 3, batch, klWeight: 0.5 },
  ...{ learningRate: 2e-3, beta1: 0.4, beta2: 0.99 },
};
const spectral: SpectralOptions = { gamma: 0.1, cap: 0.005, grid: 'filtered', variant: 'normalised' };

const arraysSchema = z.record(z.string(), z.array(z.number()));
const stepSchema = z.object({
  loss: z.number(),
  reconstruction: z.number(),
  kl: z.number(),
  weights: arraysSchema,
});
const oracleSchema = z.object({
  plain: z.array(stepSchema.extend({ moments: arraysSchema })),
  spectral: z.array(stepSchema.extend({ changed: z.number(), capped: z.number() })),
});

function readOracle(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../oracles/${name}`, import.meta.url), 'utf8'));
}

const oracle = oracleSchema.parse(readOracle('betaVaeStep.json'));

/** The oracle's `scatter`: value i is mean + scale · v, v in [−1, 1) from whole numbers. */
function scatter(shape: readonly number[], k: number, mean: number, scale: number): NamedArray {
  const length = shape.reduce((product, extent) => product * extent, 1);
  const data = Float32Array.from(
    { length },
    (_, i) => mean + scale * (((31 * i * i + 7919 * i + 104729 * k) % 65537) / 32768.5 - 1),
  );
  return { shape: [...shape], data };
}

/** The oracle's pictures: slow waves that differ from picture to picture, and scatter. */
function oracleImages(): Tensor4D {
  const { data } = scatter([batch, 64, 64, 3], 100, 0, 0.4);
  let at = 0;
  for (let b = 0; b < batch; b++)
    for (let y = 0; y < 64; y++)
      for (let x = 0; x < 64; x++)
        for (let c = 0; c < 3; c++) data[at++]! += 0.5 * Math.sin(0.1 * y * (1 + b) + 0.3 * x + c);
  return tf.tensor4d(data, [batch, 64, 64, 3]);
}

function trainerOfOracle(): Trainer {
  const architecture = betaVaeArchitecture(hyperParameters);
  const arrays = initialWeights(architecture, 0);
  [...architecture.trained.keys()].sort().forEach((name, k) => {
    const { shape } = architecture.trained.get(name)!;
    arrays.set(name, scatter(shape, k, name.endsWith('gamma') ? 1 : 0, 0.1));
  });
  return createTrainer({ kind: 'vae', preset: 'compact', hyperParameters }, seed, arrays);
}

/*
 * Float32 rounds each number to 6e-8 of itself, and a gradient is a sum of up to 16,384 terms of both signs: moments are
 * right to about 5e-5 of the largest of their array. Adam divides a gradient by its own size, so where one is a ten-thousandth
 * of its neighbours the step of 2e-3 is right to a thousandth: 1e-5 of the largest weight. Both with room for another machine's order.
 */
const lossShare = 2e-6;
const weightShare = 4e-5;
const momentShare = 2e-4;

function expectArrays(
  ours: ReadonlyMap<string, NamedArray>,
  expected: Record<string, number[]>,
  share: number,
): void {
  expect([...ours.keys()].sort()).toEqual(Object.keys(expected).sort());
  const wrong = Object.entries(expected).flatMap(([name, values]) => {
    const { data } = ours.get(name)!;
    expect(data.length, name).toBe(values.length);
    const largest = Math.max(...values.map(Math.abs));
    const off = Math.max(...values.map((value, i) => Math.abs(value - data[i]!))) / largest;
    return off <= share ? [] : [`${name} is off by ${off.toExponential(1)} of its largest value`];
  });
  expect(wrong).toEqual([]);
}

function expectLosses({ loss, reconstruction, kl }: StepMetrics, expected: z.infer<typeof stepSchema>): void {
  const shares = [loss! / expected.loss, reconstruction! / expected.reconstruction, kl! / expected.kl];
  for (const share of shares) expect(Math.abs(share - 1)).toBeLessThan(lossShare);
}

describe('two steps of the β-VAE are those of test/oracles/betaVaeStep.py', () => {
  it('takes the noise that the oracle was given', () => {
    const given = z.array(z.array(z.number())).parse(readOracle('betaVaeStep.noise.json'));
    given.forEach((values, step) => {
      const noise = statelessNormal([batch, hyperParameters.latent], seed, step);
      expect([...noise.dataSync<'float32'>()]).toEqual(values);
      noise.dispose();
    });
  });

  it('with Adam alone: losses, weights, running statistics and moments', () => {
    const trainer = trainerOfOracle();
    const images = oracleImages();
    oracle.plain.forEach((expected, step) => {
      expectLosses(trainer.step(images, seed, step, null).read(), expected);
      expectArrays(trainer.weights(), expected.weights, weightShare);
      expectArrays(trainer.moments(), expected.moments, momentShare);
    });
    images.dispose();
    trainer.dispose();
  });

  it('with a step on equation (13) after each of them, capped for some slices of the kernels and not for others', () => {
    const trainer = trainerOfOracle();
    const images = oracleImages();
    oracle.spectral.forEach((expected, step) => {
      expect(expected.capped).toBeGreaterThan(0);
      expect(expected.capped).toBeLessThan(expected.changed);
      expectLosses(trainer.step(images, seed, step, spectral).read(), expected);
      expectArrays(trainer.weights(), expected.weights, weightShare);
    });
    images.dispose();
    trainer.dispose();
  });
});
