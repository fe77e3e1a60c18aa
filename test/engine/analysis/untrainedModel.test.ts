import { expect, it } from 'vitest';
import { dcganPresets } from '../../../src/contract/hyperParameters.ts';
import { untrainedModel } from '../../../src/engine/analysis/untrainedModel.ts';
import { discriminatorStages } from '../../../src/engine/models/dcgan.ts';
import { dcganArchitecture, dcganWeights } from '../../../src/engine/models/dcganArchitecture.ts';
import { generate } from '../../../src/engine/models/generator.ts';
import { generateImages, mapsAt } from '../../../src/engine/models/layeredGenerator.ts';
import { runStage } from '../../../src/engine/models/layers.ts';
import type { Pass } from '../../../src/engine/models/layers.ts';
import { initialWeights } from '../../../src/engine/models/networkWeights.ts';
import { statelessNormal } from '../../../src/engine/tensorflow/statelessNormal.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor, Tensor2D, Tensor4D } from '../../../src/engine/tensorflow/tf.ts';

const tiny = { ...dcganPresets.compact, width: 2, latent: 6, batch: 8 };

function channelMeans(maps: Tensor4D): Float32Array {
  return tf.tidy(() => tf.mean(maps, [0, 1, 2]).dataSync<'float32'>());
}

it('the statistics of an untrained DCGAN are those of its samples: maps before the ReLU have mean β and deviation γ', async () => {
  const images = tf.tidy(() => tf.tanh(statelessNormal([16, 64, 64, 3], 1, 1)) as Tensor4D);
  const z = statelessNormal([16, tiny.latent], 2, 1) as Tensor2D;
  const model = await untrainedModel({ kind: 'dcgan', hyperParameters: tiny }, 3, [images], [z]);
  const fine = mapsAt(model, z, 'fine');
  const mean = channelMeans(fine);
  // Closed form: the mean of max(0, x) for x of mean 0 and deviation γ ≈ 1 is γ/√(2π) ≈ 0.4 where x is normal; a wide
  // berth, as the maps are only nearly so. With the statistics of a fresh network (0 and 1) the maps are below 0.01.
  for (const value of mean) expect(value).toBeGreaterThan(0.25);
  for (const value of mean) expect(value).toBeLessThan(0.55);
  const inputs = model.analysisInputs(images);
  // Leaky ReLU of slope 0.2: 0.8 · γ/√(2π) ≈ 0.32.
  const discriminated = channelMeans(inputs[2]!);
  for (const value of discriminated) expect(Math.abs(value - 0.32)).toBeLessThan(0.15);
  tf.dispose([images, z, fine, ...inputs]);
  model.dispose();
});

it('an untrained DCGAN does to its pictures and latents what training does, in any number of slices', async () => {
  const definition = { kind: 'dcgan', hyperParameters: tiny } as const;
  const architecture = dcganArchitecture(tiny);
  const images = tf.tidy(() => tf.tanh(statelessNormal([16, 64, 64, 3], 1, 1)) as Tensor4D);
  const z = statelessNormal([16, tiny.latent], 2, 1) as Tensor2D;
  const [imageSlices, latentSlices] = [tf.split<Tensor4D>(images, [5, 11]), tf.split<Tensor2D>(z, 4)];
  const whole = await untrainedModel(definition, 3, [images], [z]);
  const sliced = await untrainedModel(definition, 3, imageSlices, latentSlices);
  tf.tidy(() => {
    const weights = new Map(
      [...initialWeights(dcganWeights(architecture), 3)].map(([name, { data, shape }]) => [
        name,
        tf.tensor(data, shape),
      ]),
    );
    const pass: Pass = {
      mode: 'training',
      onStatistics: (_, value) => {
        value.dispose();
      },
    };
    const far = (a: Tensor, b: Tensor): number => a.sub(b).abs().max().dataSync<'float32'>()[0]!;
    const drawn = generate(architecture.generator, weights, z, pass);
    let seen = images;
    for (const stage of discriminatorStages(architecture).slice(0, -1))
      seen = runStage(stage, weights, seen, pass);
    // The running variance is the unbiased one: n/(n − 1) with n ≥ 256 values. Maps of the discriminator reach 4.
    expect(far(generateImages(whole, z), drawn)).toBeLessThan(0.01);
    expect(far(whole.analysisInputs(images)[3]!, seen)).toBeLessThan(0.02);
    // Slices differ from the whole by the rounding of float32 alone.
    expect(far(generateImages(sliced, z), generateImages(whole, z))).toBeLessThan(1e-5);
    expect(far(sliced.analysisInputs(images)[3]!, whole.analysisInputs(images)[3]!)).toBeLessThan(1e-4);
  });
  tf.dispose([images, z, ...imageSlices, ...latentSlices]);
  for (const model of [whole, sliced]) model.dispose();
});
