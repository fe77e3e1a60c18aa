import type { ModelSdr, SdrLevel, SdrSample } from '../../src/contract/analysis.ts';

/** Spectral density ratios of models, made up for tests of what is said of them. */

export const sample = (shareNearOne: number, iqr: number, count = 1000): SdrSample => ({
  summary: { count, median: 1, q25: 1, q75: 1 + iqr, iqr, shareNearOne },
  histogram: { counts: [], overflow: 0 },
});

/** A level of one side: each part of the network has these numbers, and the untrained one its own. */
export const layer = (
  side: SdrLevel['side'],
  level: SdrLevel['level'],
  own: SdrSample,
  random: SdrSample = sample(0.5, 0.5),
): SdrLevel => ({
  ...{
    side,
    level,
    layer: level,
    mapSize: 8,
    inputs: 4,
    outputs: 4,
    samples: 8,
    deadMaps: 0,
    emptySlices: 0,
  },
  ...{ own, random, crossed: null, untrained: sample(0.9, 0.1) },
});

export const result = (...levels: SdrLevel[]): ModelSdr => ({
  ...{ version: 1, grid: 'filtered', seed: 0, levels },
  source: { latents: 'posterior', pictures: 'held-out', missing: null },
});

/** Of a model whose pictures are not at hand. */
export const withoutPictures = (...levels: SdrLevel[]): ModelSdr => ({
  ...result(...levels),
  source: { latents: 'prior', pictures: 'none', missing: 'The encoder is left out.' },
});

/** The same level as a layer of the part that is named. */
export const named = (part: string, { level, ...rest }: SdrLevel): SdrLevel => ({
  ...rest,
  level,
  layer: `${part}.${level}`,
});
