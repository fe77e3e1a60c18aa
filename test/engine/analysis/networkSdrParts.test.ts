import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SdrSample } from '../../../src/contract/analysis.ts';
import type { Progress } from '../../../src/contract/progress.ts';
import { layerSdr, mapForms, randomFilterSdr } from '../../../src/engine/analysis/layerSdr.ts';
import type { LayerSdr, MapForms } from '../../../src/engine/analysis/layerSdr.ts';
import { addMaps, emptyMapPower } from '../../../src/engine/analysis/mapPower.ts';
import { sdrOfNetwork } from '../../../src/engine/analysis/networkSdr.ts';
import { sdrHistogram, summariseSdr } from '../../../src/engine/analysis/sdrSummary.ts';
import { generateImages, latentsFromSeeds } from '../../../src/engine/models/layeredGenerator.ts';
import type { LayeredGenerator } from '../../../src/engine/models/layeredGenerator.ts';
import type { ConvolutionLayer } from '../../../src/engine/models/layers.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor2D, Tensor4D } from '../../../src/engine/tensorflow/tf.ts';
import { layerLike } from './testLayers.ts';
import { tinyParameters, tinyVae } from './tinyVae.ts';

let model: ReturnType<typeof tinyVae>;
let other: ReturnType<typeof tinyVae>;
let latents: Tensor2D;
let images: Tensor4D;
beforeAll(() => {
  [model, other] = [tinyVae(1), tinyVae(2)];
  latents = latentsFromSeeds([1, 2, 3, 4], tinyParameters.latent);
  images = generateImages(model, latents);
});
afterAll(() => {
  tf.dispose([latents, images]);
  model.dispose();
  other.dispose();
});

const sample = ({ values }: LayerSdr): SdrSample => ({
  summary: summariseSdr(values)!,
  histogram: sdrHistogram(values),
});

function formsOf(layer: ConvolutionLayer, maps: Tensor4D, grid: 'filtered' | 'native'): MapForms {
  const power = emptyMapPower(layer.inputSize, layer.inputChannels);
  addMaps(power, maps);
  return mapForms(layer.direction, power, grid);
}

// layerSdr.test.ts holds the parts to their definition; here each stands at its own place.
describe('the spectra of a network', () => {
  it.each(['filtered', 'native'] as const)(
    'have the layer’s own kernels and maps, random and crossed ones, and those of the untrained network, grid %s',
    async (grid) => {
      const { result } = await sdrOfNetwork(
        [{ side: 'encoder', analyser: model, untrained: other, images: [images] }],
        { grid, seed: 9 },
      );
      expect({ grid: result.grid, seed: result.seed, version: result.version }).toEqual({
        ...{ grid, seed: 9, version: 1 },
      });
      const [own, before] = [model.analysisInputs(images), other.analysisInputs(images)];
      model.analysisLayers.forEach((layer, index) => {
        const kernel = model.analysisKernel(layer).dataSync<'float32'>();
        const untrainedKernel = other.analysisKernel(layer).dataSync<'float32'>();
        const forms = formsOf(layer, own[index]!, grid);
        expect(result.levels[index]).toMatchObject({
          layer: layer.name,
          mapSize: layer.inputSize,
          own: sample(layerSdr(layer, kernel, forms)),
          random: sample(randomFilterSdr(layer, forms, 9)),
          crossed: sample(layerSdr(layer, kernel, forms, 1)),
          untrained: sample(layerSdr(layer, untrainedKernel, formsOf(layer, before[index]!, grid))),
        });
      });
      tf.dispose([...own, ...before]);
    },
  );

  it('have nothing to cross where one map alone has a spectrum, and nothing untrained where none is given', async () => {
    const single: LayeredGenerator = {
      latent: model.latent,
      imageSize: model.imageSize,
      layers: model.layers,
      start: (z) => model.start(z),
      runLayer: (level, input) =>
        tf.tidy(() => {
          const maps = model.runLayer(level, input);
          return level === 'fine' ? maps.mul<Tensor4D>(tf.tensor1d([0, 0, 1, 0])) : maps;
        }),
      imageLogits: (fine, kernel) => model.imageLogits(fine, kernel),
      kernel: (level) => model.kernel(level),
    };
    const { result } = await sdrOfNetwork([{ side: 'decoder', generator: single, latents: [latents] }], {
      ...{ grid: 'filtered', seed: 1 },
    });
    const image = result.levels.find(({ level }) => level === 'image')!;
    expect(image).toMatchObject({ deadMaps: 3, crossed: null, untrained: null });
    expect(image.own!.summary.count).toBe(3);
    expect(result.levels.find(({ level }) => level === 'fine')!.crossed).not.toBeNull();
  });

  it('tell how far they are, batch by batch, and stop between two of them', async () => {
    const told: Progress[] = [];
    const halves = tf.split<Tensor2D>(latents, 2);
    const subjects = [
      { side: 'decoder', generator: model, untrained: other, latents: halves },
      { side: 'encoder', analyser: model, images: [images] },
    ] as const;
    await sdrOfNetwork(subjects, { grid: 'filtered', seed: 1 }, { onProgress: (each) => told.push(each) });
    expect(told).toEqual([1, 2, 3, 4, 5].map((done) => ({ phase: 'spectra', done, total: 5 })));
    const controller = new AbortController();
    let seen = 0;
    const stopped = sdrOfNetwork(
      subjects,
      { grid: 'filtered', seed: 1 },
      {
        signal: controller.signal,
        onProgress: ({ done }) => {
          seen = done;
          if (done === 2) controller.abort();
        },
      },
    );
    await expect(stopped).rejects.toThrow('The measurement of spectra was stopped. Nothing was written.');
    expect(seen).toBe(2);
    tf.dispose(halves);
  });
});

describe('ratios summed up', () => {
  it('count as near 1 from 0.75 to 1.25, and fall into the bin that begins at them', () => {
    const edges = Float64Array.of(0.7499, 0.75, 1.25, 1.2501);
    expect(summariseSdr(edges)!.shareNearOne).toBe(0.5);
    const { counts, overflow } = sdrHistogram([0, 0.049, 0.051, 3.99, 4, 4.01]);
    expect([counts.length, counts[0], counts[1], counts[79], overflow]).toEqual([80, 2, 1, 1, 2]);
  });

  it('leave their order alone', () => {
    const values = Float64Array.of(3, 1, 2);
    expect(summariseSdr(values)!.median).toBe(2);
    expect([...values]).toEqual([3, 1, 2]);
  });
});

it('a kernel or maps of another layer are refused', () => {
  const maps: Tensor4D = tf.ones([1, 8, 8, 3]);
  const layer = layerLike('same', 8, 3, 2);
  const forms = formsOf(layer, maps, 'filtered');
  const words = 'layerSdr: the kernel or the maps are not those of layer';
  expect(() => layerSdr(layer, new Float32Array(25 * 3 * 2 - 1), forms)).toThrow(words);
  const other = layerLike('same', 8, 2, 3);
  expect(() => layerSdr(other, new Float32Array(25 * 2 * 3), forms)).toThrow(words);
  maps.dispose();
});

it('maps of another shape are refused', () => {
  const maps: Tensor4D = tf.zeros([2, 8, 8, 3]);
  for (const [size, channels] of [
    [7, 3],
    [8, 4],
  ] as const)
    expect(() => {
      addMaps(emptyMapPower(size, channels), maps);
    }).toThrow(`addMaps: 8 × 8 × 3 is not ${size} × ${size} × ${channels}`);
  const wide: Tensor4D = tf.zeros([1, 8, 4, 1]);
  expect(() => {
    addMaps(emptyMapPower(8, 1), wide);
  }).toThrow('addMaps: 8 × 4 × 1 is not 8 × 8 × 1');
  const tall: Tensor4D = tf.zeros([1, 4, 8, 1]);
  expect(() => {
    addMaps(emptyMapPower(8, 1), tall);
  }).toThrow('addMaps: 4 × 8 × 1 is not 8 × 8 × 1');
  const power = emptyMapPower(8, 3);
  addMaps(power, maps);
  addMaps(power, maps);
  expect(power.samples).toBe(4);
  tf.dispose([maps, wide, tall]);
});
