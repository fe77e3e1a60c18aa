import { describe, expect, it } from 'vitest';
import { dcganPresets, vaePresets } from '../../../src/contract/hyperParameters.ts';
import type { VaeHyperParameters } from '../../../src/contract/hyperParameters.ts';
import { discriminatorGraph, encoderGraph } from '../../../src/engine/exchange/analyserGraphs.ts';
import { bakeRecipe } from '../../../src/engine/exchange/bakeRecipe.ts';
import { transposed } from '../../../src/engine/exchange/channelsFirst.ts';
import { generatorGraph } from '../../../src/engine/exchange/generatorGraph.ts';
import type { OnnxGraph } from '../../../src/engine/exchange/onnxModel.ts';
import { decodeOnnx } from '../../../src/engine/exchange/readOnnx.ts';
import { referenceRun } from '../../../src/engine/exchange/referenceRun.ts';
import type { ReferenceTensor } from '../../../src/engine/exchange/referenceTensor.ts';
import { encodeOnnx } from '../../../src/engine/exchange/writeOnnx.ts';
import { applyRecipe, fineMapsWith } from '../../../src/engine/interventions/applyRecipe.ts';
import { createRandom } from '../../../src/engine/math/random.ts';
import { discriminate } from '../../../src/engine/models/dcgan.ts';
import { dcganArchitecture } from '../../../src/engine/models/dcganArchitecture.ts';
import { mapsOfLevels } from '../../../src/engine/models/hypercolumns.ts';
import { generateImages, latentsFromSeeds } from '../../../src/engine/models/layeredGenerator.ts';
import { inference } from '../../../src/engine/models/layers.ts';
import { modelNetworks } from '../../../src/engine/models/modelNetworks.ts';
import type { ModelDefinition } from '../../../src/engine/models/modelNetworks.ts';
import { weightTensors } from '../../../src/engine/models/networkWeights.ts';
import type { Posterior } from '../../../src/engine/models/betaVae.ts';
import { TrainedModel } from '../../../src/engine/models/trainedModel.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor } from '../../../src/engine/tensorflow/tf.ts';
import { tinyDcgan, tinyModel } from '../../setup/tinyTraining.ts';
import { randomWeights } from './randomWeights.ts';
import { allSteps } from './recipes.ts';
import { say } from '../../setup/say.ts';

/*
 * What goes out as ONNX, written to bytes and read back, is run node by node in double precision (test/oracles/onnxOperators.py
 * holds that against ONNX Runtime) and compared with what TensorFlow makes of the same weights.
 */

/** Largest difference that rounding to 32 bits may make. */
const most = 2e-5;

type Trained = Exclude<ModelDefinition, { kind: 'imported' }>;
const vae = (hyperParameters: VaeHyperParameters): Trained => ({ kind: 'vae', hyperParameters });

const models: [string, Trained][] = [
  ['β-VAE compact', vae(vaePresets.compact)],
  ['β-VAE photographs', vae(vaePresets.photographs)],
  ['β-VAE paper', vae(vaePresets.paper)],
  [
    'β-VAE mirrored, softplus',
    vae({ ...vaePresets.compact, encoder: 'mirrored', logVarianceHead: 'softplus' }),
  ],
  ['β-VAE linear', vae({ ...vaePresets.compact, logVarianceHead: 'linear' })],
  ['DCGAN compact', { kind: 'dcgan', hyperParameters: dcganPresets.compact }],
  ['DCGAN paper', { kind: 'dcgan', hyperParameters: dcganPresets.paper }],
];

describe.each(models)('%s as ONNX', (name, definition) => {
  const arrays = randomWeights(definition, 7);
  const networks = modelNetworks(definition);

  it('draws the same pictures through the same hidden maps', () => {
    const model = new TrainedModel(definition, arrays);
    const graph = throughBytes(
      generatorGraph(networks.generator, networks.latent, arrays, { recipe: undefined, withLevels: true }),
    );
    tf.tidy(() => {
      const z = latentsFromSeeds([3, 4], networks.latent);
      const values = referenceRun(graph, new Map([['z', rows(z)]]));
      const [, ...hidden] = mapsOfLevels(model, z);
      const ours = [...hidden, generateImages(model, z)];
      const differences = graph.outputs
        .map((output) => output.name)
        .map((output) =>
          difference(
            values.get(output)!,
            ours[['coarse', 'intermediate', 'fine', 'images'].indexOf(output)]!,
          ),
        );
      expect(graph.outputs.map((output) => output.name).sort()).toEqual([
        'coarse',
        'fine',
        'images',
        'intermediate',
      ]);
      say(
        `${name}, decoder: pictures ${told(differences[0]!)}, hidden maps ${told(Math.max(...differences.slice(1)))}`,
      );
      expect(Math.max(...differences)).toBeLessThan(most);
    });
    model.dispose();
  });

  it('looks at pictures alike', () => {
    tf.tidy(() => {
      const pictures = tf.tensor4d(somePictures(), [2, 64, 64, 3]);
      const weights = weightTensors(networks.weights, arrays);
      const graph = throughBytes(
        definition.kind === 'vae'
          ? encoderGraph(networks.analyser.layers, definition.hyperParameters, arrays, { withLevels: true })
          : discriminatorGraph(networks.analyser.layers, arrays, { withLevels: true }),
      );
      const values = referenceRun(graph, new Map([['images', channelsFirst(pictures)]]));
      const ours: Record<string, Tensor> =
        definition.kind === 'vae'
          ? { ...(networks.encode!(weights, pictures, inference) as Posterior) }
          : {
              logit: discriminate(
                dcganArchitecture(definition.hyperParameters),
                weights,
                pictures,
                inference,
              ),
            };
      const differences = Object.entries(ours).map(([output, tensor]) =>
        largest(values.get(output)!.data, tensor.dataSync<'float32'>()),
      );
      say(`${name}, ${graph.name}: ${told(Math.max(...differences))}`);
      expect(Math.max(...differences)).toBeLessThan(most);
      tf.dispose([...weights.values()]);
    });
  });
});

describe.each([
  ['β-VAE', vae(tinyModel)],
  ['DCGAN', { kind: 'dcgan', hyperParameters: tinyDcgan } as const],
])('a recipe in the ONNX file of a %s', (_, definition) => {
  it.each(allSteps(definition))('draws what the program draws: %s', (_name, recipe) => {
    const arrays = randomWeights(definition, 8);
    const { generator, latent } = modelNetworks(definition);
    const model = new TrainedModel(definition, arrays);
    const graph = throughBytes(
      generatorGraph(generator, latent, arrays, { recipe: bakeRecipe(model, recipe), withLevels: true }),
    );
    tf.tidy(() => {
      const z = latentsFromSeeds([1, 2, 3], latent);
      const values = referenceRun(graph, new Map([['z', rows(z)]]));
      const picture = applyRecipe(model, recipe, z);
      expect(difference(values.get('images')!, picture)).toBeLessThan(most);
      expect(difference(values.get('fine')!, fineMapsWith(model, recipe, z).maps)).toBeLessThan(most);
      // The recipe does something here, or the comparison would say nothing.
      expect(difference(values.get('images')!, generateImages(model, z))).toBeGreaterThan(1e-2);
    });
    model.dispose();
  });
});

/** Values from −1 to 1 without order. */
function somePictures(): Float32Array {
  const random = createRandom(5, 0);
  return Float32Array.from({ length: 2 * 64 * 64 * 3 }, () => Math.tanh(random.normal()));
}

function throughBytes(graph: OnnxGraph): OnnxGraph {
  const bytes = encodeOnnx({
    irVersion: 8,
    opset: 17,
    producer: { name: 'test', version: '0' },
    graph,
    metadata: new Map(),
  });
  return decodeOnnx(bytes, 'decoder.onnx').graph;
}

function rows(tensor: Tensor): ReferenceTensor {
  return { shape: tensor.shape, data: Float64Array.from(tensor.dataSync<'float32'>()) };
}

function channelsFirst(maps: Tensor): ReferenceTensor {
  const { shape, data } = transposed(Float32Array.from(maps.dataSync<'float32'>()), maps.shape, [0, 3, 1, 2]);
  return { shape, data: Float64Array.from(data) };
}

function difference(reference: ReferenceTensor, maps: Tensor): number {
  const ours = channelsFirst(maps);
  expect(reference.shape).toEqual(ours.shape);
  return largest(reference.data, ours.data);
}

function largest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  let most = 0;
  for (let at = 0; at < a.length; at++) most = Math.max(most, Math.abs(a[at]! - b[at]!));
  return most;
}

function told(value: number): string {
  return value.toExponential(1);
}
