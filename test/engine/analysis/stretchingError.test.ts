import { expect, it } from 'vitest';
import { stretchingResultSchema } from '../../../src/contract/analysis.ts';
import { hiddenLevels } from '../../../src/contract/levels.ts';
import type { Progress } from '../../../src/contract/progress.ts';
import { participationRatio, stretchingError } from '../../../src/engine/analysis/stretchingError.ts';
import { latentsFromSeeds } from '../../../src/engine/models/layeredGenerator.ts';
import type { LayeredGenerator } from '../../../src/engine/models/layeredGenerator.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor2D, Tensor4D } from '../../../src/engine/tensorflow/tf.ts';
import { layerLike } from './testLayers.ts';
import { tinyParameters, tinyVae } from './tinyVae.ts';

/** The value of a pixel column of the picture that z stands for. */
const ramp = (z: number, x: number): number => z * Math.cos(0.2 * x);

/** Maps are the picture, all the way; the image layer moves it by `shift` columns (around). */
function movingGenerator(shift: number): LayeredGenerator {
  const move = (x: Tensor4D): Tensor4D =>
    tf.tidy(() =>
      tf.concat([x.slice([0, 0, 64 - shift, 0]), x.slice([0, 0, 0, 0], [-1, -1, 64 - shift, -1])], 2),
    );
  return {
    latent: 1,
    imageSize: 64,
    layers: [...hiddenLevels, 'image' as const].map((level) => ({ ...layerLike('same', 64, 3, 3), level })),
    start: (z: Tensor2D) =>
      tf.tidy(() => {
        const row = tf.tensor1d(Array.from({ length: 64 }, (_, x) => ramp(1, x)));
        return z
          .reshape([-1, 1, 1, 1])
          .mul<Tensor4D>(row.reshape([1, 1, 64, 1]))
          .tile([1, 64, 1, 3]);
      }),
    runLayer: (level, input) => (level === 'image' ? move(input) : input.clone()),
    imageLogits: (fine) => move(fine),
    kernel: () => {
      throw new Error('not used');
    },
  };
}

/** y(x) = v(c + (x − c)/f), straight lines between pixels. */
function stretched(row: number[], factor: number): number[] {
  return row.map((_, x) => {
    const from = 31.5 + (x - 31.5) / factor;
    const low = Math.floor(from);
    return row[low]! + (from - low) * (row[Math.min(63, low + 1)]! - row[low]!);
  });
}

it('is the mean squared difference between the two ways, borders cropped', async () => {
  const latents = [0.5, -1, 2];
  const z = tf.tensor2d(latents, [3, 1]);
  const generator = movingGenerator(1);
  const { result, differences } = await stretchingError({ generator, z, factor: 1.5, axis: 'horizontal' });
  z.dispose();
  expect(stretchingResultSchema.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);

  // The same by plain arithmetic: rows are all alike, so one row stands for the picture.
  const row = Array.from({ length: 64 }, (_, x) => ramp(1, x));
  const moved = (values: number[]): number[] => [values[63]!, ...values.slice(0, 63)];
  const [hidden, output, original] = [moved(stretched(row, 1.5)), stretched(moved(row), 1.5), moved(row)];
  const difference = row.map((_, x) => hidden[x]! - output[x]!);
  const inner = difference.slice(8, 56);
  const meanOf = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const power = meanOf(latents.map((value) => value ** 2));
  const error = power * meanOf(inner.map((value) => value ** 2));
  const neighbours = original.slice(8, 55).map((value, x) => (original[x + 9]! - value) ** 2);
  const energy = power * meanOf(neighbours);
  const ratio = meanOf(inner.map(Math.abs)) ** 2 / meanOf(inner.map((value) => value ** 2));
  for (const level of result.levels) {
    expect(level.error).toBeCloseTo(error, 6);
    expect(level.normalisedError).toBeCloseTo(error / energy, 4);
    expect(level.uncroppedError).toBeCloseTo(power * meanOf(difference.map((value) => value ** 2)), 6);
    expect(level.participationRatio).toBeCloseTo(ratio, 5);
  }
  expect(differences[0]![20]).toBeCloseTo(meanOf(latents.map(Math.abs)) * Math.abs(difference[20]!), 6);
  expect(result.levels.map(({ level }) => level)).toEqual(hiddenLevels);
});

it('is 0 where stretching commutes with the layers above, along either axis', async () => {
  const z = tf.tensor2d([0.5, -1], [2, 1]);
  const still = movingGenerator(0);
  for (const axis of ['horizontal', 'vertical'] as const) {
    const { result } = await stretchingError({ generator: still, z, factor: 1.5, axis });
    expect(result.levels.map(({ error, uncroppedError }) => [error, uncroppedError])).toEqual(
      hiddenLevels.map(() => [0, 0]),
    );
  }
  // Rows are all alike: a vertical stretch changes nothing, so any layer commutes with it.
  const vertical = await stretchingError({ generator: movingGenerator(1), z, factor: 1.5, axis: 'vertical' });
  expect(vertical.result.levels.map(({ error }) => error)).toEqual([0, 0, 0]);
  z.dispose();
});

it('is 0 for factor 1 and the same in parts of the batch size as one by one', async () => {
  const model = tinyVae();
  const z = latentsFromSeeds([1, 2, 3], tinyParameters.latent);
  const { result } = await stretchingError({ generator: model, z, factor: 1, axis: 'horizontal' });
  expect(result.levels.map(({ uncroppedError }) => uncroppedError)).toEqual([0, 0, 0]);
  z.dispose();
  model.dispose();
});

it('knows how far a difference spreads', () => {
  tf.tidy(() => {
    const magnitude = tf.tensor2d([
      [1, 1, 1, 1],
      [0, 3, 0, 0],
      [2, 2, 0, 0],
      [0, 0, 0, 0],
    ]);
    expect([...participationRatio(magnitude).dataSync()]).toEqual([1, 0.25, 0.5, 1]);
  });
});

it('adds up over batches of 16, tells how far it is, and stops between two of them', async () => {
  const latents = Array.from({ length: 20 }, (_, n) => Math.sin(n));
  const [one, many] = [tf.tensor2d([1], [1, 1]), tf.tensor2d(latents, [20, 1])];
  const request = { generator: movingGenerator(1), factor: 1.5, axis: 'horizontal' } as const;
  const single = await stretchingError({ ...request, z: one });
  const told: Progress[] = [];
  const all = await stretchingError({ ...request, z: many }, { onProgress: (each) => told.push(each) });
  expect(told).toEqual([16, 20].map((done) => ({ phase: 'stretching', done, total: 20 })));
  // Pictures are proportional to their latent: errors go with its square, differences with its magnitude.
  const meanOf = (of: (value: number) => number): number =>
    latents.reduce((sum, value) => sum + of(value) / latents.length, 0);
  const power = meanOf((value) => value ** 2);
  expect(all.result).toMatchObject({ samples: 20, factor: 1.5, axis: 'horizontal', cropped: 8, version: 1 });
  expect(all.result.gradientEnergy / single.result.gradientEnergy).toBeCloseTo(power, 5);
  expect(all.result.levels[0]!.error / single.result.levels[0]!.error).toBeCloseTo(power, 5);
  expect(all.differences[0]![20]! / single.differences[0]![20]!).toBeCloseTo(meanOf(Math.abs), 5);
  const controller = new AbortController();
  const stopped = stretchingError(
    { ...request, z: many },
    {
      signal: controller.signal,
      onProgress: () => {
        controller.abort();
      },
    },
  );
  await expect(stopped).rejects.toMatchObject({
    code: 'interrupted',
    message: 'The stretching measurement was stopped. Nothing was written.',
  });
  tf.dispose([one, many]);
});

it('is 0 beside pictures without any difference, and needs a picture', async () => {
  const nothing: Tensor2D = tf.zeros([2, 1]);
  const none: Tensor2D = tf.zeros([0, 1]);
  const request = { generator: movingGenerator(1), factor: 1.5, axis: 'horizontal' } as const;
  const { result } = await stretchingError({ ...request, z: nothing, levels: ['fine'] });
  expect(result.levels).toEqual([
    { level: 'fine', error: 0, normalisedError: 0, uncroppedError: 0, participationRatio: 1 },
  ]);
  await expect(stretchingError({ ...request, z: none })).rejects.toMatchObject({
    code: 'wrong-usage',
    message: 'Stretching needs at least one picture to measure.',
  });
  tf.dispose([nothing, none]);
});
