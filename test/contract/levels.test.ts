import { expect, it } from 'vitest';
import {
  hiddenLevelsOf,
  levelName,
  levelNameOfLayer,
  levels,
  levelSides,
  levelsOf,
  nearestLevel,
} from '../../src/contract/levels.ts';
import type { Level, LevelNaming } from '../../src/contract/levels.ts';
import type { ImportedHyperParameters } from '../../src/contract/importedModel.ts';
import type { ModelKind } from '../../src/contract/hyperParameters.ts';

const named = (kind: ModelKind, naming: LevelNaming): string[] =>
  levels.map((level) => levelName(level, { sides: levelSides({ kind }), naming }));

// Sizes of maps: docs/decisions/training.md and docs/decisions/dcgan.md.
it('names a level by the maps that its layer puts out, or by those that it takes in', () => {
  expect(named('vae', 'output')).toEqual([
    'coarse (16 × 16)',
    'intermediate (32 × 32)',
    'fine (64 × 64)',
    'image (64 × 64)',
  ]);
  expect(named('vae', 'input')).toEqual([
    'coarse (from 8 × 8)',
    'intermediate (from 16 × 16)',
    'fine (from 32 × 32)',
    'image (from 64 × 64)',
  ]);
  expect(named('dcgan', 'output')).toEqual([
    'coarse (8 × 8)',
    'intermediate (16 × 16)',
    'fine (32 × 32)',
    'image (64 × 64)',
  ]);
  expect(named('dcgan', 'input')).toEqual([
    'coarse (from 4 × 4)',
    'intermediate (from 8 × 8)',
    'fine (from 16 × 16)',
    'image (from 32 × 32)',
  ]);
  expect(levels.map((level) => levelName(level))).toEqual([...levels]);
});

it('names a measured layer by its kind of model, and one of a generator from elsewhere by the maps that it takes in', () => {
  const own = [4, 8, 16, 32];
  const name = (layer: string, level: 'fine' | 'image', mapSize: number, sides = own): string =>
    levelNameOfLayer(
      { layer, level, mapSize },
      levels.slice(-sides.length).map((each, at) => ({
        ...{ layer: `generator.${each}`, level: each, mapSize: sides[at]! },
      })),
    );
  expect(name('decoder.fine', 'fine', 32)).toBe('fine (64 × 64)');
  expect(name('encoder.image', 'image', 64)).toBe('image (64 × 64)');
  expect(name('generator.fine', 'fine', 16)).toBe('fine (32 × 32)');
  expect(name('discriminator.fine', 'fine', 32)).toBe('fine (32 × 32)');
  expect(name('generator.fine', 'fine', 32, [8, 16, 32, 64])).toBe('fine (from 32 × 32)');
  // One that keeps 32 × 32 to the end is not called 64 × 64 for taking in what a DCGAN takes in there.
  expect(name('generator.image', 'image', 32, [8, 16, 32])).toBe('image (from 32 × 32)');
});

it('knows the levels of a generator from elsewhere by its last four layers', () => {
  const ending = { normalised: true, activation: 'relu', slope: 0, doubled: null } as const;
  const layers = [4, 8, 16, 32, 64].map((inputSize) => ({
    ...{ direction: 'up' as const, inputSize, inputChannels: 8, outputChannels: 8, kernel: 4, cut: 1 },
    ...ending,
  }));
  const sides = levelSides({ kind: 'imported', hyperParameters: { size: 128, layers } });
  expect(levels.map((level) => levelName(level, { sides, naming: 'output' }))).toEqual([
    'coarse (16 × 16)',
    'intermediate (32 × 32)',
    'fine (64 × 64)',
    'image (128 × 128)',
  ]);
});

it('names the levels of a generator with few convolutions from the picture’s end', () => {
  const layers = (sides: readonly number[]): ImportedHyperParameters['layers'] =>
    sides.map((inputSize) => ({
      ...{ direction: 'up', inputSize, inputChannels: 8, outputChannels: 8, kernel: 4, cut: 1 },
      ...{ normalised: true, activation: 'relu', slope: 0, doubled: null },
    }));
  const small = { kind: 'imported', hyperParameters: { size: 32, layers: layers([4, 8, 16]) } } as const;
  const smallest = { kind: 'imported', hyperParameters: { size: 28, layers: layers([7, 14]) } } as const;
  expect(levelsOf(small)).toEqual(['intermediate', 'fine', 'image']);
  expect([levelsOf(smallest), hiddenLevelsOf(smallest)]).toEqual([['fine', 'image'], ['fine']]);
  expect(levelsOf({ kind: 'dcgan' })).toEqual(levels);
  const name = (level: Level): string => levelName(level, { sides: levelSides(smallest), naming: 'output' });
  expect(levels.map(name)).toEqual(['coarse', 'intermediate', 'fine (14 × 14)', 'image (28 × 28)']);
  // What an address or a page asks for where there is no such level.
  expect(nearestLevel('coarse', hiddenLevelsOf(small))).toBe('intermediate');
  expect(nearestLevel('fine', hiddenLevelsOf(small))).toBe('fine');
});
