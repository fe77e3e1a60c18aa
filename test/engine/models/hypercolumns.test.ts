import { expect, it } from 'vitest';
import {
  channelsOfLevels,
  hypercolumns,
  mapsOfLevels,
  resizeTo,
} from '../../../src/engine/models/hypercolumns.ts';
import { layerOf } from '../../../src/engine/models/layeredGenerator.ts';
import type { LayeredGenerator } from '../../../src/engine/models/layeredGenerator.ts';
import { convolutionLayer } from '../../../src/engine/models/networkWeights.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor2D, Tensor4D } from '../../../src/engine/tensorflow/tf.ts';

/** Pictures of 10 × 10: maps of 5 × 5 to begin with, doubled once, then as they are; each level adds a channel of its number. */
function drawing(): LayeredGenerator {
  const layers = [
    convolutionLayer('decoder', 'coarse', 'up', 5, 1, 2),
    convolutionLayer('decoder', 'intermediate', 'same', 10, 2, 3),
    convolutionLayer('decoder', 'fine', 'same', 10, 3, 4),
    convolutionLayer('decoder', 'image', 'same', 10, 4, 3),
  ];
  return {
    latent: 25,
    imageSize: 10,
    layers,
    start: (z: Tensor2D) => z.reshape([-1, 5, 5, 1]),
    runLayer: (level, input) =>
      tf.tidy(() => {
        const wide = level === 'coarse' ? resizeTo(input, 10) : input;
        const number = layers.findIndex((layer) => layer.level === level) + 1;
        return tf.concat<Tensor4D>(
          [wide, tf.fill([wide.shape[0], wide.shape[1], wide.shape[2], 1], number)],
          3,
        );
      }),
    imageLogits: () => {
      throw new Error('not used');
    },
    kernel: () => {
      throw new Error('not used');
    },
  };
}

/** Where 2 × the pixels are read between those of `row`: half-pixel bilinear, the frame's pixels beyond it. */
function doubled(row: readonly number[]): number[] {
  return row.flatMap((value, at) => [
    0.75 * value + 0.25 * row[Math.max(0, at - 1)]!,
    0.75 * value + 0.25 * row[Math.min(row.length - 1, at + 1)]!,
  ]);
}

it('a hypercolumn is what every level holds at a pixel of the grid, level by level', () => {
  const generator = drawing();
  expect(channelsOfLevels(generator)).toEqual([1, 2, 3, 4]);
  tf.tidy(() => {
    const values = Array.from({ length: 50 }, (_, n) => Math.sin(n));
    const z = tf.tensor2d(values, [2, 25]);
    expect(mapsOfLevels(generator, z).map(({ shape }) => shape)).toEqual([
      [2, 5, 5, 1],
      [2, 10, 10, 2],
      [2, 10, 10, 3],
      [2, 10, 10, 4],
    ]);
    const columns = hypercolumns(generator, z, 3).arraySync();
    // Rows and columns 0, 3, 6 and 9 of two pictures; by hand from the definition.
    expect(columns).toHaveLength(2 * 4 * 4);
    columns.forEach((column, place) => {
      const [picture, y, x] = [Math.floor(place / 16), 3 * (Math.floor(place / 4) % 4), 3 * (place % 4)];
      const rows = Array.from({ length: 5 }, (_, row) =>
        doubled(values.slice(picture * 25 + row * 5, picture * 25 + row * 5 + 5)),
      );
      const here = doubled(rows.map((row) => row[x]!))[y]!;
      [here, here, 1, here, 1, 2, here, 1, 2, 3].forEach((value, at) => {
        expect(column[at]).toBeCloseTo(value, 5);
      });
    });
  });
});

it('maps of the side or more are copied, not borrowed', () => {
  const maps: Tensor4D = tf.ones([1, 4, 4, 1]);
  const same = resizeTo(maps, 2);
  maps.dispose();
  expect(same.shape).toEqual([1, 4, 4, 1]);
  same.dispose();
});

it('a level is found by its name, and one that a model has not is named', () => {
  const generator = drawing();
  for (const layer of generator.layers) expect(layerOf(generator, layer.level)).toBe(layer);
  const layers = generator.layers.filter(({ level }) => level !== 'coarse');
  expect(() => layerOf({ layers }, 'coarse')).toThrow(
    'This model has no level coarse: it has the levels intermediate, fine and image.',
  );
});
