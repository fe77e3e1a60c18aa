import { afterAll, beforeAll, expect, it } from 'vitest';
import { measureGenerator } from '../../../src/engine/analysis/measureGenerator.ts';
import { sdrOfNetwork } from '../../../src/engine/analysis/networkSdr.ts';
import { stretchingError } from '../../../src/engine/analysis/stretchingError.ts';
import type { LayeredGenerator } from '../../../src/engine/models/layeredGenerator.ts';
import { statelessNormal } from '../../../src/engine/tensorflow/statelessNormal.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor2D } from '../../../src/engine/tensorflow/tf.ts';
import { tinyParameters, tinyVae } from './tinyVae.ts';

let model: ReturnType<typeof tinyVae>;
beforeAll(() => {
  model = tinyVae();
});
afterAll(() => {
  model.dispose();
});

it('writes down the decoder’s spectra on the filtered grid and the horizontal stretch by 1.5', async () => {
  const numbers = await measureGenerator(model, { seed: 5, samples: 8 });
  const z = statelessNormal([8, tinyParameters.latent], 5, -1) as Tensor2D;
  const { result } = await sdrOfNetwork([{ side: 'decoder', generator: model, latents: [z] }], {
    grid: 'filtered',
    seed: 5,
  });
  const stretching = await stretchingError({ generator: model, z, factor: 1.5, axis: 'horizontal' });
  z.dispose();
  const expected = [
    ...result.levels.flatMap(({ level, own }) =>
      (['median', 'iqr', 'shareNearOne'] as const).map((name) => [
        `sdr.${level}.${name}`,
        own!.summary[name],
      ]),
    ),
    ...stretching.result.levels.flatMap(({ level, error, normalisedError }) => [
      [`stretching.${level}`, error],
      [`stretching.${level}.normalised`, normalisedError],
    ]),
  ];
  expect(numbers).toEqual(Object.fromEntries(expected));
  expect(new Set(Object.values(numbers)).size).toBeGreaterThan(12);
});

it('measures other latents for another seed, and leaves out levels without a ratio', async () => {
  const first = await measureGenerator(model, { seed: 5, samples: 4 });
  expect(await measureGenerator(model, { seed: 6, samples: 4 })).not.toEqual(first);
  // The fine maps are what the image layer takes in: constant ones have no spectrum.
  const flat: LayeredGenerator = {
    latent: model.latent,
    imageSize: model.imageSize,
    layers: model.layers,
    start: (z) => model.start(z),
    runLayer: (level, input) =>
      tf.tidy(() => {
        const maps = model.runLayer(level, input);
        return level === 'fine' ? tf.onesLike(maps) : maps;
      }),
    imageLogits: (fine, kernel) => model.imageLogits(fine, kernel),
    kernel: (level) => model.kernel(level),
  };
  const names = Object.keys(await measureGenerator(flat, { seed: 5, samples: 4 }));
  expect(names.filter((name) => name.startsWith('sdr.image'))).toEqual([]);
  expect(names).toHaveLength(Object.keys(first).length - 3);
});

it('stops when asked, and lets its latents go', async () => {
  const stopped = measureGenerator(model, { seed: 5, samples: 4 }, { signal: AbortSignal.abort() });
  await expect(stopped).rejects.toMatchObject({ code: 'interrupted' });
});
