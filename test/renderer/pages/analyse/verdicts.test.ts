import { describe, expect, it } from 'vitest';
import type { ModelSdr, SdrLevel, SdrSample } from '../../../../src/contract/analysis.ts';
import type { GroupCourse, RunCourse } from '../../../../src/renderer/pages/analyse/courses.ts';
import {
  conclusionOf,
  sideNames,
  sourceWords,
  stripsOf,
} from '../../../../src/renderer/pages/analyse/sdrFacts.ts';
import { sdrVerdicts, trainingVerdicts } from '../../../../src/renderer/pages/analyse/verdicts.ts';

const sample = (shareNearOne: number, iqr: number, count = 1000): SdrSample => ({
  summary: { count, median: 1, q25: 1, q75: 1 + iqr, iqr, shareNearOne },
  histogram: { counts: [], overflow: 0 },
});
const layer = (
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
const result = (...levels: SdrLevel[]): ModelSdr => ({
  ...{ version: 1, grid: 'filtered', seed: 0, levels },
  source: { latents: 'posterior', pictures: 'held-out', missing: null },
});
const withoutPictures = (...levels: SdrLevel[]): ModelSdr => ({
  ...result(...levels),
  source: { latents: 'prior', pictures: 'none', missing: 'The encoder is left out.' },
});
const named = (part: string, { level, ...rest }: SdrLevel): SdrLevel => ({
  ...rest,
  level,
  layer: `${part}.${level}`,
});

const run = (seed: number, isSpectral: boolean, ...y: number[]): RunCourse => ({
  run: `${isSpectral ? 'spectral' : 'plain'}-${seed}`,
  seed,
  points: y.map((value, at) => ({ x: 10 * (at + 1), y: value })),
});
const group = (isSpectral: boolean, runs: RunCourse[]): GroupCourse => ({
  ...{ name: '', isSpectral, runs, mean: [], band: [] },
});
const plain = (...runs: number[][]): GroupCourse =>
  group(
    false,
    runs.map((y, seed) => run(seed, false, ...y)),
  );
const spectral = (...runs: number[][]): GroupCourse =>
  group(
    true,
    runs.map((y, seed) => run(seed, true, ...y)),
  );

describe('verdicts on spectra', () => {
  it('hold where they are true at every level with pairs enough', () => {
    const verdicts = sdrVerdicts(
      result(
        layer('decoder', 'coarse', sample(0.8, 0.2)),
        layer('encoder', 'coarse', sample(0.6, 0.4)),
        // Too few pairs: against the claim, and left out.
        layer('decoder', 'image', sample(0.1, 9, 96)),
        layer('encoder', 'image', sample(0.6, 0.4, 96)),
      ),
    );
    expect(verdicts.map(({ outcome }) => outcome)).toEqual(['holds', 'holds', 'holds']);
    expect(verdicts[0]!.because).toBe(
      'coarse 80 % against 60 %: true at 1 of 1 levels. Left out for too few pairs: image.',
    );
    expect(verdicts[0]!.reference).toBe('Random filters on the same maps: coarse 50 %.');
  });

  it('do not hold where one level says otherwise, and are open without a baseline or a level', () => {
    const levels = [
      layer('decoder', 'coarse', sample(0.8, 0.2), null),
      layer('encoder', 'coarse', sample(0.6, 0.4)),
      layer('decoder', 'fine', sample(0.4, 0.2)),
      layer('encoder', 'fine', sample(0.6, 0.1)),
    ];
    expect(sdrVerdicts(result(...levels)).map(({ outcome }) => outcome)).toEqual(['fails', 'fails', 'open']);
    expect(sdrVerdicts(result()).map(({ outcome }) => outcome)).toEqual(['open', 'open', 'open']);
  });

  it('without pictures are open where the encoder is needed, and say why', () => {
    const verdicts = sdrVerdicts(withoutPictures(layer('decoder', 'fine', sample(0.8, 0.2))));
    expect(verdicts.map(({ outcome, because }) => [outcome, because])).toEqual([
      ['open', 'The encoder is left out.'],
      ['open', 'The encoder is left out.'],
      ['holds', 'fine 80 % against 50 %: true at 1 of 1 levels.'],
    ]);
  });

  it('of a DCGAN are about its generator and its discriminator', () => {
    const levels = [
      named('generator', layer('decoder', 'fine', sample(0.8, 0.2))),
      named('discriminator', layer('encoder', 'fine', sample(0.6, 0.4))),
    ];
    for (const { claim } of sdrVerdicts(result(...levels))) {
      expect(claim).toMatch(/generator/);
      expect(claim).not.toMatch(/coder/);
    }
    const [first] = trainingVerdicts({ error: [], participation: [], reconstruction: [] }, 'dcgan');
    expect(first!.because).toBe('A DCGAN has no encoder, so it reconstructs nothing.');
  });
});

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

describe('verdicts on training', () => {
  const outcomesOf = (error: GroupCourse[], reconstruction: GroupCourse[] = []): string[] =>
    trainingVerdicts({ error, participation: error, reconstruction }).map(({ outcome }) => outcome);

  it('need three seeds that agree', () => {
    const three = [
      [3, 1, 2],
      [3, 1, 2],
      [3, 1, 2],
    ];
    const falling = [
      [3, 2, 1],
      [3, 2, 1],
      [3, 2, 1],
    ];
    expect(outcomesOf([plain(...three), spectral(...falling)], [plain(...falling)])).toEqual([
      'holds',
      'holds',
      'holds',
    ]);
    expect(outcomesOf([plain(...falling), spectral(...three)], [plain(...falling)])).toEqual([
      'fails',
      'fails',
      'fails',
    ]);
    // Overshooting while reconstruction gets worse too is no overshooting of stretching alone.
    expect(outcomesOf([plain(...three)], [plain(...three)])[0]).toBe('fails');
  });

  it('are open with two seeds, with seeds that disagree, and with nothing to compare', () => {
    const two = trainingVerdicts({
      error: [plain([3], [3]), spectral([2], [2])],
      participation: [],
      reconstruction: [],
    });
    expect(two[1]).toMatchObject({
      outcome: 'open',
      because:
        'Spectral 2.00 (2.00–2.00), plain 3.00 (3.00–3.00). True of 2 of 2 seeds; fewer than 3 decide nothing.',
    });
    expect(two[2]).toMatchObject({ outcome: 'open' });
    const mixed = trainingVerdicts({
      error: [plain([3], [3], [1]), spectral([2], [2], [2])],
      participation: [],
      reconstruction: [],
    });
    expect(mixed[1]).toMatchObject({ outcome: 'open' });
    expect(mixed[1]!.because).toMatch(/True of 2 of 3 seeds: the seeds disagree/);
    expect(outcomesOf([])).toEqual(['open', 'open', 'open']);
  });

  it('compare a seed with itself at the last step that both have', () => {
    const [, verdict] = trainingVerdicts({
      error: [plain([5, 1]), spectral([2, 9, 9])],
      participation: [],
      reconstruction: [],
    });
    expect(verdict!.because).toMatch(/^Spectral 9.00, plain 1.00/);
    expect(verdict!.reference).toBe('At 20 steps, the last that both have.');
  });
});
