import { describe, expect, it } from 'vitest';
import type { TrainedSettings } from '../../../src/contract/runFiles.ts';
import { createRandom } from '../../../src/engine/math/random.ts';
import { betaVaeArchitecture } from '../../../src/engine/models/betaVaeArchitecture.ts';
import { dcganArchitecture, dcganWeights } from '../../../src/engine/models/dcganArchitecture.ts';
import { resizeTo } from '../../../src/engine/models/hypercolumns.ts';
import { imagesFromBytes, latentsFromSeeds } from '../../../src/engine/models/layeredGenerator.ts';
import { initialWeights } from '../../../src/engine/models/networkWeights.ts';
import { hasEncoder, TrainedModel } from '../../../src/engine/models/trainedModel.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor4D } from '../../../src/engine/tensorflow/tf.ts';
import { tinyDcgan, tinyModel } from '../../setup/tinyTraining.ts';

it('bytes 0 … 255 become −1 … 1, picture by picture, row by row, colour by colour', () => {
  const bytes = Uint8Array.from({ length: 2 * 2 * 2 * 3 }, (_, index) => [0, 255, 51, 204][index % 4]!);
  const images = imagesFromBytes(bytes, 2);
  expect(images.shape).toEqual([2, 2, 2, 3]);
  // Closed form: 2 b / 255 − 1.
  const expected = Array.from(bytes, (byte) => (2 * byte) / 255 - 1);
  images.dataSync<'float32'>().forEach((value, index) => {
    expect(value).toBeCloseTo(expected[index]!, 6);
  });
  images.dispose();
});

it('a seed’s latents are its own stream of normals in order, whatever stands beside it and however many there are', () => {
  tf.tidy(() => {
    const rows = latentsFromSeeds([5, 6], 4).arraySync();
    const random = createRandom(5, 0x5eed);
    expect(rows[0]).toEqual(Array.from({ length: 4 }, () => Math.fround(random.normal())));
    expect(latentsFromSeeds([6], 4).arraySync()[0]).toEqual(rows[1]);
    expect(latentsFromSeeds([5], 9).arraySync()[0]!.slice(0, 4)).toEqual(rows[0]);
  });
});

it('maps are doubled about the middles of their pixels', () => {
  tf.tidy(() => {
    const doubled = resizeTo(tf.tensor4d([0, 4, 8, 12], [1, 2, 2, 1]), 4);
    // Closed form: the middles of new pixels lie at −¼, ¼, ¾, 1¼ of the old ones; the edge goes on as it is.
    const along = [0, 0.25, 0.75, 1];
    const expected = along.map((down) => along.map((across) => 8 * down + 4 * across));
    expect(doubled.reshape([4, 4]).arraySync()).toEqual(expected);
  });
});

describe('a fresh network', () => {
  const vae = betaVaeArchitecture(tinyModel);
  const networks = [
    ['β-VAE with the linear head', betaVaeArchitecture({ ...tinyModel, logVarianceHead: 'linear' })],
    ['β-VAE with the softplus head', betaVaeArchitecture({ ...tinyModel, logVarianceHead: 'softplus' })],
    ['DCGAN', dcganWeights(dcganArchitecture(tinyDcgan))],
  ] as const;

  it.each(networks)('of a %s starts as the base codes say', (_, network) => {
    const arrays = initialWeights(network, 4);
    expect([...arrays.keys()].sort()).toEqual(
      [...network.trained.keys(), ...network.statistics.keys()].sort(),
    );
    const pooled = { wide: [] as number[], gamma: [] as number[] };
    for (const [name, { data }] of arrays) {
      if (/kernel|matrix/.test(name)) pooled.wide.push(...data);
      else if (name.endsWith('gamma')) pooled.gamma.push(...data);
      else expect(new Set(data), name).toEqual(new Set([name.endsWith('runningVariance') ? 1 : 0]));
    }
    const spread = (values: number[], mean: number): number =>
      Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    // N(0, 0.02²) and N(1, 0.02²): a deviation from n values is right to 1/√(2n), here within four of these.
    for (const [values, mean] of [
      [pooled.wide, 0],
      [pooled.gamma, 1],
    ] as const) {
      const room = 4 / Math.sqrt(2 * values.length);
      expect(Math.abs(spread(values, mean) / 0.02 - 1)).toBeLessThan(room);
    }
  });

  it('of a β-VAE begins with both heads at 0, all else as with the linear head', () => {
    const arrays = initialWeights(vae, 4);
    const linear = initialWeights(betaVaeArchitecture({ ...tinyModel, logVarianceHead: 'linear' }), 4);
    for (const [name, { data }] of arrays) {
      if (/^encoder\.(mean|logVariance)\.matrix$/.test(name))
        expect(new Set(data), name).toEqual(new Set([0]));
      else expect(data, name).toEqual(linear.get(name)!.data);
    }
  });

  it('differs from seed to seed', () => {
    const [one, again, other] = [4, 4, 5].map((seed) => initialWeights(vae, seed));
    expect(one).toEqual(again);
    expect(one!.get('decoder.fine.kernel')).not.toEqual(other!.get('decoder.fine.kernel'));
  });
});

/** Pictures that nothing repeats in. */
function somePictures(): Tensor4D {
  const random = createRandom(8, 1);
  return tf.tensor4d(
    Float32Array.from({ length: 2 * 64 * 64 * 3 }, () => Math.tanh(random.normal())),
    [2, 64, 64, 3],
  );
}

describe('what is analysed', () => {
  const settings: TrainedSettings[] = [
    { kind: 'vae', preset: 'compact', hyperParameters: tinyModel },
    { kind: 'vae', preset: 'compact', hyperParameters: { ...tinyModel, encoder: 'mirrored' } },
    { kind: 'dcgan', preset: 'compact', hyperParameters: tinyDcgan },
  ];
  it.each(settings)(
    'of a $kind are the pictures and the maps that each layer makes of those before',
    (model) => {
      const network =
        model.kind === 'vae'
          ? betaVaeArchitecture(model.hyperParameters)
          : dcganWeights(dcganArchitecture(model.hyperParameters));
      const arrays = initialWeights(network, 6);
      const trained = new TrainedModel(model, arrays);
      tf.tidy(() => {
        const images = somePictures();
        const inputs = trained.analysisInputs(images);
        expect(inputs).toHaveLength(4);
        expect(inputs[0]!.sub(images).abs().max().dataSync()[0]).toBe(0);
        trained.analysisLayers.slice(0, -1).forEach((layer, index) => {
          // With the statistics of a fresh network batch norm is γ x / √(1 + ε), and β and biases are 0.
          const kernel = trained.analysisKernel(layer);
          const strides = layer.direction === 'down' ? 2 : 1;
          const convolved = tf.conv2d(inputs[index]!, kernel, strides, 'same');
          const gamma = layer.normalised
            ? tf.tensor1d(arrays.get(`${layer.name}.gamma`)!.data)
            : tf.scalar(1);
          const scaled = layer.normalised ? convolved.mul(gamma).div(Math.sqrt(1 + 1e-5)) : convolved;
          const expected = model.kind === 'vae' ? scaled.relu() : scaled.leakyRelu(0.2);
          const off = inputs[index + 1]!.sub(expected).abs().max().div(expected.abs().max());
          expect(off.dataSync()[0], layer.name).toBeLessThan(1e-5);
          expect(expected.abs().max().dataSync()[0], layer.name).toBeGreaterThan(0);
        });
      });
      trained.dispose();
    },
  );
});

it('the softplus head’s log-variance is log(1 + eˣ) + 1e-6 of its own batch norm, the mean that of its own', () => {
  const hyperParameters = { ...tinyModel, logVarianceHead: 'softplus' } as const;
  const arrays = initialWeights(betaVaeArchitecture(hyperParameters), 6);
  const set = (name: string, value: (index: number) => number): void => {
    const { data } = arrays.get(name)!;
    data.forEach((_, index) => (data[index] = value(index)));
  };
  // With γ = 0 a batch norm gives its β.
  set('encoder.mean.gamma', () => 0);
  set('encoder.mean.beta', (index) => 0.1 * index);
  set('encoder.logVariance.gamma', () => 0);
  set('encoder.logVariance.beta', (index) => index - 14);
  const model = new TrainedModel({ kind: 'vae', hyperParameters }, arrays);
  if (!hasEncoder(model)) throw new Error('a β-VAE was asked for');
  const images = somePictures();
  const { mean, logVariance } = model.encode(images);
  const [means, logarithms] = [mean.dataSync<'float32'>(), logVariance!.dataSync<'float32'>()];
  for (let index = 0; index < tinyModel.latent; index++) {
    expect(means[index]).toBeCloseTo(0.1 * index, 6);
    // At −14 softplus is 8e-7: the 1e-6 shows.
    expect(logarithms[index]! / (Math.log1p(Math.exp(index - 14)) + 1e-6)).toBeCloseTo(1, 3);
  }
  tf.dispose([images, mean, logVariance]);
  model.dispose();
});
