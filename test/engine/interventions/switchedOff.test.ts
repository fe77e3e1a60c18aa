import { expect, it } from 'vitest';
import type { HairGate, RecipeStep } from '../../../src/contract/recipe.ts';
import { applyRecipe, gatedSteps } from '../../../src/engine/interventions/applyRecipe.ts';
import { channelsOfLevels } from '../../../src/engine/models/hypercolumns.ts';
import { generateImages, latentsFromSeeds } from '../../../src/engine/models/layeredGenerator.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor4D } from '../../../src/engine/tensorflow/tf.ts';
import { smallGenerator } from './smallGenerator.ts';

it('a step of any kind that is switched off leaves every bit, also beside one that is on', () => {
  const generator = smallGenerator();
  const [start, coarse, intermediate, fine] = channelsOfLevels(generator).map((count) =>
    new Array<number>(count).fill(0.1),
  ) as [number[], number[], number[], number[]];
  const gate: HairGate = { madeFrom: 'painting', start, coarse, intermediate, fine, bias: 3 };
  const map = { kind: 'negate' } as const;
  const steps: RecipeStep[] = [
    { kind: 'fluoHair', channels: [0], map, enabled: true },
    { kind: 'fluoHair', channels: [0], map, gate, enabled: true },
    { kind: 'stretch', level: 'coarse', axis: 'horizontal', factor: 1.5, enabled: true },
    { kind: 'stretch', level: 'image', axis: 'vertical', factor: 1.5, enabled: true },
    { kind: 'scale', level: 'fine', channels: [1], factor: 3, enabled: true },
    { kind: 'hybridise', level: 'fine', channels: [2], seed: 9, enabled: true },
  ];
  tf.tidy(() => {
    const z = latentsFromSeeds([1, 2], generator.latent);
    const bytes = (pictures: Tensor4D): Buffer => Buffer.from(Float32Array.from(pictures.dataSync()).buffer);
    const applied = (...list: RecipeStep[]): Buffer =>
      bytes(applyRecipe(generator, { version: 1, name: 'test', steps: list }, z));
    const original = bytes(generateImages(generator, z));
    const beside = steps[4]!;
    const changed = applied(beside);
    for (const step of steps) {
      const off: RecipeStep = { ...step, enabled: false };
      expect(applied(step).equals(original), step.kind).toBe(false);
      expect(applied(off).equals(original), step.kind).toBe(true);
      expect(applied(beside, off).equals(changed), step.kind).toBe(true);
      expect(gatedSteps({ version: 1, name: 'test', steps: [off] })).toEqual([]);
    }
  });
  generator.dispose();
});
