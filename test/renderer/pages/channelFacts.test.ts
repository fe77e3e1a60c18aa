import { describe, expect, it } from 'vitest';
import {
  isByChance,
  sorted,
  sourceOfName,
  stabilityByChance,
  standingOut,
  titleOf,
  whereTheyAre,
} from '../../../src/renderer/pages/channels/channelFacts.ts';

const moduleOf = (
  letter: string,
  name: string | null,
  channels: number[],
): Parameters<typeof whereTheyAre>[1][number] => ({
  ...{ letter, name, channels, stability: 1, influence: 1, score: null },
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

  it('stand under the name a person gave, with where the other is from', () => {
    const hair = { name: 'hair', letter: 'B', score: 0.7123 };
    expect([titleOf(hair), sourceOfName(hair)]).toEqual(['Hair', 'named by hair mask (0.71)']);
    const given = { ...hair, given: 'fringe' };
    expect([titleOf(given), sourceOfName(given)]).toEqual(['fringe', 'named by you; hair mask (0.71)']);
    const nameless = { name: null, letter: 'C', score: null };
    expect([titleOf(nameless), sourceOfName(nameless)]).toEqual(['Module C', 'no mask fits it']);
    expect(sourceOfName({ ...nameless, given: 'x' })).toBe('named by you; no mask fits it');
  });

  it('are groups of chance where none is steadier than random channels', () => {
    const module = moduleOf('A', null, [0, 1]);
    // Two of four by chance: 2 / (2 · 4 − 2) = 1/3
    expect(isByChance([{ ...module, stability: 1 / 3 }], 4)).toBe(true);
    expect(
      isByChance(
        [
          { ...module, stability: 0.34 },
          { ...module, stability: 0.1 },
        ],
        4,
      ),
    ).toBe(false);
  });
});
