import { expect, it } from 'vitest';
import { groupWords, measuresIn, measureWords, settingWords } from '../../src/contract/sweepWords.ts';

it('the measures that are usually looked at come first, the others by name', () => {
  const cells = [
    { measures: { loss: 1, kl: 2 } },
    { measures: { 'sdr.image.median': 1, reconstruction: 3 } },
  ];
  expect(measuresIn(cells)).toEqual(['reconstruction', 'kl', 'loss', 'sdr.image.median']);
});

it('measures and settings have names of the field, and abbreviations are written as such', () => {
  const names = ['reconstruction', 'stretching.fine', 'sdr.coarse.iqr', 'sdr.fine.shareNearOne', 'heldOut'];
  expect(names.map(measureWords)).toEqual([
    ...['Recon. MSE', 'Stretch err. fine', 'SDR coarse, IQR', 'SDR fine, share near 1', 'Held out'],
  ]);
  expect(['klWeight', 'spectral', 'spectralGamma', 'seed'].map(settingWords)).toEqual([
    ...['KL weight', 'Spectral step', 'Spectral gamma', 'Seed'],
  ]);
  expect(groupWords({ klWeight: 1e-4, spectral: true })).toBe('KL weight 0.0001, spectral step on');
  expect(groupWords({})).toBe('all');
});
