import { expect, it } from 'vitest';
import { byLevel, isPartGate } from '../../../src/contract/recipe.ts';
import type { Gate, Recipe, RecipeStep } from '../../../src/contract/recipe.ts';
import { openingOf } from '../../../src/engine/gates/openingOf.ts';
import { partGateOf, readOutOf } from '../../../src/engine/gates/partGate.ts';
import { featureCounts, featuresOf } from '../../../src/engine/gates/gateFeatures.ts';
import { applyRecipe } from '../../../src/engine/interventions/applyRecipe.ts';
import { channelsOfLevels, hypercolumns } from '../../../src/engine/models/hypercolumns.ts';
import { latentsFromSeeds } from '../../../src/engine/models/layeredGenerator.ts';
import { TrainedModel } from '../../../src/engine/models/trainedModel.ts';
import { fitHairGate } from '../../../src/engine/modules/fitHairGate.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import { importedGenerators } from '../exchange/importedGenerators.ts';
import { randomWeights } from '../exchange/randomWeights.ts';

/** Gates of generators that lack the first levels: they read the levels that there are, and no others. */

const small = importedGenerators.filter(([, { layers }]) => layers.length < 4);
const numbers = (count: number): number[] =>
  Array.from({ length: count }, (_, at) => Number(Math.sin(1.3 * at).toPrecision(5)));

it.each(small)('%s', async (_, hyperParameters) => {
  const definition = { kind: 'imported', hyperParameters } as const;
  const model = new TrainedModel(definition, randomWeights(definition, 5));
  const hidden = model.layers.flatMap(({ level }) => (level === 'image' ? [] : [level]));
  const z = latentsFromSeeds([1, 2], model.latent);

  const labels = tf.tidy(() => {
    const sums = hypercolumns(model, z, 1).sum(1).dataSync<'float32'>();
    const middle = Float32Array.from(sums).sort()[sums.length >> 1]!;
    return Uint8Array.from(sums, (sum) => (sum > middle ? 1 : 0));
  });
  const hair = await fitHairGate(model, [{ z, labels }], 'painting', 2);
  expect(weightsOf(hair)).toEqual(channelsOfLevels(model));
  expect(Object.keys(hair)).toEqual(['madeFrom', 'start', ...hidden, 'bias']);

  const units = 2;
  const features = featureCounts(model).reduce((sum, count) => sum + count, 0);
  const readOut = { weights: numbers(features * units), unitBias: [0.1, 0.2], out: [1, -1], bias: 0.3 };
  const part = partGateOf(model, readOut, { name: 'sky', madeFrom: 'strokes', faces: 1 });
  expect(weightsOf(part)).toEqual(channelsOfLevels(model));
  expect(readOutOf(part)).toEqual(readOut);
  // The gate that follows the maps from level to level is the read-out of all features at a pixel, but for its smoothing.
  const [open, told] = tf.tidy(() => {
    const rows = featuresOf(model, z)
      .matMul(tf.tensor2d(readOut.weights, [features, units]))
      .add(tf.tensor1d(readOut.unitBias));
    const single = tf.relu(rows).matMul(tf.tensor2d(readOut.out, [units, 1]));
    const maps = single.reshape<ReturnType<typeof openingOf>>([2, model.imageSize, model.imageSize, 1]);
    const smooth = tf.avgPool(maps, 5, 1, 'same').add(readOut.bias).sigmoid();
    return [openingOf(model, part, z).dataSync<'float32'>(), smooth.dataSync<'float32'>()];
  });
  expect(Math.max(...open.map((value, at) => Math.abs(value - told[at]!)))).toBeLessThan(1e-5);

  const wider = { ...hair, ...byLevel([[1], ...hidden.map((level) => hair[level]!)], ['coarse', ...hidden]) };
  expect(tf.tidy(() => applyRecipe(model, behind(hair), z).shape)).toEqual([
    2,
    model.imageSize,
    model.imageSize,
    3,
  ]);
  expect(() => applyRecipe(model, behind(wider), z)).toThrow('has a gate that was made for another model');
  z.dispose();
  model.dispose();
});

function weightsOf(gate: Gate): number[] {
  const units = isPartGate(gate) ? gate.units : 1;
  const parts = [gate.start, gate.coarse, gate.intermediate, gate.fine];
  return parts.flatMap((part) => (part === undefined ? [] : [part.length / units]));
}

function behind(gate: Gate): Recipe {
  const step: RecipeStep = { kind: 'fluoHair', channels: [0], map: { kind: 'negate' }, gate, enabled: true };
  return { version: 1, name: 'gated', steps: [step] };
}
