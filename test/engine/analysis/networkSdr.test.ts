import { expect, it } from 'vitest';
import { sdrResultSchema } from '../../../src/contract/analysis.ts';
import { layerSdr, mapForms } from '../../../src/engine/analysis/layerSdr.ts';
import { addMaps, emptyMapPower } from '../../../src/engine/analysis/mapPower.ts';
import { measureGenerator } from '../../../src/engine/analysis/measureGenerator.ts';
import { sdrOfNetwork } from '../../../src/engine/analysis/networkSdr.ts';
import { summariseSdr } from '../../../src/engine/analysis/sdrSummary.ts';
import { untrainedModel } from '../../../src/engine/analysis/untrainedModel.ts';
import { decode, encode } from '../../../src/engine/models/betaVae.ts';
import { betaVaeArchitecture } from '../../../src/engine/models/betaVaeArchitecture.ts';
import { initialWeights } from '../../../src/engine/models/networkWeights.ts';
import { generateImages, latentsFromSeeds, mapsAt } from '../../../src/engine/models/layeredGenerator.ts';
import type { Pass } from '../../../src/engine/models/layers.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor, Tensor2D, Tensor4D } from '../../../src/engine/tensorflow/tf.ts';
import { tinyParameters, tinyVae } from './tinyVae.ts';

const tiny = { kind: 'vae', hyperParameters: tinyParameters } as const;
const seeds = Array.from({ length: 8 }, (_, index) => index + 1);

it('measures every level of both sides with its baselines, in any number of batches', async () => {
  const model = tinyVae();
  const latents = latentsFromSeeds(seeds, tinyParameters.latent);
  const images = generateImages(model, latents);
  const untrained = await untrainedModel(tiny, 3, [images], [latents]);
  const halves = <T extends Tensor>(whole: T): T[] => tf.split<T>(whole, 2);
  const [latentHalves, imageHalves] = [halves(latents), halves(images)];
  const options = { grid: 'filtered', seed: 4 } as const;
  const { result, pairs } = await sdrOfNetwork(
    [
      { side: 'decoder', generator: model, untrained, latents: [latents] },
      { side: 'encoder', analyser: model, untrained, images: [images] },
    ],
    options,
  );
  const inHalves = await sdrOfNetwork(
    [
      { side: 'decoder', generator: model, untrained, latents: latentHalves },
      { side: 'encoder', analyser: model, untrained, images: imageHalves },
    ],
    options,
  );
  expect(sdrResultSchema.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
  expect(
    result.levels.map(({ side, level, inputs, outputs, samples }) => [side, level, inputs, outputs, samples]),
  ).toEqual([
    ['decoder', 'coarse', 8, 8, 8],
    ['decoder', 'intermediate', 8, 4, 8],
    ['decoder', 'fine', 4, 4, 8],
    ['decoder', 'image', 4, 3, 8],
    ['encoder', 'image', 3, 2, 8],
    ['encoder', 'fine', 2, 4, 8],
    ['encoder', 'intermediate', 4, 8, 8],
    ['encoder', 'coarse', 8, 16, 8],
  ]);
  for (const level of result.levels) {
    const pairCount = (level.inputs - level.deadMaps) * level.outputs;
    expect(level.own?.summary.count).toBe(pairCount);
    expect(level.random?.summary.count).toBe(pairCount);
    expect(level.untrained).not.toBeNull();
  }
  result.levels.forEach((level, index) => {
    // TensorFlow may add a batch's numbers in another order: equal but for rounding of float32.
    expect(inHalves.result.levels[index]!.own!.summary.median).toBeCloseTo(level.own!.summary.median, 4);
  });

  // The fine level of the decoder takes in the maps that the intermediate level puts out.
  const maps = mapsAt(model, latents, 'intermediate');
  const power = emptyMapPower(32, 4);
  addMaps(power, maps);
  const fine = model.layers[2]!;
  const alone = layerSdr(fine, model.kernel('fine').dataSync<'float32'>(), mapForms('up', power, 'filtered'));
  expect(pairs[2]).toEqual(alone);
  expect(result.levels[2]!.own!.summary).toEqual(summariseSdr(alone.values));
  tf.dispose([latents, images, maps, ...latentHalves, ...imageHalves]);
  model.dispose();
  untrained.dispose();
});

it('stops when asked', async () => {
  const model = tinyVae();
  const latents = latentsFromSeeds(seeds, tinyParameters.latent);
  const stopped = sdrOfNetwork(
    [{ side: 'decoder', generator: model, latents: [latents] }],
    { grid: 'native', seed: 1 },
    { signal: AbortSignal.abort() },
  );
  await expect(stopped).rejects.toMatchObject({ code: 'interrupted' });
  latents.dispose();
  model.dispose();
});

it('gives the untrained network the statistics of the batch, in any number of slices', async () => {
  const architecture = betaVaeArchitecture(tinyParameters);
  const other = tinyVae(8);
  const latents = latentsFromSeeds(seeds, tinyParameters.latent);
  const images = generateImages(other, latents);
  const [imageSlices, latentSlices] = [tf.split<Tensor4D>(images, 4), tf.split<Tensor2D>(latents, [3, 5])];
  const network = await untrainedModel(tiny, 3, [images], [latents]);
  const sliced = await untrainedModel(tiny, 3, imageSlices, latentSlices);
  tf.tidy(() => {
    const weights = new Map(
      [...initialWeights(architecture, 3)].map(([name, { data, shape }]) => [name, tf.tensor(data, shape)]),
    );
    const pass: Pass = {
      mode: 'training',
      onStatistics: (_, value) => {
        value.dispose();
      },
    };
    // With running statistics equal to the batch's, inference does to this batch what training does.
    const decoded = decode(architecture, weights, latents, pass);
    const encoded = encode(architecture, weights, images, pass).mean;
    const far = (a: Tensor, b: Tensor): number => a.sub(b).abs().max().dataSync<'float32'>()[0]!;
    // The running variance is the unbiased one: n/(n − 1) with n ≥ 128 values.
    expect(far(generateImages(network, latents), decoded)).toBeLessThan(0.02);
    expect(far(network.encode!(images).mean, encoded)).toBeLessThan(0.02);
    // Slices differ from the whole by the rounding of float32 alone.
    expect(far(generateImages(sliced, latents), generateImages(network, latents))).toBeLessThan(1e-5);
    expect(far(sliced.encode!(images).mean, network.encode!(images).mean)).toBeLessThan(1e-5);
  });
  tf.dispose([latents, images, ...imageSlices, ...latentSlices]);
  for (const model of [network, sliced, other]) model.dispose();
});

it('measures a generator for the training log, the same each time', async () => {
  const model = tinyVae();
  const numbers = await measureGenerator(model, { seed: 5, samples: 8 });
  expect(await measureGenerator(model, { seed: 5, samples: 8 })).toEqual(numbers);
  expect(Object.keys(numbers)).toEqual([
    ...['coarse', 'intermediate', 'fine', 'image'].flatMap((level) =>
      ['median', 'iqr', 'shareNearOne'].map((what) => `sdr.${level}.${what}`),
    ),
    ...['coarse', 'intermediate', 'fine'].flatMap((level) => [
      `stretching.${level}`,
      `stretching.${level}.normalised`,
    ]),
  ]);
  expect(Object.values(numbers).every(Number.isFinite)).toBe(true);
  model.dispose();
});
