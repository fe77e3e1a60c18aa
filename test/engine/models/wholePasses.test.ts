import { afterEach, describe, expect, it, vi } from 'vitest';
import { dcganPresets, vaePresets } from '../../../src/contract/hyperParameters.ts';
import { hiddenLevels } from '../../../src/contract/levels.ts';
import type { HairGate, PartGate, Recipe } from '../../../src/contract/recipe.ts';
import type { StepMode } from '../../../src/contract/runFiles.ts';
import { stretchingError } from '../../../src/engine/analysis/stretchingError.ts';
import { applyRecipe } from '../../../src/engine/interventions/applyRecipe.ts';
import { channelsOfLevels, mapsOfLevels } from '../../../src/engine/models/hypercolumns.ts';
import {
  generateImages,
  imagesFromMaps,
  latentsFromSeeds,
  mapsAt,
} from '../../../src/engine/models/layeredGenerator.ts';
import { modelNetworks } from '../../../src/engine/models/modelNetworks.ts';
import type { ModelDefinition } from '../../../src/engine/models/modelNetworks.ts';
import { initialWeights } from '../../../src/engine/models/networkWeights.ts';
import { TrainedModel } from '../../../src/engine/models/trainedModel.ts';
import { influenceMaps } from '../../../src/engine/modules/influenceMaps.ts';
import { functionBinding } from '../../../src/engine/tensorflow/functionBinding.ts';
import { nodeBackend } from '../../../src/engine/tensorflow/rawOp.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor } from '../../../src/engine/tensorflow/tf.ts';
import { tinyDcgan, tinyModel } from '../../setup/tinyTraining.ts';
import { countOps } from '../tensorflow/countOps.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

function modelOf(definition: ModelDefinition, mode: StepMode): TrainedModel {
  vi.stubEnv('EXTRAPOLATION_STEP', mode);
  return new TrainedModel(definition, initialWeights(modelNetworks(definition).weights, 3));
}

/** The bytes of what `work` computes. */
function bytesOf(work: () => Tensor | Tensor[]): Buffer {
  const tensors = [tf.tidy(work)].flat();
  const bytes = Buffer.concat(
    tensors.map((tensor) => Buffer.from(Float32Array.from(tensor.dataSync<'float32'>()).buffer)),
  );
  tf.dispose(tensors);
  return bytes;
}

/** Weights that differ, of either sign. */
const weightsOf = (count: number): number[] => Array.from({ length: count }, (_, at) => Math.sin(3 * at + 1));

function gatesOf(model: TrainedModel): [HairGate, PartGate] {
  const [start, coarse, intermediate, fine] = channelsOfLevels(model) as [number, number, number, number];
  const units = 3;
  const read = (count: number): Record<'start' | 'coarse' | 'intermediate' | 'fine', number[]> => ({
    start: weightsOf(count * start),
    coarse: weightsOf(count * coarse),
    intermediate: weightsOf(count * intermediate),
    fine: weightsOf(count * fine),
  });
  return [
    { madeFrom: 'module', ...read(1), bias: 0.1 },
    {
      ...{ name: 'hair', madeFrom: 'strokes', faces: 1, units, ...read(units) },
      ...{ around: weightsOf(units * fine), place: weightsOf(5 * units) },
      ...{ unitBias: weightsOf(units), out: weightsOf(units), bias: 0.2 },
    },
  ];
}

/** Recipes that a hand makes one after another: some differ in a colour alone, some in what is done. */
function recipesOf(model: TrainedModel): Recipe[] {
  const painted = (red: number, gate?: HairGate | PartGate): Recipe['steps'][number] => ({
    ...{ kind: 'fluoHair', enabled: true, channels: [0, 2], ...(gate && { gate }) },
    map: { kind: 'target', colour: [red, 0.4, 0.7], strength: 1.5 },
  });
  const stretched = (factor: number): Recipe['steps'][number] => ({
    ...{ kind: 'stretch', enabled: true, level: 'intermediate', axis: 'vertical', factor },
  });
  const [hair, part] = gatesOf(model);
  const steps: Recipe['steps'][] = [
    [],
    [painted(0.1)],
    [painted(0.9)],
    [painted(0.1, hair)],
    [painted(0.9, part), painted(0.3)],
    [painted(0.2, part), painted(0.6, hair)],
    [stretched(1.2)],
    [stretched(0.8), painted(0.5, part)],
    [{ kind: 'hybridise', enabled: true, level: 'coarse', channels: [1], seed: 9 }, painted(0.5)],
    [{ kind: 'scale', enabled: true, level: 'fine', channels: [1], factor: 0.5 }],
  ];
  return steps.map((own, at) => ({ version: 1, name: `recipe ${at}`, steps: own }));
}

/** All that a model is asked, of so many pictures. */
async function answersOf(model: TrainedModel, count: number, firstSeed: number): Promise<Buffer[]> {
  const seeds = Array.from({ length: count }, (_, at) => firstSeed + at);
  const z = latentsFromSeeds(seeds, model.latent);
  const answers = [
    bytesOf(() => generateImages(model, z)),
    bytesOf(() => mapsOfLevels(model, z)),
    ...hiddenLevels.map((level) => bytesOf(() => mapsAt(model, z, level))),
    ...hiddenLevels.map((level) => bytesOf(() => imagesFromMaps(model, mapsAt(model, z, level), level))),
    ...recipesOf(model).map((recipe) => bytesOf(() => applyRecipe(model, recipe, z))),
  ];
  const stretching = await stretchingError({ generator: model, z, factor: 1.2, axis: 'horizontal' });
  answers.push(Buffer.from(JSON.stringify(stretching)));
  for (const level of hiddenLevels) {
    const { blocks } = await influenceMaps(model, { level, pairsInAll: count, blocks: 1, seed: firstSeed });
    answers.push(Buffer.from(blocks[0]!.buffer));
  }
  z.dispose();
  return answers;
}

const models: [string, ModelDefinition][] = [
  ['a tiny β-VAE', { kind: 'vae', hyperParameters: tinyModel }],
  ['a tiny DCGAN', { kind: 'dcgan', hyperParameters: { ...tinyDcgan, width: 4 } }],
  ['a β-VAE', { kind: 'vae', hyperParameters: { ...vaePresets.compact, fineChannels: 8 } }],
  ['a DCGAN', { kind: 'dcgan', hyperParameters: dcganPresets.compact }],
];

describe.skipIf(functionBinding() === undefined)('passes run as one', () => {
  it.each(models)('give what they give op by op, to the bit, again and again: %s', async (_, definition) => {
    const eager = modelOf(definition, 'eager');
    const whole = modelOf(definition, 'function');
    for (const count of [1, 3]) {
      // The second time functions are made, the third they are there; the latents are others each time.
      for (const firstSeed of [1, 20, 40]) {
        const expected = await answersOf(eager, count, firstSeed);
        const found = await answersOf(whole, count, firstSeed);
        const different = expected.flatMap((bytes, at) => (bytes.equals(found[at]!) ? [] : [at]));
        expect(different, `${count} pictures from seed ${firstSeed}`).toEqual([]);
        expect(expected.every(({ length }) => length > 0)).toBe(true);
      }
    }
    eager.dispose();
    whole.dispose();
  });

  it('leave nothing behind, and a colour that changes makes no new one', () => {
    const { binding } = nodeBackend();
    const recipeOf = (red: number): Recipe => ({
      ...{ version: 1, name: 'colours' },
      steps: [
        {
          ...{ kind: 'fluoHair', enabled: true, channels: [0], gate: gatesOf(model)[0] },
          map: { kind: 'target', colour: [red, 0, 0], strength: 1 },
        },
      ],
    });
    const before = binding.getNumOfTensors();
    const model = modelOf(models[0]![1], 'function');
    const z = latentsFromSeeds([1, 2], model.latent);
    const draw = (red: number): Map<string, number> =>
      countOps(() => {
        applyRecipe(model, recipeOf(red), z).dispose();
      }).byName;
    const [first, , third] = [draw(0.1), draw(0.2), draw(0.3)];
    const functions = (ops: Map<string, number>): string[] =>
      [...ops.keys()].filter((name) => name.startsWith('whole_pass'));
    expect([first, third].map((ops) => functions(ops).length)).toEqual([0, 2]);
    // What is left beside the fine maps and the painting are the gate's own few ops.
    expect(third.has('FusedBatchNormV3')).toBe(false);
    z.dispose();
    model.dispose();
    expect(binding.getNumOfTensors()).toBe(before);
  });
});
