import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { layerSdr, mapForms, randomFilterSdr } from '../../../src/engine/analysis/layerSdr.ts';
import { addMaps, emptyMapPower } from '../../../src/engine/analysis/mapPower.ts';
import type { MapPower } from '../../../src/engine/analysis/mapPower.ts';
import { sdrHistogram, summariseSdr } from '../../../src/engine/analysis/sdrSummary.ts';
import { spectralDensityRatio } from '../../../src/engine/equations/spectralDensityRatio.eq8.ts';
import { powerSpectrum2d } from '../../../src/engine/math/dft.ts';
import { tapsPerAxis } from '../../../src/engine/math/lagTable.ts';
import { createRandom } from '../../../src/engine/math/random.ts';
import { kernelSize } from '../../../src/engine/models/layers.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor4D } from '../../../src/engine/tensorflow/tf.ts';
import { paper } from '../../paper/requirements.ts';
import { formulaKernel, formulaMaps, layerLike } from './testLayers.ts';

const oracle = z
  .array(
    z.object({
      direction: z.enum(['up', 'same', 'down']),
      size: z.number(),
      inputs: z.number(),
      outputs: z.number(),
      grid: z.enum(['filtered', 'native']),
      ratios: z.array(z.number()),
    }),
  )
  .parse(JSON.parse(readFileSync(new URL('../../oracles/sdrOfLayers.json', import.meta.url), 'utf8')));

function powerOf(maps: Tensor4D): MapPower {
  const power = emptyMapPower(maps.shape[1], maps.shape[3]);
  addMaps(power, maps);
  maps.dispose();
  return power;
}

function whiteMaps(batch: number, size: number, channels: number): Tensor4D {
  const random = createRandom(5);
  const values = Float32Array.from({ length: batch * size * size * channels }, () => random.normal());
  return tf.tensor4d(values, [batch, size, size, channels]);
}

it.each(oracle)(
  `is the definition by whole transforms: $direction, $size, $grid (test/oracles/sdrOfLayers.py) ${paper('eq-8')}`,
  ({ direction, size, inputs, outputs, grid, ratios }) => {
    const layer = layerLike(direction, size, inputs, outputs);
    const forms = mapForms(direction, powerOf(formulaMaps(3, size, inputs)), grid);
    const { values, pairs, deadMaps, emptySlices } = layerSdr(layer, formulaKernel(layer), forms);
    values.forEach((value, index) => {
      expect(value / ratios[index]! - 1).toBeCloseTo(0, 9);
    });
    expect({ pairs: [...pairs], deadMaps, emptySlices }).toEqual({
      pairs: ratios.map((_, index) => index),
      deadMaps: 0,
      emptySlices: 0,
    });
  },
);

it('looks at kernels of the size that the layers have', () => {
  expect(tapsPerAxis).toBe(kernelSize);
});

it(`equals equation (8) on the native grid ${paper('eq-8')}`, () => {
  const layer = layerLike('same', 16, 2, 1);
  const maps = formulaMaps(4, 16, 2);
  const data = Float32Array.from(maps.dataSync<'float32'>());
  const kernel = formulaKernel(layer);
  const { values } = layerSdr(layer, kernel, mapForms('same', powerOf(maps), 'filtered'));
  for (let input = 0; input < 2; input++) {
    const power = new Float64Array(256);
    for (let b = 0; b < 4; b++) {
      const image = Array.from({ length: 256 }, (_, pixel) => data[(b * 256 + pixel) * 2 + input]!);
      powerSpectrum2d(image, 16, 16).forEach((value, u) => (power[u]! += value));
    }
    const padded = new Float64Array(256);
    for (let tap = 0; tap < 25; tap++) {
      padded[Math.floor(tap / 5) * 16 + (tap % 5)] = kernel[tap * 2 + input]!;
    }
    expect(values[input]).toBeCloseTo(spectralDensityRatio(power, powerSpectrum2d(padded, 16, 16)), 10);
  }
});

it('adds up over batches to the same as one batch', () => {
  const whole = powerOf(formulaMaps(4, 8, 3));
  const parts = emptyMapPower(8, 3);
  const maps = formulaMaps(4, 8, 3);
  for (let b = 0; b < 4; b++) {
    const part = maps.slice([b, 0, 0, 0], [1, 8, 8, 3]);
    addMaps(parts, part);
    part.dispose();
  }
  maps.dispose();
  expect(parts).toEqual(whole);
});

it('leaves out dead maps and empty slices, and counts them', () => {
  const layer = layerLike('up', 8, 3, 2);
  const maps = tf.tidy(() => {
    const dead = tf.tensor1d([1, 0, 1]);
    return formulaMaps(3, 8, 3)
      .mul<Tensor4D>(dead)
      .add<Tensor4D>(tf.tensor1d([0, 0.7, 0]));
  });
  const kernel = formulaKernel(layer);
  for (let tap = 0; tap < 25; tap++) kernel[tap * 6 + 1 * 3 + 2] = 0; // from map 2 to output 1
  const result = layerSdr(layer, kernel, mapForms('up', powerOf(maps), 'filtered'));
  expect({ ...result, values: result.values.length, pairs: [...result.pairs] }).toEqual({
    ...{ values: 3, pairs: [0, 1, 4], outputs: 2, deadMaps: 1, emptySlices: 1 },
  });
});

it('is near 1 for every filter on white maps, and crossing shifts the maps', () => {
  const layer = layerLike('up', 32, 4, 50);
  const forms = mapForms('up', powerOf(whiteMaps(16, 32, 4)), 'filtered');
  // Noise of the spectrum of 16 white maps: deviations of about .01 (measured independently of this code).
  const random = summariseSdr(randomFilterSdr(layer, forms, 3).values)!;
  expect(Math.abs(random.median - 1)).toBeLessThan(0.01);
  expect(random.iqr).toBeLessThan(0.04);
  expect(random.shareNearOne).toBe(1);
  const kernel = formulaKernel(layer);
  expect(layerSdr(layer, kernel, forms, 4).values).toEqual(layerSdr(layer, kernel, forms).values);
  expect(layerSdr(layer, kernel, forms, 1).values).not.toEqual(layerSdr(layer, kernel, forms).values);
});

it('sums up and counts in bins', () => {
  const values = Float64Array.from([0.5, 0.75, 1, 1.25, 6]);
  expect(summariseSdr(values)).toEqual({
    ...{ count: 5, median: 1, q25: 0.75, q75: 1.25, iqr: 0.5, shareNearOne: 0.6 },
  });
  expect(summariseSdr(new Float64Array())).toBeNull();
  const histogram = sdrHistogram(values);
  const filled = histogram.counts.flatMap((count, bin) => (count > 0 ? [bin] : []));
  expect({ filled, bins: histogram.counts.length, overflow: histogram.overflow }).toEqual({
    ...{ filled: [10, 15, 20, 25], bins: 80, overflow: 1 },
  });
});
