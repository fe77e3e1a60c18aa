import { describe, expect, it } from 'vitest';
import { hiddenLevelsOf } from '../../../src/contract/levels.ts';
import { bakeRecipe } from '../../../src/engine/exchange/bakeRecipe.ts';
import { transposed } from '../../../src/engine/exchange/channelsFirst.ts';
import { generatorGraph } from '../../../src/engine/exchange/generatorGraph.ts';
import { decodeOnnx } from '../../../src/engine/exchange/readOnnx.ts';
import { referenceRun } from '../../../src/engine/exchange/referenceRun.ts';
import { encodeOnnx } from '../../../src/engine/exchange/writeOnnx.ts';
import { applyRecipe, fineMapsWith } from '../../../src/engine/interventions/applyRecipe.ts';
import { mapsOfLevels } from '../../../src/engine/models/hypercolumns.ts';
import { generateImages, latentsFromSeeds } from '../../../src/engine/models/layeredGenerator.ts';
import { modelNetworks } from '../../../src/engine/models/modelNetworks.ts';
import type { ModelDefinition } from '../../../src/engine/models/modelNetworks.ts';
import { TrainedModel } from '../../../src/engine/models/trainedModel.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor } from '../../../src/engine/tensorflow/tf.ts';
import { importedGenerators, withinTaps } from './importedGenerators.ts';
import { randomWeights } from './randomWeights.ts';
import { allSteps } from './recipes.ts';

/** Generators from elsewhere, written as ONNX again: run node by node, and compared with what TensorFlow makes of them. */

const most = 2e-5;

describe.each(importedGenerators)('%s, written as ONNX', (_, hyperParameters) => {
  const definition: ModelDefinition = { kind: 'imported', hyperParameters };
  const arrays = withinTaps(definition, randomWeights(definition, 3));
  const { generator, latent } = modelNetworks(definition);
  const recipes = allSteps(definition);

  it.each([['as it is', undefined] as const, recipes[0]!, recipes.at(-1)!])('%s', (_name, recipe) => {
    const model = new TrainedModel(definition, arrays);
    const baked = recipe && bakeRecipe(model, recipe);
    const graph = generatorGraph(generator, latent, arrays, {
      ...{ recipe: baked, withLevels: true, imported: hyperParameters },
    });
    const bytes = encodeOnnx({
      ...{ irVersion: 8, opset: 17, producer: { name: 'test', version: '0' }, metadata: new Map(), graph },
    });
    tf.tidy(() => {
      const z = latentsFromSeeds([1, 2], latent);
      const rows = { shape: z.shape, data: Float64Array.from(z.dataSync<'float32'>()) };
      const values = referenceRun(decodeOnnx(bytes, 'decoder.onnx').graph, new Map([['z', rows]]));
      const images = recipe ? applyRecipe(model, recipe, z) : generateImages(model, z);
      expect(difference(values.get('images')!.data, images)).toBeLessThan(most);
      const [, ...maps] = mapsOfLevels(model, z);
      const hidden: [string, Tensor][] = recipe
        ? [['fine', fineMapsWith(model, recipe, z).maps]]
        : hiddenLevelsOf(definition).map((level, at) => [level, maps[at]!]);
      for (const [level, maps] of hidden)
        expect(difference(values.get(level)!.data, maps)).toBeLessThan(most);
    });
    model.dispose();
  });
});

function difference(reference: Float64Array, maps: Tensor): number {
  const { data } = transposed(Float32Array.from(maps.dataSync<'float32'>()), maps.shape, [0, 3, 1, 2]);
  expect(reference.length).toBe(data.length);
  return data.reduce((largest, value, at) => Math.max(largest, Math.abs(value - reference[at]!)), 0);
}
