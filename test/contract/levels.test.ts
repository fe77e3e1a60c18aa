import { expect, it } from 'vitest';
import { kindOfLayer, levelName, levels } from '../../src/contract/levels.ts';
import type { LevelNaming } from '../../src/contract/levels.ts';
import type { ModelKind } from '../../src/contract/hyperParameters.ts';

const named = (kind: ModelKind, naming: LevelNaming): string[] =>
  levels.map((level) => levelName(level, { kind, naming }));

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

it('knows by a layer which kind of model it belongs to', () => {
  expect(
    ['decoder.fine', 'encoder.image', 'generator.fine', 'discriminator.coarse'].map(kindOfLayer),
  ).toEqual(['vae', 'vae', 'dcgan', 'dcgan']);
});
