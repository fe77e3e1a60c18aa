import { expect, it } from 'vitest';
import { latentsOfSources, posteriorSources, seedSources } from '../../../src/engine/export/sources.ts';
import { latentsFromSeeds } from '../../../src/engine/models/layeredGenerator.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';

it('images come in turn: each by its mean, then draws whose deviation is σ', () => {
  const draws = 2000;
  const mean = tf.tensor2d([
    [1, -2],
    [30, 40],
  ]);
  // log σ² with σ = 0.5 and 3 for the first picture, 2 and 0.1 for the second.
  const sigma = [
    [0.5, 3],
    [2, 0.1],
  ];
  const logVariance = tf.tensor2d(sigma.map((row) => row.map((value) => 2 * Math.log(value))));
  const sources = posteriorSources({ mean, logVariance }, ['a', 'b'], 2 * (draws + 1), 7);
  tf.dispose([mean, logVariance]);
  const codes = sources.map((source, at) => {
    if (source.kind !== 'image') throw new Error('pictures were asked for');
    expect([source.image, source.draw]).toEqual([at % 2 === 0 ? 'a' : 'b', Math.floor(at / 2)]);
    return source.code;
  });
  expect([codes[0], codes[1]]).toEqual([Float32Array.of(1, -2), Float32Array.of(30, 40)]);
  for (const [image, means] of [
    [0, [1, -2]],
    [1, [30, 40]],
  ] as const) {
    means.forEach((middle, latent) => {
      const away = codes.filter((_, at) => at >= 2 && at % 2 === image).map((code) => code[latent]! - middle);
      const deviation = Math.sqrt(away.reduce((sum, value) => sum + value ** 2, 0) / draws);
      // The deviation of n draws is right to 1/√(2n) of itself, here within four of these.
      expect(Math.abs(deviation / sigma[image]![latent]! - 1)).toBeLessThan(4 / Math.sqrt(2 * draws));
    });
  }
});

it('seeds go on from the first, and their latents are those that the seeds have everywhere', () => {
  const sources = seedSources(20, 3);
  expect(sources).toEqual([20, 21, 22].map((seed) => ({ kind: 'seed', seed })));
  tf.tidy(() => {
    const code = Float32Array.of(9, 8, 7);
    const mixed = latentsOfSources([sources[1]!, { kind: 'image', image: 'a', draw: 0, code }], 3);
    expect(mixed.arraySync()).toEqual([latentsFromSeeds([21], 3).arraySync()[0], [9, 8, 7]]);
  });
});
