import { describe, expect, it } from 'vitest';
import { fig1Verdicts } from '../../../../src/engine/experiments/fig1/claimsFig1.ts';
import type { MarkedHair, MeasuredFluoHair } from '../../../../src/engine/experiments/fig1/measureFig1.ts';
import { measuredMaps } from '../../../../src/engine/experiments/fig1/measureFig1.ts';
import { portraitGroups } from '../../../../src/engine/experiments/fig1/measurePortraits.ts';
import type { PortraitGroup } from '../../../../src/engine/experiments/fig1/measurePortraits.ts';
import { paper } from '../../../paper/requirements.ts';

const edges = measuredMaps.map(({ name: map }) => ({ map, edgesInside: 0.9, edgesOutside: 0.95 }));
const module = {
  ...{ letter: 'a', channels: [1, 2], region: new Float32Array(4), stability: 1, influence: 1 },
  ...{ name: 'hair', score: 0.9 },
};
const chosen = { count: 4, module, score: 0.9, inside: 0.6, outside: 0.1 };

function measured(seed: number, marked: MarkedHair | undefined): MeasuredFluoHair {
  return {
    ...{ seed, hair: { chosen, weak: false, rejected: [] }, faces: 8, marked, fineMapsIdentical: true },
    untold: undefined,
    region: edges.map((each) => ({ ...each, inside: 0.6, outside: 0.1 })),
  };
}

/** @param ratio hair ÷ any other region in each group */
function onPhotographs(ratio: Record<PortraitGroup, number>): MarkedHair {
  const changes = {
    ...{ faces: 8, inside: ratio.all, outside: 1, face: 1, ratioOutside: ratio.all, ratioFace: ratio.all },
    ...{ bald: 0, tooSmall: 0, groups: [] },
  };
  return {
    ...{ source: 'masks', faces: 8, edges },
    fluoHair: {
      ...{ faces: 8, channels: [1, 2], moduleOnSameFaces: ratio.all, fineMapsIdentical: true },
      measurements: measuredMaps.map((each) => ({ ...each, measured: changes })),
      random: { sets: 40, median: 1, ninetieth: 2, faces: 8 },
    },
    portraits: measuredMaps.map(({ name: map }) => ({
      map,
      changes: portraitGroups.map((group) => ({
        ...{ group, faces: 8, inside: ratio[group], other: { elsewhere: 1, face: 1, border: 1 } },
        ratio: { elsewhere: ratio[group], face: ratio[group], border: ratio[group] },
      })),
    })),
  };
}

const seeds = [0, 1, 2];
const good = { all: 4, 'dark hair': 5, 'light hair': 3, 'dark background': 3 };

describe(`${paper('fig-1')} on photographs`, () => {
  it('without regions what needs them is not measured, and says so; the module’s own region is measured', () => {
    const told = fig1Verdicts(seeds.map((seed) => measured(seed, undefined)));
    const notMeasured = told.filter(({ because }) => because.startsWith('Not measured: nothing says'));
    const others = told.filter((verdict) => !notMeasured.includes(verdict));
    expect(notMeasured.map(({ outcome }) => outcome)).toEqual(notMeasured.map(() => 'undecidable'));
    expect(others.map(({ claim }) => /own region|fine level/.test(claim))).toEqual([true, true, true]);
    expect(others.map(({ outcome }) => outcome)).toEqual(['holds', 'holds', 'holds']);
    expect(notMeasured.map(({ claim }) => claim)).toEqual(
      fig1Verdicts(seeds.map((seed) => measured(seed, onPhotographs(good))))
        .map(({ claim }) => claim)
        .filter((claim) => !claim.includes('fine level')),
    );
  });

  it('with regions each is decided by its own numbers', () => {
    const outcomes = (ratio: typeof good): string[] =>
      fig1Verdicts(seeds.map((seed) => measured(seed, onPhotographs(ratio)))).map(
        ({ claim, outcome }) => `${outcome}: ${claim.slice(0, 60)}`,
      );
    expect(outcomes(good).filter((told) => !told.startsWith('holds'))).toEqual([]);
    expect(outcomes({ ...good, 'light hair': 1.9 }).filter((told) => !told.startsWith('holds'))).toEqual([
      'does-not-hold: With g = −I dark hair and light hair alike change at least t',
    ]);
    expect(outcomes({ ...good, 'dark background': 1.9 }).filter((told) => !told.startsWith('holds'))).toEqual(
      ['does-not-hold: With g = −I the hair changes at least twice as much as the b'],
    );
    expect(outcomes({ ...good, all: 1.9 }).filter((told) => told.startsWith('does-not-hold'))).toHaveLength(
      5,
    );
  });

  it('seeds on which regions could not be had are counted as not measured', () => {
    const told = fig1Verdicts([
      measured(0, onPhotographs(good)),
      measured(1, undefined),
      measured(2, undefined),
    ]);
    expect(told[0]).toMatchObject({ outcome: 'undecidable' });
    expect(told[0]!.because).toContain('(2 could not be measured)');
  });
});
