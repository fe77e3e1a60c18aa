import { expect, it } from 'vitest';
import { measureGenerator } from '../../../src/engine/analysis/measureGenerator.ts';
import { sdrOfNetwork } from '../../../src/engine/analysis/networkSdr.ts';
import { stretchingError } from '../../../src/engine/analysis/stretchingError.ts';
import { statelessNormal } from '../../../src/engine/tensorflow/statelessNormal.ts';
import type { Tensor2D } from '../../../src/engine/tensorflow/tf.ts';
import { tinyVae } from './tinyVae.ts';

it('the training log has the generator’s spectra on the filtered grid, and its errors when stretched 1.5 times across', async () => {
  const generator = tinyVae();
  const numbers = await measureGenerator(generator, { seed: 5, samples: 6 });
  // The latents of the prior that no step of training draws.
  const z = statelessNormal([6, generator.latent], 5, -1) as Tensor2D;
  const stretched = await stretchingError({ generator, z, factor: 1.5, axis: 'horizontal' });
  const sides = [{ side: 'decoder' as const, generator, latents: [z] }];
  const { result } = await sdrOfNetwork(sides, { grid: 'filtered', seed: 5 });
  const expected = [
    ...result.levels.flatMap(({ level, own }) => [
      [`sdr.${level}.median`, own?.summary.median],
      [`sdr.${level}.iqr`, own?.summary.iqr],
      [`sdr.${level}.shareNearOne`, own?.summary.shareNearOne],
    ]),
    ...stretched.result.levels.flatMap(({ level, error, normalisedError }) => [
      [`stretching.${level}`, error],
      [`stretching.${level}.normalised`, normalisedError],
    ]),
  ];
  expect(numbers).toEqual(Object.fromEntries(expected));
  z.dispose();
  generator.dispose();
});
