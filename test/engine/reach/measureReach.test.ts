import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judgeReach } from '../../../src/contract/reach.ts';
import type { MeasuredReach } from '../../../src/contract/reach.ts';
import type { Recipe } from '../../../src/contract/recipe.ts';
import { hiddenLevels } from '../../../src/contract/levels.ts';
import type { LayeredGenerator } from '../../../src/engine/models/layeredGenerator.ts';
import { reachOnFaces } from '../../../src/engine/reach/measureReach.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor2D, Tensor4D } from '../../../src/engine/tensorflow/tf.ts';
import { layerLike } from '../analysis/testLayers.ts';
import { partAt, side } from './portraits.ts';

/** Kernels that read one channel at its own pixel: red, green and blue of each. */
const channels = { hair: 0, face: 1, background: 2, everywhere: 3, backgroundOnly: 4 } as const;
const colours = [
  [-1, -1, -1],
  [1, 0.4, 0.2],
  [0.2, 0.6, 1],
  [0.1, 0.1, 0.1],
  [-0.5, -0.5, -0.5],
];
const kernelValues = new Float32Array(25 * 5 * 3);
colours.flat().forEach((value, at) => (kernelValues[12 * 15 + at] = value));
let kernel: Tensor4D;
beforeAll(() => {
  kernel = tf.tensor4d(kernelValues, [5, 5, 5, 3]);
});
afterAll(() => {
  kernel.dispose();
});

/**
 * Portraits whose parts have a map each: z₀ is how strongly hair is drawn and z₁ how strongly the background. A fifth map is
 * in the background of faces with z₁ below 0 alone, as channels of hair are on dark backgrounds.
 */
const generator: LayeredGenerator = {
  latent: 2,
  imageSize: side,
  layers: [
    { ...layerLike('same', side, 5, 5), level: 'coarse' },
    ...hiddenLevels.slice(1).map((level) => ({ ...layerLike('same', side, 5, 5), level })),
    { ...layerLike('same', side, 5, 3), level: 'image' },
  ],
  start: (z: Tensor2D) =>
    tf.tidy(() => {
      const rows = z.arraySync();
      const values = rows.flatMap(([hair, background]) =>
        partAt.flatMap((part) => [
          part === 'hair' ? hair! : 0,
          part === 'face' ? 1 : 0,
          part === 'background' ? background! : 0,
          1,
          part === 'background' && background! < 0 ? 1 : 0,
        ]),
      );
      return tf.tensor4d(values, [rows.length, side, side, 5]);
    }),
  runLayer: (level, input) =>
    level === 'image' ? tf.tidy(() => tf.conv2d(input, kernel, 1, 'same').tanh()) : input.clone(),
  imageLogits: (fine: Tensor4D, own?: Tensor4D) => tf.conv2d(fine, own ?? kernel, 1, 'same'),
  kernel: () => kernel,
};

/** Six faces with a light background and two with a dark one. */
const latents = Float32Array.from([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, 1, -1]);
const negated = (...names: (keyof typeof channels)[]): Recipe => ({
  version: 1,
  name: 'x',
  steps: [
    {
      kind: 'fluoHair',
      channels: names.map((name) => channels[name]),
      map: { kind: 'negate' },
      enabled: true,
    },
  ],
});
const measure = (recipe: Recipe): Promise<MeasuredReach> =>
  reachOnFaces(generator, recipe, { source: 'seeds', latents, regions: null }, {});
/** Mean |tanh before − tanh after| over colours, of what a pixel adds up to. */
const change = (before: number[], after: number[]): number =>
  before.reduce((sum, value, at) => sum + Math.abs(Math.tanh(value) - Math.tanh(after[at]!)), 0) / 3;
const plus = (base: number[], more: number): number[] => base.map((value) => value + more);

describe('what a recipe paints, on portraits whose parts are known', () => {
  it('is green for a recipe that changes the ring alone, by what the ring adds up to', async () => {
    const measured = await measure(negated('hair'));
    expect(measured.hair).toBeCloseTo(change([-0.9, -0.9, -0.9], [1.1, 1.1, 1.1]), 5);
    expect([measured.face, measured.background, measured.faces]).toEqual([0, 0, 8]);
    expect(judgeReach(measured)).toMatchObject({ verdict: 'good' });
  });

  it('is amber for a recipe that changes everything', async () => {
    const measured = await measure(negated('hair', 'face', 'background', 'everywhere'));
    expect(measured.face).toBeCloseTo(change([1.1, 0.5, 0.3], [-1.1, -0.5, -0.3]), 5);
    expect(measured.darkBackground.background).toBeCloseTo(
      change(plus([-0.2, -0.6, -1], 0.1 - 0.5), plus([0.2, 0.6, 1], -0.1 - 0.5)),
      5,
    );
    expect(judgeReach(measured)).toMatchObject({ verdict: 'warn' });
    expect(judgeReach(measured).sentence).toMatch(/^Also paints the background \(.*\) and the face \(/);
  });

  it('is amber for a recipe that paints dark backgrounds, which the mean of all hides', async () => {
    const measured = await measure(negated('hair', 'backgroundOnly'));
    const painted = change(plus([-0.2, -0.6, -1], 0.1 - 0.5), plus([-0.2, -0.6, -1], 0.1 + 0.5));
    expect(measured.darkBackground.background).toBeCloseTo(painted, 5);
    expect(measured.hair / measured.background).toBeGreaterThan(3);
    expect(judgeReach(measured).sentence).toMatch(/^Also paints dark backgrounds \(/);
  });

  it('is amber for a recipe that changes nothing', async () => {
    const nothing = negated('hair');
    const [step] = nothing.steps;
    const identity = {
      kind: 'matrix' as const,
      matrix: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ] as never,
    };
    const measured = await measure({ ...nothing, steps: [{ ...step, map: identity } as never] });
    expect(judgeReach(measured).sentence).toMatch(/^Hardly paints hair/);
  });

  it('takes true masks where there are any', async () => {
    const area = side * side;
    const first = Uint8Array.from({ length: 8 * area }, (_, at) => (at % area === 0 ? 1 : 0));
    const regions = { hair: first, face: first, background: first };
    const measured = await reachOnFaces(
      generator,
      negated('background'),
      { source: 'held-out', latents, regions },
      {},
    );
    expect(measured.regions).toBe('masks');
    expect(measured.hair).toBe(measured.background);
    expect(measured.hair).toBeGreaterThan(0.1);
  });

  it('stops when it is asked to', async () => {
    const asked = reachOnFaces(
      generator,
      negated('hair'),
      { source: 'seeds', latents, regions: null },
      {
        signal: AbortSignal.abort(),
      },
    );
    await expect(asked).rejects.toThrow('The check was stopped.');
  });
});
