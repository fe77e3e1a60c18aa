import { describe, expect, it } from 'vitest';
import type { VaeHyperParameters } from '../../../src/contract/hyperParameters.ts';
import { betaVaeArchitecture } from '../../../src/engine/models/betaVaeArchitecture.ts';
import { dcganArchitecture, dcganWeights } from '../../../src/engine/models/dcganArchitecture.ts';
import { weight } from '../../../src/engine/models/layers.ts';
import type { ConvolutionLayer } from '../../../src/engine/models/layers.ts';
import type { NetworkWeights } from '../../../src/engine/models/networkWeights.ts';
import { tinyDcgan, tinyModel } from '../../setup/tinyTraining.ts';

/** Each weight as `name shape`, and the statistics of each batch norm. */
function namesOf({ trained, statistics }: NetworkWeights): string[] {
  return [...trained, ...statistics].map(([name, { shape }]) => `${name} ${shape.join('×')}`).sort();
}

function layersOf(layers: readonly ConvolutionLayer[]): string[] {
  return layers.map(
    ({ name, level, direction, inputSize, outputSize, inputChannels, outputChannels, normalised }) =>
      `${name} (${level}) ${direction} ${inputSize}² ${inputChannels} → ${outputSize}² ${outputChannels}${normalised ? ', batch norm' : ''}`,
  );
}

const norm = (name: string, channels: number): string[] =>
  ['beta', 'gamma', 'runningMean', 'runningVariance'].map((part) => `${name}.${part} ${channels}`);

// The names are those of every checkpoint on disk; the sizes those of the base code, for width 4, 4 fine channels and 8
// latents (β-VAE), and for width 2 and 8 latents (DCGAN).
describe('the weights and layers of a β-VAE', () => {
  const decoder = [
    'decoder.coarse.kernel 5×5×16×16',
    ...norm('decoder.coarse', 16),
    'decoder.fine.kernel 5×5×4×8',
    ...norm('decoder.fine', 4),
    'decoder.image.bias 3',
    'decoder.image.kernel 5×5×4×3',
    'decoder.intermediate.kernel 5×5×8×16',
    ...norm('decoder.intermediate', 8),
    'decoder.start.bias 1024',
    'decoder.start.matrix 8×1024',
    ...norm('decoder.start', 16),
  ];
  const heads = (length: number, norms: readonly string[] = []): string[] => [
    ...['encoder.logVariance.bias 8', `encoder.logVariance.matrix ${length}×8`],
    ...['encoder.mean.bias 8', `encoder.mean.matrix ${length}×8`],
    ...norms,
  ];
  const repository = [
    ...['encoder.image.kernel 5×5×3×4', ...norm('encoder.image', 4)],
    ...['encoder.fine.kernel 5×5×4×8', ...norm('encoder.fine', 8)],
    ...['encoder.intermediate.kernel 5×5×8×16', ...norm('encoder.intermediate', 16)],
    ...['encoder.coarse.kernel 5×5×16×32', ...norm('encoder.coarse', 32)],
  ];
  const mirrored = [
    ...['encoder.image.kernel 5×5×3×4', ...norm('encoder.image', 4)],
    ...['encoder.fine.kernel 5×5×4×8', ...norm('encoder.fine', 8)],
    ...['encoder.intermediate.kernel 5×5×8×16', ...norm('encoder.intermediate', 16)],
    ...['encoder.coarse.kernel 5×5×16×16', ...norm('encoder.coarse', 16)],
  ];
  const headNorms = [...norm('encoder.mean', 8), ...norm('encoder.logVariance', 8)];
  const of = (changes: Partial<VaeHyperParameters>): ReturnType<typeof betaVaeArchitecture> =>
    betaVaeArchitecture({ ...tinyModel, encoder: 'repository', logVarianceHead: 'linear', ...changes });

  it('have the names and shapes of a checkpoint', () => {
    expect(namesOf(of({}))).toEqual([...decoder, ...repository, ...heads(512)].sort());
    expect(namesOf(of({ encoder: 'mirrored' }))).toEqual([...decoder, ...mirrored, ...heads(1024)].sort());
    expect(namesOf(of({ logVarianceHead: 'softplus' }))).toEqual(
      [...decoder, ...repository, ...heads(512, headNorms)].sort(),
    );
  });

  it('lie in computing order, named by their levels', () => {
    expect(layersOf(of({}).decoder)).toEqual([
      'decoder.coarse (coarse) up 8² 16 → 16² 16, batch norm',
      'decoder.intermediate (intermediate) up 16² 16 → 32² 8, batch norm',
      'decoder.fine (fine) up 32² 8 → 64² 4, batch norm',
      'decoder.image (image) same 64² 4 → 64² 3',
    ]);
    expect(layersOf(of({}).encoder)).toEqual([
      'encoder.image (image) down 64² 3 → 32² 4, batch norm',
      'encoder.fine (fine) down 32² 4 → 16² 8, batch norm',
      'encoder.intermediate (intermediate) down 16² 8 → 8² 16, batch norm',
      'encoder.coarse (coarse) down 8² 16 → 4² 32, batch norm',
    ]);
    expect(layersOf(of({ encoder: 'mirrored' }).encoder)).toEqual([
      'encoder.image (image) same 64² 3 → 64² 4, batch norm',
      'encoder.fine (fine) down 64² 4 → 32² 8, batch norm',
      'encoder.intermediate (intermediate) down 32² 8 → 16² 16, batch norm',
      'encoder.coarse (coarse) down 16² 16 → 8² 16, batch norm',
    ]);
  });
});

describe('the weights and layers of a DCGAN', () => {
  const architecture = dcganArchitecture(tinyDcgan);

  it('have the names and shapes of a checkpoint', () => {
    expect(namesOf(dcganWeights(architecture))).toEqual(
      [
        ...['generator.start.matrix 8×256', ...norm('generator.start', 16)],
        ...['generator.coarse.kernel 5×5×8×16', ...norm('generator.coarse', 8)],
        ...['generator.intermediate.kernel 5×5×4×8', ...norm('generator.intermediate', 4)],
        ...['generator.fine.kernel 5×5×2×4', ...norm('generator.fine', 2)],
        ...['generator.image.kernel 5×5×3×2', 'generator.image.bias 3'],
        ...['discriminator.image.kernel 5×5×3×2', 'discriminator.image.bias 2'],
        ...['discriminator.fine.kernel 5×5×2×4', ...norm('discriminator.fine', 4)],
        ...['discriminator.intermediate.kernel 5×5×4×8', ...norm('discriminator.intermediate', 8)],
        ...['discriminator.coarse.kernel 5×5×8×16', ...norm('discriminator.coarse', 16)],
        ...['discriminator.score.matrix 256×1', 'discriminator.score.bias 1'],
      ].sort(),
    );
  });

  it('lie in computing order, named by their levels', () => {
    expect(layersOf(architecture.generator.layers)).toEqual([
      'generator.coarse (coarse) up 4² 16 → 8² 8, batch norm',
      'generator.intermediate (intermediate) up 8² 8 → 16² 4, batch norm',
      'generator.fine (fine) up 16² 4 → 32² 2, batch norm',
      'generator.image (image) up 32² 2 → 64² 3',
    ]);
    expect(layersOf(architecture.discriminator.layers)).toEqual([
      'discriminator.image (image) down 64² 3 → 32² 2',
      'discriminator.fine (fine) down 32² 2 → 16² 4, batch norm',
      'discriminator.intermediate (intermediate) down 16² 4 → 8² 8, batch norm',
      'discriminator.coarse (coarse) down 8² 8 → 4² 16, batch norm',
    ]);
  });
});

it('weights start about their mean with the base code’s deviation, γ about 1', () => {
  const { trained, statistics } = betaVaeArchitecture(tinyModel);
  const startOf = (name: string): number[] => {
    const { mean, deviation } = (trained.get(name) ?? statistics.get(name))!;
    return [mean, deviation];
  };
  expect(startOf('decoder.fine.kernel')).toEqual([0, 0.02]);
  expect(startOf('decoder.start.matrix')).toEqual([0, 0.02]);
  expect(startOf('decoder.fine.gamma')).toEqual([1, 0.02]);
  for (const name of ['decoder.image.bias', 'decoder.fine.beta', 'decoder.fine.runningMean'])
    expect(startOf(name)).toEqual([0, 0]);
  expect(startOf('decoder.fine.runningVariance')).toEqual([1, 0]);
});

it('a weight that is missing is named', () => {
  expect(() => weight(new Map(), 'decoder.fine.kernel')).toThrow(
    'the model has no weight named decoder.fine.kernel',
  );
});
