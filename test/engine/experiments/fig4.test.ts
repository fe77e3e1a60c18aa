import { describe, expect, it } from 'vitest';
import type { StretchingResult } from '../../../src/contract/analysis.ts';
import { hiddenLevels } from '../../../src/contract/levels.ts';
import { fig4Verdicts } from '../../../src/engine/experiments/fig4/claimsFig4.ts';
import { measuredAt, stepsToMeasure } from '../../../src/engine/experiments/fig4/measureFig4.ts';
import type { Curve, Fig4Measurement } from '../../../src/engine/experiments/fig4/measureFig4.ts';
import { paper } from '../../paper/requirements.ts';

function stretched(error: number): StretchingResult {
  return {
    version: 1,
    axis: 'horizontal',
    factor: 1.5,
    samples: 64,
    cropped: 8,
    gradientEnergy: 1,
    levels: hiddenLevels.map((level) => ({
      level,
      error,
      normalisedError: error,
      uncroppedError: error,
      participationRatio: error,
    })),
  };
}

/** Errors of one training at steps 500 and 3,000. */
function curve(seed: number, spectral: boolean, early: number, late: number): Curve {
  return {
    seed,
    spectral,
    points: [
      { step: 500, stretching: stretched(early) },
      { step: 3000, stretching: stretched(late) },
    ],
  };
}

/** Three seeds whose classical error is multiplied by `growth`, the spectral one by half of that. */
function measurement(growth: readonly number[]): Fig4Measurement {
  return {
    curves: growth.flatMap((factor, seed) => [
      curve(seed, false, 0.1, 0.1 * factor),
      curve(seed, true, 0.1, 0.05 * factor),
    ]),
    moments: { early: 500, late: 3000 },
    far: undefined,
    sameBeginning: growth.map(() => true),
  };
}

describe(`${paper('fig-4')} fig4Verdicts`, () => {
  const outcomes = (growth: readonly number[]): string[] =>
    fig4Verdicts(
      measurement(growth),
      growth.map((_, seed) => seed),
    ).map(({ outcome }) => outcome);

  it('growth and the spectral step’s help hold where every seed has them', () => {
    expect(outcomes([2, 3, 4])).toEqual(Array.from({ length: 10 }, () => 'holds'));
  });

  it('a falling error is no growth, and seeds that disagree decide nothing', () => {
    expect(outcomes([0.5, 0.4, 0.3])[0]).toBe('does-not-hold');
    expect(outcomes([2, 3, 0.4])[0]).toBe('undecidable');
    expect(outcomes([2, 3])[0]).toBe('undecidable');
  });

  it('the numbers beside a verdict are the measured ones', () => {
    const [first] = fig4Verdicts(measurement([2, 3, 4]), [0, 1, 2]);
    expect(first?.values.map(({ perSeed }) => perSeed)).toEqual([
      [0.2, 0.3, 0.4].map((value) => expect.closeTo(value, 12) as number),
      [0.1, 0.1, 0.1],
    ]);
    expect(first?.because).toContain('3.00 (2.00 to 4.00) times');
  });
});

it('measures every step of the scale that both runs have, and a few beyond, with the last', () => {
  const plain = Array.from({ length: 41 }, (_, index) => index * 500);
  const spectral = plain.filter((step) => step <= 18_000);
  const steps = stepsToMeasure(plain, spectral, 3000);
  expect(steps.slice(0, 6)).toEqual([500, 1000, 1500, 2000, 2500, 3000]);
  expect(steps.at(-1)).toBe(18_000);
  expect(steps.length).toBeLessThanOrEqual(18);
});

it('says null where a step was not measured', () => {
  const { curves } = measurement([2]);
  expect(measuredAt(curves, { seed: 0, spectral: false, step: 1000, level: 'fine' })).toBeNull();
  expect(measuredAt(curves, { seed: 0, spectral: true, step: 500, level: 'fine' })?.error).toBe(0.1);
});
