import { describe, expect, it } from 'vitest';
import type { RunVerdict, SdrLevel, StretchingResult } from '../../../src/contract/analysis.ts';
import { hiddenLevels } from '../../../src/contract/levels.ts';
import type { Verdict } from '../../../src/contract/verdicts.ts';
import { spectraVerdicts } from '../../../src/engine/analysis/verdicts/spectraVerdicts.ts';
import { trainingVerdicts } from '../../../src/engine/analysis/verdicts/trainingVerdicts.ts';
import type { RunCourse } from '../../../src/engine/analysis/verdicts/trainingVerdicts.ts';
import { fig4Verdicts } from '../../../src/engine/experiments/fig4/claimsFig4.ts';
import { fig5Verdicts } from '../../../src/engine/experiments/fig5/claimsFig5.ts';
import { layer, result, sample } from '../../setup/spectra.ts';

/** What an experiment says of the claim that a page makes with the same words but for those named. */
function sameClaim(
  verdicts: readonly Verdict[],
  { claim }: RunVerdict,
  ...words: [string, string][]
): Verdict {
  const wanted = words.reduce((text, [page, experiment]) => text.replace(page, experiment), claim);
  const found = verdicts.find((verdict) => verdict.claim === wanted);
  if (found === undefined) throw new Error(`no experiment claims: ${wanted}`);
  return found;
}

/** A run's last measurement at the fine level, as the experiment of Figure 4 and as the page has it. */
interface Trained {
  seed: number;
  isSpectral: boolean;
  error: number;
}

const late = 3000;

function stretching(value: number): StretchingResult {
  const numbers = {
    error: value,
    normalisedError: value,
    uncroppedError: value,
    participationRatio: value / 10,
  };
  return {
    ...{ version: 1, axis: 'horizontal', factor: 1.5, samples: 64, cropped: 8, gradientEnergy: 1 },
    levels: hiddenLevels.map((level) => ({ level, ...numbers })),
  };
}

const trainings = (plain: readonly number[], spectral: readonly number[]): Trained[] => [
  ...plain.map((error, seed) => ({ seed, isSpectral: false, error })),
  ...spectral.map((error, seed) => ({ seed, isSpectral: true, error })),
];

describe('Figure 4’s claims on the numbers of the same runs', () => {
  it.each([
    { plain: [3, 3, 3], spectral: [2, 2.9, 1], outcome: 'holds' },
    { plain: [3, 3, 3], spectral: [3, 4, 5], outcome: 'does-not-hold' },
    { plain: [3, 3, 3], spectral: [2, 4, 2], outcome: 'undecidable' },
    { plain: [3, 3], spectral: [2, 2], outcome: 'undecidable' },
    { plain: [3, 3, 3, 3], spectral: [2, 2, 2], outcome: 'holds' },
  ])('plain $plain, spectral $spectral: $outcome on the page and in the experiment', (numbers) => {
    const runs = trainings(numbers.plain, numbers.spectral);
    const told = fig4Verdicts(
      {
        curves: runs.map(({ seed, isSpectral, error }) => ({
          ...{ seed, spectral: isSpectral },
          points: [{ step: late, stretching: stretching(error) }],
        })),
        ...{ moments: { early: 500, late }, far: undefined, sameBeginning: [] },
      },
      numbers.plain.map((_, seed) => seed),
    );
    const courses = (of: 'error' | 'participationRatio'): RunCourse[] =>
      runs.map(({ seed, isSpectral, error }) => {
        const value = stretching(error).levels.find(({ level }) => level === 'fine')![of];
        return { seed, isSpectral, points: [{ step: late, value }] };
      });
    const [, ...compared] = trainingVerdicts(
      { error: courses('error'), participation: courses('participationRatio'), reconstruction: [] },
      'vae',
    );
    expect(compared).toHaveLength(2);
    for (const verdict of compared) {
      const other = sameClaim(
        told,
        verdict,
        ['At the last step that both trainings have', 'At step 3,000'],
        ['plain training', 'classical training'],
      );
      expect([verdict.claim, verdict.outcome]).toEqual([verdict.claim, numbers.outcome]);
      expect([other.claim, other.outcome]).toEqual([other.claim, numbers.outcome]);
    }
  });
});

describe('Figure 5’s claim on the spread of both sides', () => {
  const levelsOf = (decoder: number, encoder: number | null): SdrLevel[] =>
    hiddenLevels.flatMap((level) => [
      layer('decoder', level, sample(0.5, decoder)),
      layer('encoder', level, encoder === null && level === 'fine' ? null : sample(0.5, encoder ?? 1)),
    ]);

  it.each([
    { decoder: 0.3, encoder: 0.9, outcome: 'holds' },
    { decoder: 0.3, encoder: 0.3, outcome: 'does-not-hold' },
    { decoder: 0.9, encoder: 0.3, outcome: 'does-not-hold' },
    { decoder: 0.3, encoder: null, outcome: 'undecidable' },
  ])('decoder $decoder, encoder $encoder: $outcome of a model, and of three alike', (numbers) => {
    const levels = levelsOf(numbers.decoder, numbers.encoder);
    const [, ofModel] = spectraVerdicts(result(...levels), { kind: 'vae', seed: 0 });
    const drawn = { result: result(), pairs: [] };
    const told = fig5Verdicts({
      measurement: {
        spectra: [0, 1, 2].map((seed) => ({ seed, spectral: false, levels })),
        drawn: { plain: drawn, spectral: undefined },
      },
      ...{
        seeds: [0, 1, 2],
        names: { decoder: 'decoder', encoder: 'encoder' },
        place: 'Fig. 5',
        gates: true,
      },
    });
    const ofSeeds = sameClaim(
      told,
      ofModel!,
      ['At every level', 'At every hidden level'],
      ['range).', 'range), in every seed.'],
    );
    expect([ofModel!.outcome, ofSeeds.outcome]).toEqual([numbers.outcome, numbers.outcome]);
  });
});
