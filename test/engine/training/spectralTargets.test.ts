import { expect, it } from 'vitest';
import type { SpectralOptions } from '../../../src/contract/hyperParameters.ts';
import type { Level } from '../../../src/contract/levels.ts';
import { kernelShape } from '../../../src/engine/models/layers.ts';
import type { ConvolutionLayer } from '../../../src/engine/models/layers.ts';
import { ResourceVariable } from '../../../src/engine/tensorflow/resourceVariable.ts';
import { statelessNormal } from '../../../src/engine/tensorflow/statelessNormal.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor4D } from '../../../src/engine/tensorflow/tf.ts';
import { spectralStep } from '../../../src/engine/training/spectralStep.ts';
import { layerLike } from '../analysis/testLayers.ts';

const options: SpectralOptions = { gamma: 0.2, cap: 0.05, grid: 'filtered', variant: 'normalised' };

const layers: ConvolutionLayer[] = [
  { ...layerLike('up', 4, 2, 2), level: 'intermediate', name: 'decoder.intermediate' },
  { ...layerLike('up', 8, 2, 2), level: 'fine', name: 'decoder.fine' },
];

const mapsOf = ({ inputSize, inputChannels }: ConvolutionLayer): Tensor4D =>
  statelessNormal([4, inputSize, inputSize, inputChannels], 1, 1) as Tensor4D;

function variablesOf(chosen: readonly ConvolutionLayer[]): Map<string, ResourceVariable> {
  return new Map(
    chosen.map((layer) => {
      const kernel = statelessNormal(kernelShape(layer), 2, 1);
      const variable = new ResourceVariable(kernel);
      kernel.dispose();
      return [`${layer.name}.kernel`, variable];
    }),
  );
}

const read = (variable: ResourceVariable): Float32Array =>
  tf.tidy(() => Float32Array.from(variable.read().dataSync<'float32'>()));

it('a level whose maps were not seen, or that the network has not, is left alone', () => {
  const variables = variablesOf(layers);
  const before = [...variables.values()].map(read);
  const fine = mapsOf(layers[1]!);
  const inputs = new Map<Level, Tensor4D>([
    ['fine', fine],
    ['image', fine],
  ]);
  spectralStep({ architecture: { decoder: layers }, variables }, inputs, options);
  const after = [...variables.values()].map(read);
  expect(after[0]).toEqual(before[0]);
  expect(after[1]).not.toEqual(before[1]);
  for (const variable of variables.values()) variable.dispose();
  fine.dispose();
});

it('a kernel that the trainer has not is named', () => {
  const variables = variablesOf(layers.slice(1));
  const maps = mapsOf(layers[0]!);
  const inputs = new Map<Level, Tensor4D>([['intermediate', maps]]);
  expect(() => {
    spectralStep({ architecture: { decoder: layers }, variables }, inputs, options);
  }).toThrow('the trainer has no kernel for decoder.intermediate');
  for (const variable of variables.values()) variable.dispose();
  maps.dispose();
});
