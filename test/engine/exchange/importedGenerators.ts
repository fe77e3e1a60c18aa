import { modelNetworks } from '../../../src/engine/models/modelNetworks.ts';
import type { ModelDefinition } from '../../../src/engine/models/modelNetworks.ts';
import type { NamedArray } from '../../../src/engine/models/safetensors.ts';
import { importedHyperParametersSchema } from '../../../src/contract/importedModel.ts';
import type { ImportedHyperParameters } from '../../../src/contract/importedModel.ts';

/** Generators as people bring them, with every kind of layer that is read, small. */

const ending = { normalised: true, activation: 'relu' } as const;
const layer = (
  direction: 'up' | 'same',
  kernel: number,
  cut: number,
  size: number,
  channels: readonly number[],
) => ({
  ...{
    direction,
    kernel,
    cut,
    inputSize: size,
    inputChannels: channels[0]!,
    outputChannels: channels[1]!,
    ...ending,
  },
});
const image = { normalised: false, activation: 'none', outputChannels: 3 } as const;

export const importedGenerators: [string, ImportedHyperParameters][] = (
  [
    [
      'a DCGAN of 4×4 kernels',
      {
        ...{ latent: 8, size: 64, start: { dense: [], size: 4, channels: 6, ...ending } },
        layers: [
          layer('up', 4, 1, 4, [6, 5]),
          layer('up', 4, 1, 8, [5, 4]),
          layer('up', 4, 1, 16, [4, 4]),
          { ...layer('up', 4, 1, 32, [4, 3]), ...image },
        ],
      },
    ],
    [
      'dense layers, doubling, and all activations',
      {
        ...{ latent: 8, size: 64 },
        start: {
          dense: [
            { outputs: 10, activation: 'leakyRelu', slope: 0.2 },
            { outputs: 7, activation: 'tanh' },
          ],
          ...{ size: 4, channels: 6, normalised: false, activation: 'sigmoid', doubled: 'nearest' },
        },
        layers: [
          { ...layer('same', 3, 0, 8, [6, 5]), activation: 'leakyRelu', slope: 0.1, doubled: 'bilinear' },
          { ...layer('same', 5, 0, 16, [5, 4]), activation: 'tanh', normalised: false, doubled: 'nearest' },
          { ...layer('same', 1, 0, 32, [4, 4]), activation: 'none' },
          { ...layer('up', 2, 0, 32, [4, 4]), activation: 'sigmoid' },
          { ...layer('same', 3, 0, 64, [4, 3]), ...image },
        ],
      },
    ],
    [
      'transposed kernels of every size that are cut unevenly',
      {
        ...{ latent: 8, size: 56, start: { dense: [], size: 7, channels: 6, ...ending, doubled: null } },
        layers: [
          layer('same', 3, 0, 7, [6, 5]),
          layer('up', 5, 2, 7, [5, 5]),
          layer('up', 3, 1, 14, [5, 4]),
          layer('up', 3, 0, 28, [4, 4]),
          { ...layer('same', 5, 0, 56, [4, 3]), ...image },
        ],
      },
    ],
    [
      'kernels that lie at an edge',
      {
        ...{ latent: 8, size: 64, start: { dense: [], size: 4, channels: 4, ...ending } },
        layers: [
          layer('up', 5, 0, 4, [4, 4]),
          layer('up', 5, 3, 8, [4, 4]),
          layer('up', 1, 0, 16, [4, 4]),
          { ...layer('up', 4, 2, 32, [4, 3]), ...image },
        ],
      },
    ],
    [
      'a DCGAN of 32 pixels, which has no coarse level',
      {
        ...{ latent: 8, size: 32, start: { dense: [], size: 4, channels: 6, ...ending } },
        layers: [
          layer('up', 4, 1, 4, [6, 5]),
          layer('up', 4, 1, 8, [5, 4]),
          { ...layer('up', 4, 1, 16, [4, 3]), ...image },
        ],
      },
    ],
    [
      'a dense layer and two convolutions of 28 pixels, of which one is hidden',
      {
        ...{ latent: 8, size: 28 },
        start: {
          ...{ dense: [{ outputs: 10, activation: 'relu' }], size: 7, channels: 6, ...ending },
        },
        layers: [layer('up', 4, 1, 7, [6, 4]), { ...layer('up', 5, 1, 14, [4, 3]), ...image }],
      },
    ],
  ] as const
).map(([name, hyperParameters]) => [name, importedHyperParametersSchema.parse(hyperParameters)]);

/** Kernels of fewer than 5×5 taps have zeros about them. */
export function withinTaps(
  definition: ModelDefinition,
  arrays: Map<string, NamedArray>,
): Map<string, NamedArray> {
  const { layers, start } = modelNetworks(definition).generator;
  if (definition.kind !== 'imported') return arrays;
  for (const { name, taps } of [...(start?.layers ?? []), ...layers]) {
    const { data, shape } = arrays.get(`${name}.kernel`)!;
    const size = shape[2]! * shape[3]!;
    const kept = new Set(taps ?? Array.from({ length: 25 }, (_, tap) => tap));
    data.forEach((value, at) => (data[at] = kept.has(Math.floor(at / size)) ? value : 0));
  }
  return arrays;
}
