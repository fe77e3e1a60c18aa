import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { dcganPresets } from '../../../src/contract/hyperParameters.ts';
import type { DcganHyperParameters } from '../../../src/contract/hyperParameters.ts';
import { dcganArchitecture, dcganWeights } from '../../../src/engine/models/dcganArchitecture.ts';
import { initialWeights } from '../../../src/engine/models/networkWeights.ts';
import type { NamedArray } from '../../../src/engine/models/safetensors.ts';
import { countOps } from '../tensorflow/countOps.ts';
import { statelessNormal } from '../../../src/engine/tensorflow/statelessNormal.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor4D } from '../../../src/engine/tensorflow/tf.ts';
import { DcganTrainer } from '../../../src/engine/training/dcganTrainer.ts';
import { tinyDcgan, withSpectralStep } from '../../setup/tinyTraining.ts';

function trainerOf(hyperParameters: DcganHyperParameters, seed = 0): DcganTrainer {
  const architecture = dcganArchitecture(hyperParameters);
  return new DcganTrainer(architecture, initialWeights(dcganWeights(architecture), seed));
}

function batchOf(count: number): Tensor4D {
  return tf.tidy(() => tf.tanh(statelessNormal([count, 64, 64, 3], 1, 1) as Tensor4D));
}

/** Resident memory without JavaScript's own, which grows until it is collected. */
function nativeMemory(): number {
  const { rss, heapTotal } = process.memoryUsage();
  return rss - heapTotal;
}

/** Value i is mean + scale · sin(0.7 i + k), as in test/oracles/dcganStep.py. */
function wave(shape: readonly number[], k: number, mean: number, scale: number): NamedArray {
  const length = shape.reduce((product, extent) => product * extent, 1);
  const data = Float32Array.from({ length }, (_, i) => mean + scale * Math.sin(0.7 * i + k));
  return { shape: [...shape], data };
}

const oracleSchema = z.object({
  steps: z.array(z.record(z.string(), z.number())),
  weights: z.record(z.string(), z.object({ sum: z.number(), norm: z.number(), first: z.array(z.number()) })),
});

function readOracle(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../oracles/${name}`, import.meta.url), 'utf8'));
}

describe('a step of the DCGAN', () => {
  it('is that of test/oracles/dcganStep.py: losses, scores, and all weights after two steps', () => {
    const hyperParameters = {
      ...{ ...dcganPresets.compact, width: 2, latent: 4, batch: 4 },
      ...{ learningRate: 2e-3, beta1: 0.4, beta2: 0.99 },
    };
    const architecture = dcganArchitecture(hyperParameters);
    const { trained, statistics } = dcganWeights(architecture);
    const arrays = initialWeights({ trained, statistics }, 0);
    [...trained.keys()].sort().forEach((name, k) => {
      arrays.set(name, wave(trained.get(name)!.shape, k, name.endsWith('gamma') ? 1 : 0, 0.1));
    });
    const trainer = new DcganTrainer(architecture, arrays);
    const pixels = wave([4, 64, 64, 3], 50, 0, 0.9);
    const images = tf.tensor4d(pixels.data, [4, 64, 64, 3]);
    const oracle = oracleSchema.parse(readOracle('dcganStep.json'));
    const latents = z.array(z.array(z.number())).parse(readOracle('dcganStep.latents.json'));
    oracle.steps.forEach((expected, step) => {
      // The latents are the oracle's input, made by TensorFlow: the noise of (seed, step) is still the same.
      const noise = statelessNormal([4, 4], 7, step);
      expect([...noise.dataSync<'float32'>()]).toEqual(latents[step]);
      noise.dispose();
      const numbers = new Map(Object.entries(trainer.step(images, 7, step).read()));
      for (const [name, value] of Object.entries(expected))
        expect(numbers.get(name), name).toBeCloseTo(value, 4);
    });
    const after = trainer.weights();
    expect(Object.keys(oracle.weights)).toEqual([...trained.keys()].sort());
    for (const [name, { norm, first }] of Object.entries(oracle.weights)) {
      const { data } = after.get(name)!;
      expect(Math.hypot(...data) / norm, name).toBeCloseTo(1, 3);
      // A step of Adam moves a weight by about 2e-3: a wrong gradient's sign shows as 4e-3.
      first.forEach((value, index) => {
        expect(data[index], `${name} ${index}`).toBeCloseTo(value, 3);
      });
    }
    images.dispose();
    trainer.dispose();
  });

  it('runs at most 276 TensorFlow ops: G(z) once, three passes of D, no gradient that nobody uses', () => {
    vi.stubEnv('EXTRAPOLATION_STEP', 'eager');
    const trainer = trainerOf(dcganPresets.compact);
    const images = batchOf(4);
    const { total, byName } = countOps(() => trainer.step(images, 0, 0).read());
    expect(total).toBeLessThanOrEqual(276);
    // Kernel gradients: 4 of G, and 4 of D for the real and 4 for the generated pictures; none while G is taught.
    expect(byName.get('Conv2DBackpropFilter')).toBe(12);
    // G's 4 layers forwards; backwards D's 3 + 3 (its pictures need no gradient) and 4 on the way to G.
    expect(byName.get('Conv2DBackpropInput')).toBe(14);
    images.dispose();
    trainer.dispose();
    vi.unstubAllEnvs();
  });

  it('keeps tensors and memory constant over 500 steps, spectral ones among them', () => {
    const trainer = trainerOf({ ...tinyDcgan, batch: 4 });
    const images = batchOf(4);
    const step = (from: number, count: number): void => {
      for (let i = from; i < from + count; i++)
        trainer.step(images, 0, i, i % 10 === 0 ? withSpectralStep : null).read();
    };
    step(0, 200); // allocators and caches settle
    const tensors = tf.memory().numTensors;
    const memory = nativeMemory();
    step(200, 500);
    expect(tf.memory().numTensors).toBe(tensors);
    // 500 steps pass 200 MB of real and generated pictures: a leak of one batch a step would show as that.
    expect(nativeMemory() - memory).toBeLessThan(60e6);
    images.dispose();
    trainer.dispose();
  }, 120_000);

  it('moves running statistics of both networks, and resumes with both moments', () => {
    const images = batchOf(8);
    const [whole, first] = [trainerOf(tinyDcgan), trainerOf(tinyDcgan)];
    const before = first.weights();
    for (const trainer of [whole, first]) for (let i = 0; i < 2; i++) trainer.step(images, 3, i).read();
    const saved = first.weights();
    for (const name of ['generator.fine.runningMean', 'discriminator.fine.runningMean']) {
      expect(saved.get(name)!.data, name).not.toEqual(before.get(name)!.data);
    }
    const architecture = dcganArchitecture(tinyDcgan);
    const second = new DcganTrainer(architecture, saved);
    second.restoreMoments(first.optimizerStep, first.moments());
    expect(second.optimizerStep).toBe(2);
    for (const trainer of [whole, second]) for (let i = 2; i < 4; i++) trainer.step(images, 3, i).read();
    expect(second.weights()).toEqual(whole.weights());
    expect(second.moments()).toEqual(whole.moments());
    images.dispose();
    for (const trainer of [whole, first, second]) trainer.dispose();
  });

  it('keeps running statistics of real pictures alone in the discriminator, of generated ones in the generator', () => {
    const images = batchOf(8);
    const [one, other] = [trainerOf(tinyDcgan), trainerOf(tinyDcgan)];
    const before = one.weights();
    // The same pictures and weights, other latents.
    one.step(images, 3, 0).read();
    other.step(images, 4, 0).read();
    const [after, afterOther] = [one.weights(), other.weights()];
    const names = [...before.keys()].filter((name) => name.includes('running'));
    expect(names).toHaveLength(14);
    for (const name of names) {
      expect(after.get(name)!.data, name).not.toEqual(before.get(name)!.data);
      if (name.startsWith('discriminator')) expect(after.get(name), name).toEqual(afterOther.get(name));
      else expect(after.get(name), name).not.toEqual(afterOther.get(name));
    }
    images.dispose();
    one.dispose();
    other.dispose();
  });

  it('with a spectral step moves the kernels of the image, fine and intermediate levels and no others', () => {
    const images = batchOf(8);
    const [plain, spectral] = [trainerOf(tinyDcgan), trainerOf(tinyDcgan)];
    plain.step(images, 3, 0).read();
    spectral.step(images, 3, 0, withSpectralStep).read();
    const [one, two] = [plain.weights(), spectral.weights()];
    const moved = [...one.keys()].filter(
      (name) => !two.get(name)!.data.every((x, i) => x === one.get(name)!.data[i]),
    );
    expect(moved.sort()).toEqual([
      'generator.fine.kernel',
      'generator.image.kernel',
      'generator.intermediate.kernel',
    ]);
    images.dispose();
    plain.dispose();
    spectral.dispose();
  });
});
