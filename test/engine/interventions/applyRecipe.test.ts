import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StudioError } from '../../../src/contract/errors.ts';
import { hiddenLevels } from '../../../src/contract/levels.ts';
import type { Recipe, RecipeStep } from '../../../src/contract/recipe.ts';
import { applyRecipe, requireRecipeFits } from '../../../src/engine/interventions/applyRecipe.ts';
import { stretch } from '../../../src/engine/interventions/stretch.ts';
import {
  generateImages,
  imagesFromMaps,
  latentsFromSeeds,
  mapsAt,
} from '../../../src/engine/models/layeredGenerator.ts';
import type { TrainedModel } from '../../../src/engine/models/trainedModel.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor2D, Tensor4D } from '../../../src/engine/tensorflow/tf.ts';
import { smallGenerator } from './smallGenerator.ts';

let generator: TrainedModel;
let z: Tensor2D;
beforeAll(() => {
  generator = smallGenerator();
  z = latentsFromSeeds([1, 2], generator.latent);
});
afterAll(() => {
  z.dispose();
  generator.dispose();
});

function recipe(...steps: RecipeStep[]): Recipe {
  return { version: 1, name: 'test', steps };
}

function values(compute: () => Tensor4D): Float32Array {
  return tf.tidy(() => compute().dataSync<'float32'>());
}

const applied = (...steps: RecipeStep[]): Float32Array =>
  values(() => applyRecipe(generator, recipe(...steps), z));

const stretchIt = { kind: 'stretch', axis: 'horizontal', factor: 1.5, enabled: true } as const;

describe('applyRecipe', () => {
  it('gives the untouched picture to the bit for no steps, for steps switched off and for a stretch by 1', () => {
    const original = values(() => generateImages(generator, z));
    expect(original.some((value) => Math.abs(value) > 0.5)).toBe(true);
    expect(applied()).toEqual(original);
    expect(applied({ ...stretchIt, level: 'coarse', enabled: false })).toEqual(original);
    expect(applied({ ...stretchIt, level: 'fine', factor: 1 })).toEqual(original);
    expect(applied({ kind: 'scale', level: 'coarse', channels: [0], factor: 1, enabled: true })).toEqual(
      original,
    );
  });

  it.each(hiddenLevels)('stretches all maps of level %s and runs the layers above', (level) => {
    const expected = values(() =>
      imagesFromMaps(generator, stretch(mapsAt(generator, z, level), 'horizontal', 1.5), level),
    );
    expect(applied({ ...stretchIt, level })).toEqual(expected);
  });

  it('stretches the picture itself at level image', () => {
    const expected = values(() => stretch(generateImages(generator, z), 'vertical', 0.8));
    expect(applied({ ...stretchIt, level: 'image', axis: 'vertical', factor: 0.8 })).toEqual(expected);
  });

  it('scales and switches off channels', () => {
    const expected = values(() => {
      const factors = tf.tensor1d([1, -2, 1, 0]);
      return imagesFromMaps(generator, mapsAt(generator, z, 'fine').mul<Tensor4D>(factors), 'fine');
    });
    const steps: RecipeStep[] = [
      { kind: 'scale', level: 'fine', channels: [1], factor: -2, enabled: true },
      { kind: 'scale', level: 'fine', channels: [3], factor: 0, enabled: true },
    ];
    expect(applied(...steps)).toEqual(expected);
  });

  it('takes over channels of another seed: all of them give its picture, some of them a hybrid', () => {
    const other = values(() => {
      const zOther = latentsFromSeeds([9, 9], generator.latent);
      return generateImages(generator, zOther);
    });
    const all = applied({ kind: 'hybridise', level: 'fine', channels: [0, 1, 2, 3], seed: 9, enabled: true });
    // Batches of one and of two pictures may differ in the last bit of a sum.
    const worst = all.reduce((most, value, i) => Math.max(most, Math.abs(value - other[i]!)), 0);
    expect(worst).toBeLessThan(1e-5);
    const some = values(() => {
      const own = tf.unstack(mapsAt(generator, z, 'fine'), 3);
      const foreign = tf.unstack(mapsAt(generator, latentsFromSeeds([9], generator.latent), 'fine'), 3);
      const replaced = foreign[2]!.tile([2, 1, 1]);
      return imagesFromMaps(
        generator,
        tf.stack([own[0]!, own[1]!, replaced, own[3]!], 3) as Tensor4D,
        'fine',
      );
    });
    expect(applied({ kind: 'hybridise', level: 'fine', channels: [2], seed: 9, enabled: true })).toEqual(
      some,
    );
  });

  it('acts in the order of the list within a level, and of the network between levels', () => {
    const off: RecipeStep = { kind: 'scale', level: 'fine', channels: [1], factor: 0, enabled: true };
    const hybrid: RecipeStep = { kind: 'hybridise', level: 'fine', channels: [1], seed: 9, enabled: true };
    expect(applied(off, hybrid)).toEqual(applied(hybrid));
    expect(applied(hybrid, off)).toEqual(applied(off));
    const coarse: RecipeStep = { ...stretchIt, level: 'coarse' };
    expect(applied(off, coarse)).toEqual(applied(coarse, off));
  });
});

describe('requireRecipeFits', () => {
  const messageFor = (...steps: RecipeStep[]): string => {
    try {
      requireRecipeFits(generator, recipe(...steps));
    } catch (error) {
      if (error instanceof StudioError) return `${error.code}: ${error.message}`;
    }
    return 'it fits';
  };

  it('names the step and the rule', () => {
    const fits: RecipeStep = { ...stretchIt, level: 'coarse' };
    const negate = { kind: 'negate' } as const;
    expect(messageFor(fits, { kind: 'fluoHair', channels: [3, 4], map: negate, enabled: true })).toBe(
      'wrong-usage: Step 2 of the recipe "test" names channel 4, and level fine of this model has the channels 0 to 3. Was the recipe made for another model?',
    );
    expect(messageFor({ kind: 'scale', level: 'coarse', channels: [1, 1], factor: 2, enabled: true })).toBe(
      'wrong-usage: Step 1 of the recipe "test" names channel 1 twice. Name each channel once.',
    );
    const flat: RecipeStep = {
      kind: 'fluoHair',
      channels: [0],
      map: {
        kind: 'matrix',
        matrix: [
          [1, 0, 0],
          [0, 0, 0],
          [0, 0, 1],
        ],
      },
      enabled: true,
    };
    expect(messageFor(flat)).toMatch(
      /^wrong-usage: Step 1 of the recipe "test" cannot be used\. The colour matrix/,
    );
  });

  it('leaves alone what is switched off', () => {
    const step: RecipeStep = { kind: 'scale', level: 'fine', channels: [99], factor: 2, enabled: false };
    expect(messageFor(step)).toBe('it fits');
  });
});
