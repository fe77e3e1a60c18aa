import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fitLogistic } from '../../../src/engine/math/logisticRegression.ts';

// test/oracles/logisticRegression.py: the same minimum by gradient descent.
const oracle = z
  .object({
    ridge: z.number(),
    columns: z.number(),
    features: z.array(z.number()),
    labels: z.array(z.number()),
    weights: z.array(z.number()),
    bias: z.number(),
  })
  .parse(JSON.parse(readFileSync(new URL('../../oracles/logisticRegression.json', import.meta.url), 'utf8')));

const data = {
  features: Float32Array.from(oracle.features),
  columns: oracle.columns,
  labels: Uint8Array.from(oracle.labels),
};

describe('fitLogistic', () => {
  it('finds the minimum that gradient descent finds', async () => {
    const { weights, bias } = await fitLogistic(data, oracle.ridge);
    weights.forEach((weight, i) => {
      expect(weight).toBeCloseTo(oracle.weights[i]!, 5);
    });
    expect(bias).toBeCloseTo(oracle.bias, 5);
  });

  it('gives a feature that does not vary no weight', async () => {
    const rows = data.labels.length;
    const features = new Float32Array(rows * 4).fill(7);
    for (let row = 0; row < rows; row++) {
      features.set(data.features.subarray(row * 3, row * 3 + 3), row * 4);
    }
    const { weights } = await fitLogistic({ features, columns: 4, labels: data.labels }, oracle.ridge);
    expect(weights[3]).toBe(0);
    expect(weights[0]).toBeCloseTo(oracle.weights[0]!, 5);
  });

  it('refuses a single label, and stops where it is told to', async () => {
    const same = { ...data, labels: new Uint8Array(data.labels.length) };
    await expect(fitLogistic(same, 0.1)).rejects.toThrow('fitLogistic: only one label occurs');
    const ones = { ...data, labels: new Uint8Array(data.labels.length).fill(1) };
    await expect(fitLogistic(ones, 0.1)).rejects.toThrow('fitLogistic: only one label occurs');
    const stop = (): Promise<void> => Promise.reject(new Error('stopped'));
    await expect(fitLogistic(data, 0.1, stop)).rejects.toThrow('stopped');
  });

  it('is asked before each step, and ends when nothing moves any more', async () => {
    const steps: number[] = [];
    await fitLogistic(data, oracle.ridge, (step) => {
      steps.push(step);
      return Promise.resolve();
    });
    // Newton's method doubles its digits each time: from zero to 1e-4 takes a handful of steps.
    expect(steps).toEqual(steps.map((_, index) => index));
    expect(steps.length).toBeGreaterThan(2);
    expect(steps.length).toBeLessThan(10);
  });
});
