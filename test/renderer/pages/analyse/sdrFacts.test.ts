import { describe, expect, it } from 'vitest';
import {
  conclusionOf,
  sideNames,
  sourceWords,
  stripsOf,
} from '../../../../src/renderer/pages/analyse/sdrFacts.ts';
import { layer, named, result, sample, withoutPictures } from '../../../setup/spectra.ts';

describe('what the histograms say', () => {
  const both = [
    layer('decoder', 'fine', sample(0.8, 0.6)),
    layer('encoder', 'fine', sample(0.6, 0.4)),
  ] as const;

  it('compares both sides, or without pictures says only what the decoder’s pairs show', () => {
    expect(conclusionOf(result(...both))).toBe(
      'More decoder than encoder pairs lie in 0.75–1.25 at every level. The decoder’s pairs spread wider than random filters on the same maps at every level.',
    );
    expect(conclusionOf(withoutPictures(both[0]))).toBe(
      'The decoder’s pairs spread wider than random filters on the same maps at every level.',
    );
    expect(stripsOf(result(...both), 'fine').map(({ kind }) => kind)).toContain('encoder');
    expect(stripsOf(withoutPictures(both[0]), 'fine').map(({ kind }) => kind)).not.toContain('encoder');
  });

  it('names what the maps came from', () => {
    const { source, ...rest } = result(...both);
    expect(sourceWords({ ...rest, source })).toBe('8 held-out pictures');
    expect(sourceWords({ ...rest, source: { ...source, pictures: 'training' } })).toBe('8 training pictures');
    expect(sourceWords({ ...rest, source: { ...source, latents: 'prior' } })).toBe(
      '8 held-out pictures and as many latents of the prior',
    );
    expect(sourceWords(withoutPictures(both[0]))).toBe('8 latents of the prior');
  });

  it('names the sides of a DCGAN also where only its generator was measured', () => {
    expect(sideNames(withoutPictures(named('generator', both[0])))).toEqual({
      ...{ decoder: 'generator', encoder: 'discriminator' },
    });
  });
});
