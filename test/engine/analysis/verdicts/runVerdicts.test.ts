import { describe, expect, it } from 'vitest';
import { spectraVerdicts } from '../../../../src/engine/analysis/verdicts/spectraVerdicts.ts';
import { trainingVerdicts } from '../../../../src/engine/analysis/verdicts/trainingVerdicts.ts';
import type { RunCourse } from '../../../../src/engine/analysis/verdicts/trainingVerdicts.ts';
import { layer, named, result, sample, withoutPictures } from '../../../setup/spectra.ts';

const vae = { kind: 'vae', seed: 0 } as const;

const run = (seed: number, isSpectral: boolean, ...values: number[]): RunCourse => ({
  seed,
  isSpectral,
  points: values.map((value, at) => ({ step: 10 * (at + 1), value })),
});
const plain = (...runs: number[][]): RunCourse[] => runs.map((values, seed) => run(seed, false, ...values));
const spectral = (...runs: number[][]): RunCourse[] => runs.map((values, seed) => run(seed, true, ...values));

describe('verdicts on spectra', () => {
  it('hold where they are true at every level with pairs enough', () => {
    const verdicts = spectraVerdicts(
      result(
        layer('decoder', 'coarse', sample(0.8, 0.2)),
        layer('encoder', 'coarse', sample(0.6, 0.4)),
        // Too few pairs: against the claim, and left out.
        layer('decoder', 'image', sample(0.1, 9, 96)),
        layer('encoder', 'image', sample(0.6, 0.4, 96)),
      ),
      vae,
    );
    expect(verdicts.map(({ outcome }) => outcome)).toEqual(['holds', 'holds', 'holds']);
    expect(verdicts[0]!.because).toBe(
      'coarse 80 % against 60 %: true at 1 of 1 levels. Left out for too few pairs: image.',
    );
    expect(verdicts[0]!.reference).toBe('Random filters on the same maps: coarse 50 %.');
  });

  it('do not hold where one level says otherwise, and are undecidable without a baseline or a level', () => {
    const levels = [
      layer('decoder', 'coarse', sample(0.8, 0.2), null),
      layer('encoder', 'coarse', sample(0.6, 0.4)),
      layer('decoder', 'fine', sample(0.4, 0.2)),
      layer('encoder', 'fine', sample(0.6, 0.1)),
    ];
    expect(spectraVerdicts(result(...levels), vae).map(({ outcome }) => outcome)).toEqual([
      'does-not-hold',
      'does-not-hold',
      'undecidable',
    ]);
    expect(spectraVerdicts(result(), vae).map(({ outcome }) => outcome)).toEqual([
      'undecidable',
      'undecidable',
      'undecidable',
    ]);
  });

  it('without pictures are undecidable where the encoder is needed, and say why', () => {
    const verdicts = spectraVerdicts(withoutPictures(layer('decoder', 'fine', sample(0.8, 0.2))), vae);
    expect(verdicts.map(({ outcome, because }) => [outcome, because])).toEqual([
      ['undecidable', 'The encoder is left out.'],
      ['undecidable', 'The encoder is left out.'],
      ['holds', 'fine 80 % against 50 %: true at 1 of 1 levels.'],
    ]);
  });

  it('cannot be told where a level could not be measured, whatever the others say', () => {
    const verdicts = spectraVerdicts(
      result(
        layer('decoder', 'coarse', sample(0.8, 0.2)),
        layer('encoder', 'coarse', sample(0.6, 0.4)),
        layer('decoder', 'fine', sample(0.8, 0.2)),
        // Every map of the level is dead.
        layer('encoder', 'fine', null),
      ),
      vae,
    );
    expect(verdicts.map(({ outcome }) => outcome)).toEqual(['undecidable', 'undecidable', 'holds']);
    expect(verdicts[1]!.because).toBe(
      'coarse 0.400 against 0.200, fine none against 0.200: true at 1 of 2 levels.',
    );
  });

  it('have the numbers that they are decided by, and the seed of the model', () => {
    const [, wider] = spectraVerdicts(
      result(layer('decoder', 'fine', sample(0.8, 0.2)), layer('encoder', 'fine', sample(0.6, 0.4))),
      { kind: 'vae', seed: 7 },
    );
    expect(wider).toMatchObject({
      gate: false,
      seeds: [7],
      values: [
        { name: 'encoder fine: IQR', unit: null, perSeed: [0.4] },
        { name: 'decoder fine: IQR', unit: null, perSeed: [0.2] },
      ],
    });
  });

  it('of a DCGAN are about its generator and its discriminator', () => {
    const levels = [
      named('generator', layer('decoder', 'fine', sample(0.8, 0.2))),
      named('discriminator', layer('encoder', 'fine', sample(0.6, 0.4))),
    ];
    for (const { claim } of spectraVerdicts(result(...levels), { kind: 'dcgan', seed: 0 })) {
      expect(claim).toMatch(/generator/);
      expect(claim).not.toMatch(/coder/);
    }
    const [first] = trainingVerdicts({ error: [], participation: [], reconstruction: [] }, 'dcgan');
    expect(first!.because).toBe('A DCGAN has no encoder, so it reconstructs nothing.');
  });
});

describe('verdicts on training', () => {
  const outcomesOf = (error: RunCourse[], reconstruction: RunCourse[] = []): string[] =>
    trainingVerdicts({ error, participation: error, reconstruction }, 'vae').map(({ outcome }) => outcome);

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
    expect(outcomesOf([...plain(...three), ...spectral(...falling)], plain(...falling))).toEqual([
      'holds',
      'holds',
      'holds',
    ]);
    expect(outcomesOf([...plain(...falling), ...spectral(...three)], plain(...falling))).toEqual([
      'does-not-hold',
      'does-not-hold',
      'does-not-hold',
    ]);
    // Overshooting while reconstruction gets worse too is no overshooting of stretching alone.
    expect(outcomesOf(plain(...three), plain(...three))[0]).toBe('does-not-hold');
  });

  it('are undecidable with two seeds, with seeds that disagree, and with nothing to compare', () => {
    const two = trainingVerdicts(
      {
        error: [...plain([3], [3]), ...spectral([2], [2])],
        participation: [],
        reconstruction: [],
      },
      'vae',
    );
    expect(two[1]).toMatchObject({
      outcome: 'undecidable',
      because:
        'Spectral 2.00 (2.00 to 2.00), plain 3.00 (3.00 to 3.00). True of 2 of 2 seeds; fewer than 3 decide nothing.',
    });
    expect(two[2]).toMatchObject({ outcome: 'undecidable' });
    const mixed = trainingVerdicts(
      {
        error: [...plain([3], [3], [1]), ...spectral([2], [2], [2])],
        participation: [],
        reconstruction: [],
      },
      'vae',
    );
    expect(mixed[1]).toMatchObject({ outcome: 'undecidable' });
    expect(mixed[1]!.because).toMatch(/True of 2 of 3 seeds: the seeds disagree/);
    expect(outcomesOf([])).toEqual(['undecidable', 'undecidable', 'undecidable']);
  });

  it('compare a seed with itself at the last step that both have', () => {
    const [, verdict] = trainingVerdicts(
      {
        error: [...plain([5, 1]), ...spectral([2, 9, 9])],
        participation: [],
        reconstruction: [],
      },
      'vae',
    );
    expect(verdict!.because).toMatch(/^Spectral 9.00, plain 1.00/);
    expect(verdict!.reference).toBe('At 20 steps, the last that both have.');
  });

  it('tell seeds that could not be compared from those that could', () => {
    const late: RunCourse = { seed: 3, isSpectral: true, points: [{ step: 500, value: 1 }] };
    const [overshoot, error] = trainingVerdicts(
      {
        error: [...plain([3, 1], [3, 1], [3, 1], [3]), ...spectral([2, 2], [2, 2], [2, 2]), late],
        participation: [],
        reconstruction: plain([3, 1], [3, 1], [3, 1]),
      },
      'vae',
    );
    expect(error).toMatchObject({ outcome: 'does-not-hold', seeds: [0, 1, 2, 3] });
    expect(error!.values.map(({ perSeed }) => perSeed)).toEqual([
      [2, 2, 2, null],
      [1, 1, 1, null],
    ]);
    expect(error!.because).toMatch(/True of 0 of 3 seeds \(1 could not be measured\)\.$/);
    expect(overshoot!.values[0]!.perSeed).toEqual([1, 1, 1, null]);
  });
});
