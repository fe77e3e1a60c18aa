import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ColourMap, Recipe } from '../../../src/contract/recipe.ts';
import { applyRecipe } from '../../../src/engine/interventions/applyRecipe.ts';
import { colourMatrix } from '../../../src/engine/interventions/colourMatrix.ts';
import { addColour, recolourKernel } from '../../../src/engine/interventions/fluoHair.ts';
import {
  generateImages,
  latentsFromSeeds,
  layerOf,
  mapsAt,
} from '../../../src/engine/models/layeredGenerator.ts';
import type { TrainedModel } from '../../../src/engine/models/trainedModel.ts';
import { statelessNormal } from '../../../src/engine/tensorflow/statelessNormal.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor, Tensor2D, Tensor4D } from '../../../src/engine/tensorflow/tf.ts';
import { inverseMatrix } from './inverseMatrix.ts';
import { smallGenerator } from './smallGenerator.ts';

let generator: TrainedModel;
let z: Tensor2D;
beforeAll(() => {
  generator = smallGenerator();
  z = latentsFromSeeds([1, 2, 3], generator.latent);
});
afterAll(() => {
  z.dispose();
  generator.dispose();
});

const channels = [1, 3];
const green: ColourMap = { kind: 'target', colour: [0, 1, 0.2], strength: 1.5 };

function fluoHair(...maps: ColourMap[]): Recipe {
  return {
    version: 1,
    name: 'test',
    steps: maps.map((map) => ({ kind: 'fluoHair', channels, map, enabled: true })),
  };
}

function asMatrix(map: ColourMap, inverse = false): ColourMap {
  const g = colourMatrix(map);
  const [a, b, c] = inverse ? inverseMatrix(g) : g;
  return { kind: 'matrix', matrix: [[...a], [...b], [...c]] };
}

function values(compute: () => Tensor): Float32Array {
  return tf.tidy(() => compute().dataSync<'float32'>());
}

function worst(a: Float32Array, b: Float32Array): number {
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}

const original = (): Float32Array => values(() => generateImages(generator, z));
const applied = (recipe: Recipe): Float32Array => values(() => applyRecipe(generator, recipe, z));

function recoloured(map: ColourMap): Tensor4D {
  const colours = addColour(new Map(), channels, colourMatrix(map));
  return recolourKernel(layerOf(generator, 'image'), generator.kernel('image'), colours);
}

describe('FluoHair', () => {
  it('changes pictures, and by the identity none of their bits', () => {
    const identity: ColourMap = {
      kind: 'matrix',
      matrix: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    };
    expect(applied(fluoHair(identity))).toEqual(original());
    expect(worst(applied(fluoHair(green)), original())).toBeGreaterThan(0.2);
  });

  it.each([green, { kind: 'negate' } as const])(
    'changes the output before tanh by the sum of ((g − I) k_c) over the chosen maps, for %o',
    (map) => {
      const [found, expected] = tf.tidy(() => {
        const fine = mapsAt(generator, z, 'fine');
        const kernel = generator.kernel('image');
        const change = generator.imageLogits(fine, recoloured(map)).sub(generator.imageLogits(fine));
        // Independently: one convolution a chosen map, with (g − I) k_c from a matrix product.
        const g = tf.tensor2d(colourMatrix(map).map((row) => [...row]));
        const minusIdentity = g.sub<Tensor2D>(tf.eye(3));
        const parts = channels.map((channel) => {
          const slice = kernel.slice([0, 0, channel, 0], [5, 5, 1, 3]).reshape<Tensor2D>([25, 3]);
          const moved = tf.matMul(slice, minusIdentity, false, true).reshape<Tensor4D>([5, 5, 1, 3]);
          return tf.conv2d(fine.slice([0, 0, 0, channel], [-1, -1, -1, 1]), moved, 1, 'same');
        });
        return [change.dataSync<'float32'>(), tf.addN(parts).dataSync<'float32'>()];
      });
      expect(worst(expected, new Float32Array(expected.length))).toBeGreaterThan(0.5);
      expect(worst(found, expected)).toBeLessThan(1e-5);
    },
  );

  it('leaves the other slices of the kernel as they are to the bit', () => {
    const [before, after] = tf.tidy(() => [
      generator.kernel('image').arraySync(),
      recoloured(green).arraySync(),
    ]);
    const differing = new Set<number>();
    before.forEach((row, y) => {
      row.forEach((tap, x) => {
        tap.forEach((colours, channel) => {
          if (colours.some((value, colour) => value !== after[y]![x]![channel]![colour]))
            differing.add(channel);
        });
      });
    });
    expect([...differing]).toEqual(channels);
  });

  it('leaves the maps below as they are to the bit', () => {
    // The maps that reach the image layer, seen through a generator that keeps them.
    const seen: Float32Array[] = [];
    const spy = new Proxy(generator, {
      get(of, name): unknown {
        // Numbers are read on the way, which a recorded pass would refuse.
        if (name === 'runPass') return undefined;
        if (name === 'imageLogits') {
          return (fine: Tensor4D, kernel?: Tensor4D) => {
            seen.push(fine.dataSync<'float32'>());
            return of.imageLogits(fine, kernel);
          };
        }
        const value: unknown = Reflect.get(of, name, of);
        return typeof value === 'function' ? value.bind(of) : value;
      },
    });
    values(() => applyRecipe(spy, fluoHair(green), z));
    expect(seen).toEqual([values(() => mapsAt(generator, z, 'fine'))]);
  });

  it('is undone by the inverse map as a later step, to 1e-5', () => {
    expect(worst(applied(fluoHair(green, asMatrix(green, true))), original())).toBeLessThan(1e-5);
  });

  it('is undone by the inverse map on the recoloured kernel itself, to 1e-5', () => {
    const layer = layerOf(generator, 'image');
    const restored = values(() => {
      const inverse = addColour(new Map(), channels, inverseMatrix(colourMatrix(green)));
      const kernel = recolourKernel(layer, recoloured(green), inverse);
      return tf.tanh(generator.imageLogits(mapsAt(generator, z, 'fine'), kernel));
    });
    expect(worst(restored, original())).toBeLessThan(1e-5);
  });

  it('composes: two steps are one step with the product, in the order of the list', () => {
    const shift: ColourMap = {
      kind: 'matrix',
      matrix: [
        [0, 1, 0],
        [0, 0, 1],
        [1, 0, 0],
      ],
    };
    // shift · g: the rows of g move up by one, the first becomes the last.
    const [a, b, c] = colourMatrix(green);
    const product: ColourMap = { kind: 'matrix', matrix: [[...b], [...c], [...a]] };
    expect(worst(applied(fluoHair(green, shift)), applied(fluoHair(product)))).toBeLessThan(1e-6);
    expect(worst(applied(fluoHair(shift, green)), applied(fluoHair(product)))).toBeGreaterThan(0.05);
  });

  it('works on the kernel of a transposed convolution, whose colours come before its channels', () => {
    const layer = { ...layerOf(generator, 'image'), direction: 'up' as const, inputChannels: 2 };
    const colours = addColour(new Map(), [1], colourMatrix(green));
    const kernel = statelessNormal([5, 5, 3, 2], 1, 1) as Tensor4D;
    const changed = recolourKernel(layer, kernel, colours);
    const [before, after] = [kernel.arraySync(), changed.arraySync()];
    tf.dispose([kernel, changed]);
    const g = colourMatrix(green);
    const expected = before.map((row) =>
      row.map((tap) => {
        const old = tap.map((pair) => pair[1]!);
        return g.map((weights, colour) => [
          tap[colour]![0]!,
          Math.fround(weights[0] * old[0]! + weights[1] * old[1]! + weights[2] * old[2]!),
        ]);
      }),
    );
    expect(after).toEqual(expected);
  });

  it('refuses a layer that does not put out three colours', () => {
    const layer = { ...layerOf(generator, 'image'), outputChannels: 4 };
    expect(() => recolourKernel(layer, generator.kernel('image'), new Map())).toThrow(
      `${layer.name} does not put out colours`,
    );
  });
});
