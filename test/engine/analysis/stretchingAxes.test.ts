import { expect, it } from 'vitest';
import { stretchingError } from '../../../src/engine/analysis/stretchingError.ts';
import { latentsFromSeeds } from '../../../src/engine/models/layeredGenerator.ts';
import type { LayeredGenerator } from '../../../src/engine/models/layeredGenerator.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor4D } from '../../../src/engine/tensorflow/tf.ts';
import { tinyParameters, tinyVae } from './tinyVae.ts';

const turned = (maps: Tensor4D): Tensor4D => maps.transpose([0, 2, 1, 3]);

/** The same generator with rows and columns exchanged in its maps and pictures. */
function turnedGenerator(generator: LayeredGenerator): LayeredGenerator {
  return {
    latent: generator.latent,
    imageSize: generator.imageSize,
    layers: generator.layers,
    start: (z) => tf.tidy(() => turned(generator.start(z))),
    runLayer: (level, input) => tf.tidy(() => turned(generator.runLayer(level, turned(input)))),
    imageLogits: (fine, kernel) => tf.tidy(() => turned(generator.imageLogits(turned(fine), kernel))),
    kernel: (level) => generator.kernel(level),
  };
}

it('a vertical stretch is the horizontal one of pictures that are turned: borders, neighbours and all', async () => {
  const generator = tinyVae();
  const z = latentsFromSeeds([1, 2, 3], tinyParameters.latent);
  const measured = { z, factor: 1.5 };
  const across = await stretchingError({ ...measured, generator, axis: 'horizontal' });
  const down = await stretchingError({
    ...measured,
    generator: turnedGenerator(generator),
    axis: 'vertical',
  });
  // Sums in another order differ by rounding of float32.
  expect(down.result.gradientEnergy / across.result.gradientEnergy).toBeCloseTo(1, 5);
  down.result.levels.forEach((level, index) => {
    const other = across.result.levels[index]!;
    expect(other.error).toBeGreaterThan(1e-4);
    // The border counts: were it cropped along the other axis, or not at all, these would differ.
    expect(Math.abs(other.error / other.uncroppedError - 1)).toBeGreaterThan(1e-3);
    for (const name of ['error', 'normalisedError', 'uncroppedError', 'participationRatio'] as const) {
      expect(level[name] / other[name], `${level.level} ${name}`).toBeCloseTo(1, 4);
    }
  });
  const [own, others] = [down.differences[0]!, across.differences[0]!];
  own.forEach((value, at) => {
    expect(value).toBeCloseTo(others[(at % 64) * 64 + Math.floor(at / 64)]!, 5);
  });
  z.dispose();
  generator.dispose();
});
