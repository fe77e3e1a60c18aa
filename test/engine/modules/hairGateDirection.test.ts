import { expect, it } from 'vitest';
import { hiddenLevels } from '../../../src/contract/levels.ts';
import type { LayeredGenerator } from '../../../src/engine/models/layeredGenerator.ts';
import { hairGateFromModule } from '../../../src/engine/modules/hairGateFromModule.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor2D, Tensor4D } from '../../../src/engine/tensorflow/tf.ts';
import { layerLike } from '../analysis/testLayers.ts';

const side = 16;
const hairRows = 6;
const marginRows = 6;

/** Where hair is, 1; the rows below it are neither clearly hair nor clearly not. */
const region = Float32Array.from({ length: side * side }, (_, at) => {
  const row = Math.floor(at / side);
  return row < hairRows ? 1 : row < hairRows + marginRows ? 0.3 : 0;
});

/** 1 in the first rows, [1, side, side, 1]. */
function upperRows(rows: number): Tensor4D {
  const values = Float32Array.from({ length: side * side }, (_, at) => (at < rows * side ? 1 : 0));
  return tf.tensor4d(values, [1, side, side, 1]);
}

/**
 * Faces whose hair has the tone 5 + z₀ and nothing else varies: a map of the tone, drawn in the hair alone, and one of the
 * place, which hair of every tone has, and the margin too. What is decoded is written down.
 */
function facesOfTone(decoded: number[][]): LayeredGenerator {
  const kernel = new Float32Array(5 * 5 * 2 * 3);
  kernel.fill(0.2, 12 * 2 * 3, 12 * 2 * 3 + 3);
  const held = tf.tensor4d(kernel, [5, 5, 2, 3]);
  return {
    latent: 2,
    imageSize: side,
    layers: [
      { ...layerLike('same', side, 2, 2), level: 'coarse' },
      ...hiddenLevels.slice(1).map((level) => ({ ...layerLike('same', side, 2, 2), level })),
      { ...layerLike('same', side, 2, 3), level: 'image' },
    ],
    start: (z: Tensor2D) =>
      tf.tidy(() => {
        decoded.push([...z.dataSync<'float32'>()]);
        const tone = z.slice([0, 0], [-1, 1]).add(5).reshape<Tensor4D>([-1, 1, 1, 1]);
        const place = upperRows(hairRows + marginRows).tile<Tensor4D>([z.shape[0], 1, 1, 1]);
        return tf.concat<Tensor4D>([tone.mul<Tensor4D>(upperRows(hairRows)), place], 3);
      }),
    runLayer: (_, input) => input.clone(),
    imageLogits: (fine) => tf.conv2d(fine, held, 1, 'same'),
    kernel: () => held,
  };
}

it('labels the darkest faces, and the same with hair four spreads lighter: the gate opens for both', async () => {
  const decoded: number[][] = [];
  const generator = facesOfTone(decoded);
  const faces = { drawn: 32, labelled: 8 };
  const gate = await hairGateFromModule(generator, { channels: [0], region }, 3, {}, faces);
  generator.kernel('image').dispose();
  const [drawn, dark, again, light] = decoded as [number[], number[], number[], number[]];
  const tones = (z: number[]): number[] => z.filter((_, at) => at % 2 === 0);
  const darkest = tones(drawn)
    .sort((a, b) => b - a)
    .slice(0, faces.labelled);
  expect(tones(dark)).toEqual(darkest);
  expect(again).toEqual(dark);
  // The activity is 5 + z₀ to the scale, so its direction is the first axis.
  dark.forEach((value, at) => {
    expect(light[at]).toBeCloseTo(at % 2 === 0 ? value - 4 : value, 4);
  });
  const weights = [gate.start, gate.coarse!, gate.intermediate!, gate.fine];
  const logit = (tone: number, place: number): number =>
    weights.reduce((sum, level) => sum + level[0]! * tone + level[1]! * place, gate.bias);
  // Were the margin taken for what is not hair, the place alone would not open the gate.
  for (const tone of [0.5, 2, 5, 8]) expect(logit(tone, 1)).toBeGreaterThan(2);
  expect(logit(0, 0)).toBeLessThan(0);
});
