import { expect, it } from 'vitest';
import { spacedName } from '../../src/contract/spacedName.ts';

it('names of settings are spaced, and abbreviations are written as such', () => {
  const names = ['klWeight', 'seed', 'checkpointEvery', 'spectralStep gamma', 'sdr fine', '--kl-weight'];
  expect(names.map(spacedName)).toEqual([
    ...['KL weight', 'seed', 'checkpoint every', 'spectral step gamma', 'SDR fine', '--kl-weight'],
  ]);
});
