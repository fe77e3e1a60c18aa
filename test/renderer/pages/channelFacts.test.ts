import { describe, expect, it, vi } from 'vitest';
import type { ModulesOverview } from '../../../src/contract/channels.ts';
import { stabilityByChance } from '../../../src/contract/modules.ts';
import { dataNotHere } from '../../../src/contract/runFiles.ts';
import {
  areAllByChance,
  candidateOf,
  faceName,
  pictureRefusal,
  hairAmong,
  shownCount,
  sorted,
  sourceOfName,
  standingOut,
  whereTheyAre,
} from '../../../src/renderer/pages/channels/channelFacts.ts';
import { withNames } from '../../../src/renderer/pages/channels/useNames.ts';
import type { NamedModule } from '../../../src/renderer/pages/channels/useNames.ts';

vi.mock('../../../src/renderer/api/api.ts', () => ({ api: {}, connection: {} }));

const moduleOf = (letter: string, name: string | null, channels: number[]): NamedModule => ({
  ...{
    letter,
    name,
    channels,
    stability: 1,
    influence: 1,
    score: null,
    given: null,
    isHair: name === 'hair',
  },
});

describe('channels of a page', () => {
  it('expects of chance what two random choices of half the channels share: a third', () => {
    // |A ∩ B| = N/4 and |A ∪ B| = 3N/4 on average for halves
    expect(stabilityByChance(16, 32)).toBeCloseTo(1 / 3, 12);
    expect(stabilityByChance(32, 32)).toBe(1);
    expect(stabilityByChance(3, 0)).toBe(0);
  });

  it('lets stand out only what changes a region twice as much as the rest, and not by a trifle', () => {
    const rank = (
      channel: number,
      inside: number,
      outside: number,
    ): Parameters<typeof standingOut>[0][number] => ({
      ...{ channel, inside, outside, share: 0 },
    });
    const ranks = [rank(0, 10, 5), rank(1, 10, 5.1), rank(2, 2, 0.1), rank(3, 1.9, 0.1), rank(4, 0, 0)];
    expect(standingOut(ranks).map(({ channel }) => channel)).toEqual([0, 2]);
    expect(standingOut([])).toEqual([]);
  });

  it('stand in the order asked for', () => {
    const strengths = [1, 4, 2, 3];
    const modules = [moduleOf('A', null, [0, 2]), moduleOf('B', null, [1])];
    expect(sorted('number', strengths, modules, null)).toEqual([0, 1, 2, 3]);
    expect(sorted('effect', strengths, modules, null)).toEqual([1, 3, 2, 0]);
    expect(sorted('module', strengths, modules, null)).toEqual([2, 0, 1, 3]);
    expect(sorted('paint', strengths, modules, [3, 0])).toEqual([3, 0, 1, 2]);
  });

  it('are said to be where most of them are', () => {
    const modules = [moduleOf('A', 'face', [1, 2]), moduleOf('B', 'hair', [3, 4, 5])];
    expect(whereTheyAre([3, 4], modules)).toBe('All are in Hair.');
    expect(whereTheyAre([2, 3, 4], modules)).toBe('2 of them are in Hair.');
    expect(whereTheyAre([9], modules)).toBe('');
  });

  it('are shown first in the number of modules that the hair module is one of, as on Intervene', () => {
    const of = (count: number, name: string) => ({
      ...{ count, agreement: 1, agreementDeviation: 0, consistency: 1, overlap: 0 },
      modules: [moduleOf('A', 'face', [1]), moduleOf('B', name, [2, 3])],
    });
    const candidates = [of(2, 'hair'), of(3, 'hair')];
    const overview: ModulesOverview = {
      ...{ level: 'fine', step: 1, pairs: 64, channels: 4, count: 2, unassigned: [], file: null, candidates },
      hair: { count: 3, letter: 'B' },
    };
    expect([shownCount(overview), candidateOf(overview, null).count]).toEqual([3, 3]);
    const named = withNames(candidateOf(overview, null), overview.hair, [{ channels: [1], name: 'fringe' }]);
    expect(named.map(({ given, isHair }) => [given, isHair])).toEqual([
      ['fringe', false],
      [null, true],
    ]);
    expect(hairAmong(named)?.letter).toBe('B');
    // Another number of modules has none that FluoHair takes: the best that masks call hair stands in.
    const others = withNames(candidateOf(overview, 2), overview.hair, []);
    expect([others.some(({ isHair }) => isHair), hairAmong(others)?.letter]).toEqual([false, 'B']);
    expect(shownCount({ ...overview, hair: null })).toBe(2);
  });

  it('say where their name is from', () => {
    const hair = { name: 'hair', letter: 'B', score: 0.7123 };
    expect(sourceOfName(hair)).toBe('named by hair mask (0.71)');
    const given = { ...hair, given: 'fringe' };
    expect(sourceOfName(given)).toBe('named by you; hair mask (0.71)');
    const nameless = { name: null, letter: 'C', score: null };
    expect(sourceOfName(nameless)).toBe('no mask fits it');
    expect(sourceOfName({ ...nameless, given: 'x' })).toBe('named by you; no mask fits it');
  });

  it('are groups of chance where none is steadier than random channels', () => {
    const module = moduleOf('A', null, [0, 1]);
    // Two of four by chance: 2 / (2 · 4 − 2) = 1/3
    expect(areAllByChance([{ ...module, stability: 1 / 3 }], 4)).toBe(true);
    expect(
      areAllByChance(
        [
          { ...module, stability: 0.34 },
          { ...module, stability: 0.1 },
        ],
        4,
      ),
    ).toBe(false);
  });

  it('are shown on faces of seeds or of the data, where the model can take these in', () => {
    expect([faceName(7), faceName({ picture: 12 })]).toEqual(['seed 7', 'picture 12 of the data']);
    expect(pictureRefusal({ kind: 'vae' }, '/faces')).toBeNull();
    expect(pictureRefusal({ kind: 'dcgan' }, '/faces')).toContain('no encoder');
    expect(pictureRefusal({ kind: 'vae' }, dataNotHere)).toContain('not on this computer');
  });
});
