import { afterAll, beforeAll, expect, it } from 'vitest';
import { measureGenerator } from '../../../src/engine/analysis/measureGenerator.ts';
import type { LayeredGenerator } from '../../../src/engine/models/layeredGenerator.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import { tinyVae } from './tinyVae.ts';

let model: ReturnType<typeof tinyVae>;
beforeAll(() => {
  model = tinyVae();
});
afterAll(() => {
  model.dispose();
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
