import { describe, expect, it } from 'vitest';
import type { SpectralOptions } from '../../../src/contract/hyperParameters.ts';
import type { Level } from '../../../src/contract/levels.ts';
import { layerSdr, mapForms } from '../../../src/engine/analysis/layerSdr.ts';
import { addMaps, emptyMapPower } from '../../../src/engine/analysis/mapPower.ts';
import { summariseSdr } from '../../../src/engine/analysis/sdrSummary.ts';
import { createRandom } from '../../../src/engine/math/random.ts';
import { kernelShape } from '../../../src/engine/models/layers.ts';
import type { ConvolutionLayer } from '../../../src/engine/models/layers.ts';
import { ResourceVariable } from '../../../src/engine/tensorflow/resourceVariable.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor3D, Tensor4D } from '../../../src/engine/tensorflow/tf.ts';
import {
  independenceMatrices,
  kernelOf,
  slicesOf,
  spectralChange,
  spectralStep,
} from '../../../src/engine/training/spectralStep.ts';
import { paper } from '../../paper/requirements.ts';
import { layerLike } from '../analysis/testLayers.ts';
import { constantsOfWidened, lagBySums, powerBySums, widened } from '../equations/definitions.ts';

const normalised: SpectralOptions = { gamma: 0.2, cap: 0.05, grid: 'filtered', variant: 'normalised' };

/** Maps with a coloured spectrum, as ReLU maps have: neighbours share most of their value. */
function colouredMaps(batch: number, size: number, channels: number, seed = 1): Tensor4D {
  const random = createRandom(seed);
  const values = new Float32Array(batch * size * size * channels);
  for (let i = 0; i < values.length; i++) {
    const before = i % (size * channels) >= channels ? values[i - channels]! : 0;
    values[i] = 0.8 * before + random.normal();
  }
  return tf.tidy(() => tf.tensor4d(values, [batch, size, size, channels]).relu());
}

function randomKernel(layer: ConvolutionLayer, seed = 2): Tensor4D {
  const random = createRandom(seed);
  const shape = kernelShape(layer);
  return tf.tensor4d(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => 0.03 * random.normal()),
    shape,
  );
}

/** T of one channel, R/<S> − R₁ by sums over pixels and frequencies of the whole grid, in double precision. */
function exactMatrix(maps: Tensor4D, channel: number, isWide: boolean): Float64Array {
  const [batch, size, , channels] = maps.shape;
  const data = maps.dataSync<'float32'>();
  const side = isWide ? 2 * size : size;
  const dropped = isWide ? constantsOfWidened(size) : [0];
  const power = new Float64Array(side * side);
  for (let b = 0; b < batch; b++) {
    const image = Float64Array.from(
      { length: size * size },
      (_, pixel) => data[(b * size * size + pixel) * channels + channel]!,
    );
    powerBySums(isWide ? widened(image, size) : image, side, side).forEach(
      (value, u) => (power[u]! += value),
    );
  }
  const mean = lagBySums(power, side, [0, 0], dropped);
  const weight = power.map((value) => value / mean - 1);
  return Float64Array.from({ length: 625 }, (_, at) => {
    const [a, b] = [Math.floor(at / 25), at % 25];
    return lagBySums(weight, side, [Math.floor(a / 5) - Math.floor(b / 5), (a % 5) - (b % 5)], dropped);
  });
}

/** The gradient of s² = (kᵀTk)² with respect to the taps k: 4 s Tk. */
function gradientOf(matrix: Float64Array, taps: Float64Array): Float64Array {
  const turned = taps.map((_, a) => taps.reduce((sum, tap, b) => sum + matrix[25 * a + b]! * tap, 0));
  const s = taps.reduce((sum, tap, a) => sum + tap * turned[a]!, 0);
  return turned.map((value) => 4 * s * value);
}

describe.each([
  ['up', 'filtered', 8],
  ['up', 'native', 8],
  ['same', 'filtered', 16],
] as const)(`%s on the %s grid ${paper('eq-13')}`, (direction, grid, size) => {
  const layer = layerLike(direction, size, 3, 4);

  it('has the matrices and the gradient of equation (13)', () => {
    tf.tidy(() => {
      const maps = colouredMaps(4, size, 3);
      const matrices = independenceMatrices(layer, maps, grid);
      const numbers = matrices.dataSync<'float32'>();
      const kernel = randomKernel(layer);
      const slices = slicesOf(layer, kernel);
      const taps = slices.dataSync<'float32'>();
      const plain: SpectralOptions = { ...normalised, grid, variant: 'gradient', cap: 0.5, gamma: 0.01 };
      const change = spectralChange(slices, matrices, plain).dataSync<'float32'>();
      let lengths = 0;
      for (const value of taps) lengths += (value * value) / 12;
      for (let channel = 0; channel < 3; channel++) {
        const exact = exactMatrix(maps, channel, direction === 'up' && grid === 'filtered');
        exact.forEach((value, at) => {
          expect(numbers[channel * 625 + at]).toBeCloseTo(value, 5);
        });
        for (let output = 0; output < 4; output++) {
          const offset = channel * 100 + output;
          const own = Float64Array.from({ length: 25 }, (_, tap) => taps[offset + tap * 4]!);
          // The step is −γ s Tk / mean |k|².
          gradientOf(exact, own).forEach((value, tap) => {
            const expected = (-0.01 * value) / (4 * lengths);
            expect(Math.abs(change[offset + tap * 4]! - expected)).toBeLessThan(1e-7);
          });
        }
      }
    });
  });
});

it('turns a kernel to slices and back', () => {
  tf.tidy(() => {
    for (const direction of ['up', 'same'] as const) {
      const layer = layerLike(direction, 8, 3, 4);
      const kernel = randomKernel(layer);
      expect(kernelOf(layer, slicesOf(layer, kernel)).dataSync()).toEqual(kernel.dataSync());
    }
  });
});

function valuesOfS(slices: Tensor3D, matrices: Tensor3D): Float32Array {
  return tf.tidy(() => slices.mul(tf.matMul(matrices, slices)).sum(1).dataSync<'float32'>());
}

it('lets |s| of every slice fall and leaves the kernels their length', () => {
  tf.tidy(() => {
    const layer = layerLike('up', 16, 3, 8);
    const matrices = independenceMatrices(layer, colouredMaps(8, 16, 3), 'filtered');
    const first = slicesOf(layer, randomKernel(layer));
    let slices = first;
    let before = valuesOfS(slices, matrices);
    for (let step = 0; step < 60; step++) {
      slices = slices.add<Tensor3D>(spectralChange(slices, matrices, normalised));
      const after = valuesOfS(slices, matrices);
      after.forEach((value, index) => {
        expect(Math.abs(value)).toBeLessThanOrEqual(Math.abs(before[index]!) + 1e-8);
      });
      before = after;
    }
    const norm = (values: Tensor3D): number => values.square().mean().sqrt().dataSync<'float32'>()[0]!;
    const largest = Math.max(...before.map(Math.abs)) / (25 * norm(slices) ** 2);
    expect(largest).toBeLessThan(1e-3);
    // Each slice moves to the nearest point of s = 0: the part of it along Tk is lost, and that is small.
    expect(norm(slices) / norm(first)).toBeGreaterThan(0.9);
  });
});

it('caps the change of every slice, and leaves dead maps and empty slices alone', () => {
  tf.tidy(() => {
    const layer = layerLike('same', 8, 2, 2);
    const maps = colouredMaps(4, 8, 2)
      .mul<Tensor4D>(tf.tensor1d([1, 0]))
      .add<Tensor4D>(tf.tensor1d([0, 3]));
    const matrices = independenceMatrices(layer, maps, 'filtered');
    const slices = slicesOf(layer, randomKernel(layer)).mul<Tensor3D>(tf.tensor1d([1, 0]));
    const change = spectralChange(slices, matrices, { ...normalised, gamma: 1, cap: 0.01 });
    const relative = change.square().sum(1).div(slices.square().sum(1).add(1e-30)).sqrt();
    const [capped, ...others] = relative.dataSync<'float32'>();
    expect(capped).toBeCloseTo(0.01, 6);
    expect(others).toEqual([0, 0, 0]);
  });
});

interface Target {
  architecture: { decoder: ConvolutionLayer[] };
  variables: Map<string, ResourceVariable>;
}

function targetOf(layers: ConvolutionLayer[]): Target {
  const variables = layers.map((layer, index) => {
    const kernel = randomKernel(layer, 10 + index);
    const variable = new ResourceVariable(kernel);
    kernel.dispose();
    return [`${layer.name}.kernel`, variable] as const;
  });
  return { architecture: { decoder: layers }, variables: new Map(variables) };
}

function readAll({ variables }: Target): Float32Array[] {
  return [...variables.values()].map((variable) =>
    tf.tidy(() => Float32Array.from(variable.read().dataSync<'float32'>())),
  );
}

it('brings the levels it is meant for to a ratio of 1, the same to the bit each time, and no other level', () => {
  const layers: ConvolutionLayer[] = [
    { ...layerLike('up', 4, 4, 4), level: 'coarse', name: 'decoder.coarse' },
    { ...layerLike('up', 8, 4, 4), level: 'intermediate', name: 'decoder.intermediate' },
    { ...layerLike('up', 16, 4, 6), level: 'fine', name: 'decoder.fine' },
    { ...layerLike('same', 32, 6, 3), level: 'image', name: 'decoder.image' },
  ];
  const inputs = new Map<Level, Tensor4D>(
    layers.map(({ level, inputSize, inputChannels }) => [level, colouredMaps(8, inputSize, inputChannels)]),
  );
  const targets = [targetOf(layers), targetOf(layers)] as const;
  const start = readAll(targets[0]);
  for (const target of targets)
    for (let step = 0; step < 60; step++) spectralStep(target, inputs, normalised);
  const [one, other] = targets.map(readAll) as [Float32Array[], Float32Array[]];
  expect(other).toEqual(one);
  expect(one[0]).toEqual(start[0]);
  layers.slice(1).forEach((layer, index) => {
    const power = emptyMapPower(layer.inputSize, layer.inputChannels);
    addMaps(power, inputs.get(layer.level)!);
    const forms = mapForms(layer.direction, power, 'filtered');
    const before = summariseSdr(layerSdr(layer, start[index + 1]!, forms).values)!;
    const after = summariseSdr(layerSdr(layer, one[index + 1]!, forms).values)!;
    expect(before.iqr).toBeGreaterThan(0.05);
    expect(Math.abs(after.median - 1)).toBeLessThan(0.01);
    expect(after.iqr).toBeLessThan(0.01);
  });
  for (const { variables } of targets) for (const variable of variables.values()) variable.dispose();
  tf.dispose([...inputs.values()]);
});
