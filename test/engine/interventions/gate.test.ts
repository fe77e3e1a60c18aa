import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StudioError } from '../../../src/contract/errors.ts';
import type { ColourMap, HairGate, Recipe, RecipeStep } from '../../../src/contract/recipe.ts';
import { applyRecipe, requireRecipeFits } from '../../../src/engine/interventions/applyRecipe.ts';
import { affineColour } from '../../../src/engine/interventions/colourMatrix.ts';
import { describeRecipe } from '../../../src/engine/interventions/describeRecipe.ts';
import { colourChange, recolourWhereOpen } from '../../../src/engine/interventions/gate.ts';
import { readRecipe, writeRecipe } from '../../../src/engine/interventions/readRecipe.ts';
import { channelsOfLevels, mapsOfLevels, resizeTo } from '../../../src/engine/models/hypercolumns.ts';
import { generateImages, latentsFromSeeds, mapsAt } from '../../../src/engine/models/layeredGenerator.ts';
import type { TrainedModel } from '../../../src/engine/models/trainedModel.ts';
import { stretch } from '../../../src/engine/interventions/stretch.ts';
import { createRandom } from '../../../src/engine/math/random.ts';
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

const negate: ColourMap = { kind: 'negate' };
const identity: ColourMap = {
  kind: 'matrix',
  matrix: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
};

function gateOf(weight: () => number, bias: number): HairGate {
  const [start, coarse, intermediate, fine] = channelsOfLevels(generator).map((count) =>
    Array.from({ length: count }, weight),
  ) as [number[], number[], number[], number[]];
  return { madeFrom: 'painting', start, coarse, intermediate, fine, bias };
}

function randomGate(): HairGate {
  const random = createRandom(5, 1);
  return gateOf(() => random.normal() / 3, 0.1);
}

const fluo = (gate: HairGate, map: ColourMap): RecipeStep => ({
  ...{ kind: 'fluoHair', channels: [0], map, gate },
  enabled: true,
});

function values(compute: () => Tensor4D): Float32Array {
  return tf.tidy(() => Float32Array.from(compute().dataSync<'float32'>()));
}

const recipe = (...steps: RecipeStep[]): Recipe => ({ version: 1, name: 'test', steps });
const applied = (...steps: RecipeStep[]): Float32Array =>
  values(() => applyRecipe(generator, recipe(...steps), z));
const logits = (): Tensor4D => generator.imageLogits(mapsAt(generator, z, 'fine'));

/** The mean over 5 × 5 pixels, of those inside the picture. */
function smoothed(map: Tensor4D): Tensor4D {
  const ones = tf.tensor4d(new Float32Array(25).fill(1), [5, 5, 1, 1]);
  const sum = tf.conv2d(map, ones, 1, 'same');
  return sum.div(tf.conv2d(tf.onesLike(map), ones, 1, 'same'));
}

function worst(a: Float32Array, b: Float32Array): number {
  return a.reduce((most, value, at) => Math.max(most, Math.abs(value - b[at]!)), 0);
}

describe('FluoHair behind a gate', () => {
  it('keeps every bit for the identity, and where the gate is shut', () => {
    const original = values(() => generateImages(generator, z));
    expect(applied(fluo(randomGate(), identity))).toEqual(original);
    expect(
      applied(
        fluo(
          gateOf(() => 0, -200),
          negate,
        ),
      ),
    ).toEqual(original);
  });

  it('recolours all that is drawn where the gate is open, and is undone there', () => {
    const open = gateOf(() => 0, 200);
    // tanh is odd: the negative of the output before it is the negative of the picture.
    const negative = values(() => generateImages(generator, z).neg());
    expect(worst(applied(fluo(open, negate)), negative)).toBeLessThan(1e-6);
    const original = values(() => generateImages(generator, z));
    expect(worst(applied(fluo(open, negate), fluo(open, negate)), original)).toBeLessThan(1e-6);
  });

  it('is L + h (g(L) − L) with h read from all levels', () => {
    const gate = randomGate();
    const expected = values(() => {
      // Reading upsampled maps is upsampling what was read, as both are linear.
      const read = mapsOfLevels(generator, z).map((maps, level) => {
        const weights = [gate.start, gate.coarse, gate.intermediate, gate.fine][level]!;
        return resizeTo(maps, 64).mul(tf.tensor1d(weights)).sum(3, true);
      });
      const h = smoothed(tf.addN(read) as Tensor4D)
        .add(gate.bias)
        .sigmoid();
      return logits()
        .mul<Tensor4D>(tf.sub(1, h.mul(2)))
        .tanh();
    });
    expect(worst(applied(fluo(gate, negate)), expected)).toBeLessThan(1e-4);
    const seen = new Set(Array.from(expected, (value) => Math.sign(value)));
    expect(seen.size).toBeGreaterThan(1);
  });

  it('stretches the gate with the maps it was read from', () => {
    const gate = { ...gateOf(() => 0, 0), start: randomGate().start };
    const stretchIt = {
      kind: 'stretch',
      level: 'fine',
      axis: 'horizontal',
      factor: 1.5,
      enabled: true,
    } as const;
    const expected = values(() => {
      const read = generator.start(z).mul(tf.tensor1d(gate.start)).sum<Tensor4D>(3, true);
      const h = smoothed(stretch(resizeTo(read, 64), 'horizontal', 1.5)).sigmoid();
      const fine = stretch(mapsAt(generator, z, 'fine'), 'horizontal', 1.5);
      return generator
        .imageLogits(fine)
        .mul<Tensor4D>(tf.sub(1, h.mul(2)))
        .tanh();
    });
    expect(worst(applied(stretchIt, fluo(gate, negate)), expected)).toBeLessThan(1e-4);
  });

  it('comes after the paper’s steps, in whichever order they are listed', () => {
    const plain: RecipeStep = { kind: 'fluoHair', channels: [1], map: negate, enabled: true };
    const gated = fluo(randomGate(), negate);
    expect(applied(plain, gated)).toEqual(applied(gated, plain));
    expect(applied(plain, gated)).not.toEqual(applied(plain));
  });

  it('gives dark and light hair the target’s colour', () => {
    const colour = affineColour({ kind: 'target', colour: [1, 0.1, 0.75], strength: 1.5 });
    const result = values(() => {
      const pixels = tf.tensor4d([-0.6, -0.8, -0.8, 0.6, 0.2, -0.1], [1, 1, 2, 3]);
      return recolourWhereOpen(pixels, tf.ones([1, 1, 2, 1]), colourChange(colour));
    });
    // 0.5 x + 1.2 (1, −0.8, 0.5), by hand.
    [0.9, -1.36, 0.2, 1.5, -0.86, 0.55].forEach((value, at) => {
      expect(result[at]).toBeCloseTo(value, 5);
    });
  });
});

describe('recipes with a gate', () => {
  const gated = (): Recipe => recipe(fluo(randomGate(), negate));

  it('are read back, and are described as what they are', () => {
    expect(readRecipe(writeRecipe(gated()), 'a.json')).toEqual(gated());
    expect(describeRecipe(gated())).toEqual([
      'FluoHair, hair only: invert the colours of what is drawn where the hair gate (from painted faces) is open',
    ]);
  });

  it('are refused by a model of other sizes', () => {
    const other = { ...randomGate(), coarse: [1] };
    expect(() => {
      requireRecipeFits(generator, recipe(fluo(other, negate)));
    }).toThrow(
      new StudioError(
        'wrong-usage',
        'Step 1 of the recipe "test" has a gate that was made for another model. Make one for this model.',
      ),
    );
  });
});
