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

function partsOf(generator: LayeredGenerator): LayeredGenerator {
  return {
    latent: generator.latent,
    imageSize: generator.imageSize,
    layers: generator.layers,
    start: (z) => generator.start(z),
    runLayer: (level, input) => generator.runLayer(level, input),
    imageLogits: (fine, kernel) => generator.imageLogits(fine, kernel),
    kernel: (level) => generator.kernel(level),
  };
}

it('measures other latents for another seed, and leaves out levels without a ratio', async () => {
  const first = await measureGenerator(model, { seed: 5, samples: 4 });
  expect(await measureGenerator(model, { seed: 6, samples: 4 })).not.toEqual(first);
  // The fine maps are what the image layer takes in: constant ones have no spectrum.
  const flat: LayeredGenerator = {
    ...partsOf(model),
    runLayer: (level, input) =>
      tf.tidy(() => {
        const maps = model.runLayer(level, input);
        return level === 'fine' ? tf.onesLike(maps) : maps;
      }),
  };
  const names = Object.keys(await measureGenerator(flat, { seed: 5, samples: 4 }));
  expect(names.filter((name) => name.startsWith('sdr.image'))).toEqual([]);
  expect(names).toHaveLength(Object.keys(first).length - 3);
});

it('stops when asked, in the spectra or in the stretch, and lets its latents go', async () => {
  const request = { seed: 5, samples: 4 };
  await expect(measureGenerator(model, request, { signal: AbortSignal.abort() })).rejects.toThrow(
    'The measurement of spectra was stopped.',
  );
  // The maps are begun once for the spectra, and then for the stretch.
  const controller = new AbortController();
  let begun = 0;
  const stopping: LayeredGenerator = {
    ...partsOf(model),
    start: (z) => {
      begun++;
      if (begun === 2) controller.abort();
      return model.start(z);
    },
  };
  await expect(measureGenerator(stopping, request, { signal: controller.signal })).rejects.toThrow(
    'The stretching measurement was stopped.',
  );
});
