import { describe, expect, it } from 'vitest';
import { vaePresets } from '../../../src/contract/hyperParameters.ts';
import type { VaeHyperParameters } from '../../../src/contract/hyperParameters.ts';
import type { ImportedEncoderSizes } from '../../../src/contract/importedEncoder.ts';
import { encoderGraph } from '../../../src/engine/exchange/analyserGraphs.ts';
import { encoderNetwork } from '../../../src/engine/exchange/encoderNetwork.ts';
import type { EncoderNetwork } from '../../../src/engine/exchange/encoderNetwork.ts';
import { encoderOfOnnx } from '../../../src/engine/exchange/encoderOfOnnx.ts';
import type { EncoderInGraph } from '../../../src/engine/exchange/encoderOfOnnx.ts';
import { importedEncoderGraph } from '../../../src/engine/exchange/importedEncoderNodes.ts';
import type { OnnxGraph } from '../../../src/engine/exchange/onnxModel.ts';
import { decodeOnnx } from '../../../src/engine/exchange/readOnnx.ts';
import { encodeOnnx } from '../../../src/engine/exchange/writeOnnx.ts';
import { encodeImported, importedEncoderWeights } from '../../../src/engine/models/importedEncoder.ts';
import { inference } from '../../../src/engine/models/layers.ts';
import { modelNetworks } from '../../../src/engine/models/modelNetworks.ts';
import type { ModelDefinition } from '../../../src/engine/models/modelNetworks.ts';
import { initialWeights, weightTensors } from '../../../src/engine/models/networkWeights.ts';
import { createRandom } from '../../../src/engine/math/random.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor4D } from '../../../src/engine/tensorflow/tf.ts';
import { randomWeights } from './randomWeights.ts';

/** Encoders that are written as ONNX and read back: what they make of pictures is held against what they made of them before. */

const most = 2e-5;
const random = createRandom(7);
const pixels = (channels: number, side: number): Float64Array =>
  Float64Array.from({ length: side * side * channels }, () => Math.fround(2 * random.uniform() - 1));

function throughBytes(graph: OnnxGraph): OnnxGraph {
  const bytes = encodeOnnx({
    ...{ irVersion: 8, opset: 17, producer: { name: 'test', version: '0' }, metadata: new Map(), graph },
  });
  return decodeOnnx(bytes, 'encoder.onnx').graph;
}

interface Codes {
  mean: ArrayLike<number>;
  logVariance: ArrayLike<number> | undefined;
}

/** What a network that was read makes of a picture in [−1, 1]. */
function codesOf({ sizes, arrays }: EncoderNetwork, picture: Float64Array, side: number): Codes {
  const latent = arrays.get('encoder.mean.bias')!.data.length;
  const weights = weightTensors(importedEncoderWeights(sizes, { latent, imageSize: side }), arrays);
  const codes = tf.tidy(() => {
    const images = tf.tensor4d(Float32Array.from(picture), [1, side, side, 3]);
    const { mean, logVariance } = encodeImported(sizes, weights, images);
    return { mean: mean.dataSync<'float32'>(), logVariance: logVariance?.dataSync<'float32'>() };
  });
  tf.dispose([...weights.values()]);
  return codes;
}

function largest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Array.from(a).reduce((greatest, value, at) => Math.max(greatest, Math.abs(value - b[at]!)), 0);
}

function read(graph: OnnxGraph, latent: number, side: number, picture: Float64Array): EncoderInGraph {
  return encoderOfOnnx(graph, { latent, side, source: 'encoder.onnx', picture: () => picture });
}

describe('the encoder of a β-VAE that was trained here comes back', () => {
  const small: VaeHyperParameters = { ...vaePresets.compact, width: 4, fineChannels: 4, latent: 12 };
  it.each<[string, VaeHyperParameters]>([
    ['compact', vaePresets.compact],
    ['with the linear head', { ...small, logVarianceHead: 'linear' }],
    ['with the softplus head', { ...small, logVarianceHead: 'softplus' }],
    ['with the mirrored encoder', { ...small, encoder: 'mirrored' }],
  ])('%s', (_, hyperParameters) => {
    const definition: ModelDefinition = { kind: 'vae', hyperParameters };
    const networks = modelNetworks(definition);
    const arrays = randomWeights(definition, 5);
    const picture = pixels(3, 64);
    const weights = weightTensors(networks.weights, arrays);
    const before = tf.tidy(() => {
      const images: Tensor4D = tf.tensor4d(Float32Array.from(picture), [1, 64, 64, 3]);
      const { mean, logVariance } = networks.encode!(weights, images, inference);
      return { mean: mean.dataSync<'float32'>(), logVariance: logVariance!.dataSync<'float32'>() };
    });
    tf.dispose([...weights.values()]);
    const graph = throughBytes(
      encoderGraph(networks.analyser.layers, hyperParameters, arrays, { withLevels: true }),
    );
    const { chain, mean, logVariance } = read(graph, networks.latent, 64, picture);
    const after = codesOf(encoderNetwork(chain, { latent: networks.latent, range: '-1..1' }), picture, 64);
    expect(Math.max(...before.logVariance)).toBeGreaterThan(0);
    expect(largest(after.mean, before.mean)).toBeLessThan(most);
    expect(largest(after.logVariance!, before.logVariance)).toBeLessThan(most);
    // And the graph that was run node by node says the same.
    expect(largest(mean, before.mean)).toBeLessThan(most);
    expect(largest(logVariance!, before.logVariance)).toBeLessThan(most);
  });
});

const layer = { before: 1, after: 1, activation: 'leakyRelu', slope: 0.1 } as const;
const pictures = { channels: 3, range: '-1..1', factor: [1, 1, 1], offset: [0, 0, 0] } as const;

/** Encoders as people bring them, small, with every kind of layer and ending that is read. */
const encoders: [string, ImportedEncoderSizes][] = [
  [
    'kernels of 4 × 4 and a mean alone, for pictures from 0 to 1',
    {
      pictures: { ...pictures, channels: 3, range: '0..1', factor: [1, 1, 1], offset: [0, 0, 0] },
      layers: [
        {
          ...layer,
          inputSize: 32,
          outputSize: 16,
          inputChannels: 3,
          outputChannels: 4,
          kernel: 4,
          stride: 2,
        },
        { ...layer, inputSize: 16, outputSize: 8, inputChannels: 4, outputChannels: 5, kernel: 4, stride: 2 },
      ],
      dense: [],
      logVariance: null,
    },
  ],
  [
    'no padding, strides of 3, uneven padding, dense layers, and values that are normalised channel by channel',
    {
      pictures: { channels: 3, range: '0..255', factor: [0.01, 0.02, 0.03], offset: [-1, 0.5, 0.25] },
      layers: [
        {
          ...{
            ...layer,
            inputSize: 32,
            outputSize: 30,
            inputChannels: 3,
            outputChannels: 4,
            kernel: 3,
            stride: 1,
          },
          ...{ before: 0, after: 0, activation: 'tanh', slope: 0 },
        },
        {
          ...{
            ...layer,
            inputSize: 30,
            outputSize: 10,
            inputChannels: 4,
            outputChannels: 5,
            kernel: 7,
            stride: 3,
          },
          ...{ before: 2, after: 3, activation: 'sigmoid', slope: 0 },
        },
        {
          ...layer,
          inputSize: 10,
          outputSize: 10,
          inputChannels: 5,
          outputChannels: 6,
          kernel: 3,
          stride: 1,
        },
      ],
      dense: [
        { outputs: 9, activation: 'relu', slope: 0 },
        { outputs: 7, activation: 'none', slope: 0 },
      ],
      logVariance: { form: 'clipped', least: -0.01, most: 0.02 },
    },
  ],
  [
    'grey pictures, and softplus',
    {
      pictures: { channels: 1, range: '0..1', factor: [2], offset: [-1] },
      layers: [
        {
          ...layer,
          inputSize: 32,
          outputSize: 16,
          inputChannels: 1,
          outputChannels: 4,
          kernel: 3,
          stride: 2,
        },
      ],
      dense: [],
      logVariance: { form: 'softplus', least: 1e-3, most: 0 },
    },
  ],
  [
    'no convolution at all',
    {
      pictures: { channels: 3, range: '-1..1', factor: [1, 1, 1], offset: [0, 0, 0] },
      layers: [],
      dense: [{ outputs: 9, activation: 'leakyRelu', slope: 0.2 }],
      logVariance: { form: 'linear', least: 0, most: 0 },
    },
  ],
];

describe.each(encoders)('an encoder from elsewhere, written as ONNX again: %s', (_, sizes) => {
  it('gives the same codes in its own graph, and when it is read back', () => {
    const [latent, side] = [6, 32];
    const arrays = initialWeights(importedEncoderWeights(sizes, { latent, imageSize: side }), 3);
    for (const { data } of arrays.values())
      data.forEach((value, at) => (data[at] = value + 0.1 * random.normal()));
    const picture = pixels(3, side);
    const before = codesOf({ sizes, arrays }, picture, side);
    const graph = throughBytes(importedEncoderGraph(sizes, { latent, size: side }, arrays));
    const { chain, mean, logVariance } = read(graph, latent, side, picture);
    expect(largest(mean, before.mean)).toBeLessThan(most);
    expect(logVariance === undefined).toBe(sizes.logVariance === null);
    const again = codesOf(encoderNetwork(chain, { latent, range: '-1..1' }), picture, side);
    expect(largest(again.mean, before.mean)).toBeLessThan(most);
    if (before.logVariance === undefined) return;
    expect(largest(logVariance!, before.logVariance)).toBeLessThan(most);
    expect(largest(again.logVariance!, before.logVariance)).toBeLessThan(most);
  });
});
