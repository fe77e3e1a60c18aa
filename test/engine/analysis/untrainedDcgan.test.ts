import { expect, it } from 'vitest';
import { dcganPresets } from '../../../src/contract/hyperParameters.ts';
import { untrainedDcgan } from '../../../src/engine/analysis/untrainedDcgan.ts';
import { mapsAt } from '../../../src/engine/models/layeredGenerator.ts';
import { statelessNormal } from '../../../src/engine/tensorflow/statelessNormal.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor2D, Tensor4D } from '../../../src/engine/tensorflow/tf.ts';

const tiny = { ...dcganPresets.compact, width: 2, latent: 6, batch: 8 };

function channelMeans(maps: Tensor4D): Float32Array {
  return tf.tidy(() => tf.mean(maps, [0, 1, 2]).dataSync<'float32'>());
}

it('the statistics of an untrained network are those of its samples: maps before the ReLU have mean β and deviation γ', () => {
  const images = tf.tidy(() => tf.tanh(statelessNormal([16, 64, 64, 3], 1, 1)) as Tensor4D);
  const z = statelessNormal([16, tiny.latent], 2, 1) as Tensor2D;
  const model = untrainedDcgan(tiny, 3, images, z);
  const fine = mapsAt(model, z, 'fine');
  const mean = channelMeans(fine);
  // Closed form: the mean of max(0, x) for x of mean 0 and deviation γ ≈ 1 is γ/√(2π) ≈ 0.4 where x is normal; a wide
  // berth, as the maps are only nearly so. With the statistics of a fresh network (0 and 1) the maps are below 0.01.
  for (const value of mean) expect(value).toBeGreaterThan(0.25);
  for (const value of mean) expect(value).toBeLessThan(0.55);
  const inputs = model.analysisInputs(images);
  // Leaky ReLU of slope 0.2: 0.8 · γ/√(2π) ≈ 0.32.
  const judged = channelMeans(inputs[2]!);
  for (const value of judged) expect(Math.abs(value - 0.32)).toBeLessThan(0.15);
  tf.dispose([images, z, fine, ...inputs]);
  model.dispose();
});
