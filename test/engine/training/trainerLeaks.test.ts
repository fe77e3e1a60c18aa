import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it, vi } from 'vitest';
import { vaePresets } from '../../../src/contract/hyperParameters.ts';
import { betaVaeArchitecture } from '../../../src/engine/models/betaVaeArchitecture.ts';
import { initialWeights } from '../../../src/engine/models/networkWeights.ts';
import { countOps } from '../tensorflow/countOps.ts';
import { statelessNormal } from '../../../src/engine/tensorflow/statelessNormal.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor4D } from '../../../src/engine/tensorflow/tf.ts';
import { BetaVaeTrainer } from '../../../src/engine/training/betaVaeTrainer.ts';
import { tinyModel, withSpectralStep } from '../../setup/tinyTraining.ts';

/** Bytes of the process without what the next collection frees anyway: 70 MB of it at times. */
function memoryInUse(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage.rss();
}

function batchOf(count: number): Tensor4D {
  return tf.tidy(() => tf.tanh(statelessNormal([count, 64, 64, 3], 1, 1) as Tensor4D));
}

it('a step of the base β-VAE runs at most 250 TensorFlow ops', () => {
  vi.stubEnv('EXTRAPOLATION_STEP', 'eager');
  const architecture = betaVaeArchitecture(vaePresets.compact);
  const trainer = new BetaVaeTrainer(architecture, initialWeights(architecture, 0));
  const images = batchOf(4);
  const { total } = countOps(() => trainer.step(images, 0, 0).read());
  expect(total).toBeLessThanOrEqual(250);
  images.dispose();
  trainer.dispose();
  vi.unstubAllEnvs();
});

it('keeps tensors and memory constant over 1,000 steps, spectral ones among them', () => {
  const architecture = betaVaeArchitecture({ ...tinyModel, batch: 4 });
  const trainer = new BetaVaeTrainer(architecture, initialWeights(architecture, 0));
  const images = batchOf(4);
  const step = (from: number, count: number): void => {
    for (let i = from; i < from + count; i++)
      trainer.step(images, 0, i, i % 10 === 0 ? withSpectralStep : null).read();
  };
  step(0, 300); // allocators and caches settle
  const tensors = tf.memory().numTensors;
  const memory = memoryInUse();
  step(300, 1000);
  expect(tf.memory().numTensors).toBe(tensors);
  // 1,000 steps of this model pass 200 MB of images alone: a leak of one batch a step would show as that.
  expect(memoryInUse() - memory).toBeLessThan(60e6);
  images.dispose();
  trainer.dispose();
}, 120_000);
