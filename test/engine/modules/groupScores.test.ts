import { expect, it } from 'vitest';
import {
  bestPart,
  cutLike,
  groupingAgreement,
  groupRegions,
  partsApart,
  randomGroups,
  regionAgreement,
  scoreRegion,
} from '../../../src/engine/modules/groupScores.ts';
import type { KnownPart } from '../../../src/engine/modules/groupScores.ts';

/** 4 × 4 pixels: the part is the left half in one face and the left column in the other. */
const half = [1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0];
const column = [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0];
const mean = half.map((value, at) => (value + column[at]!) / 2);
const left: KnownPart = { name: 'left', mean, masks: Uint8Array.from([...half, ...column]) };
const right: KnownPart = {
  name: 'right',
  mean: half.map((value) => 1 - value),
  masks: Uint8Array.from(half.map((value) => 1 - value)),
};

it('cuts as many pixels as the part has, the strongest first', () => {
  // The mean mask is 1 in the left column and one half in the next: eight pixels count.
  const region = Float64Array.from({ length: 16 }, (_, at) => at);
  expect([...cutLike(region, mean)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1]);
});

it('scores a region by hand-counted pixels', () => {
  // The cut is the left half. Face 1: 8 of 8 and 8 of 8; face 2: 4 of 8 in the mask, 4 of 4 found.
  expect(scoreRegion(half, left)).toEqual({ part: 'left', overlap: 1, precision: 0.75, recall: 1 });
  expect(bestPart(half, [right, left]).part).toBe('left');
  // A face that lacks the part counts in neither mean.
  const without = { ...left, masks: Uint8Array.from([...half, ...half.map(() => 0)]) };
  expect(scoreRegion(half, without)).toMatchObject({ precision: 1, recall: 1 });
});

it('gives each part one group: two alike groups do not both count', () => {
  const opposite = half.map((value) => 1 - value);
  expect(partsApart([half, opposite], [left, right])).toEqual({ score: 1, byPart: [1, 1] });
  // Both regions are the left half, so that the right one overlaps nothing.
  expect(partsApart([half, half], [left, right]).score).toBe(0.5);
  // One group for two parts: the other counts 0.
  expect(partsApart([opposite], [left, right])).toEqual({ score: 0.5, byPart: [0, 1] });
});

it('gives a group its share of what all groups change', () => {
  const flat = new Float64Array(16).fill(2);
  const [one, other] = groupRegions([flat, flat.map((value) => 3 * value)], [[0], [1]], 4);
  // Closed form: 2 / (2 + 6) everywhere.
  for (let at = 0; at < 16; at++) {
    expect(one![at]).toBeCloseTo(0.25, 12);
    expect(other![at]).toBeCloseTo(0.75, 12);
  }
  expect([...groupRegions([new Float64Array(16)], [[0]], 4)[0]!]).toEqual(new Array(16).fill(0));
});

it('deals channels into groups of the sizes asked for, others with each draw', () => {
  const channels = [0, 2, 3, 5, 7, 8];
  const groups = randomGroups(channels, [3, 2, 1], 1, 0);
  expect(groups.map((group) => group.length)).toEqual([3, 2, 1]);
  expect(groups.flat().sort((a, b) => a - b)).toEqual(channels);
  expect(randomGroups(channels, [3, 2, 1], 1, 0)).toEqual(groups);
  const draws = Array.from({ length: 20 }, (_, draw) =>
    JSON.stringify(randomGroups(channels, [3, 2, 1], 1, draw)),
  );
  expect(new Set(draws).size).toBeGreaterThan(10);
});

it('has the adjusted Rand index of Hubert and Arabie', () => {
  expect(
    groupingAgreement(
      [
        [0, 1],
        [2, 3],
      ],
      [
        [2, 3],
        [0, 1],
      ],
    ),
  ).toBe(1);
  // By hand, {0,1,2}{3,4,5} with {0,1}{2,3}{4,5}: pairs together in both 2, in one 6, in the other 3, of 15;
  // (2 − 18/15) / (4.5 − 18/15) = 8/33.
  expect(
    groupingAgreement(
      [
        [0, 1, 2],
        [3, 4, 5],
      ],
      [
        [0, 1],
        [2, 3],
        [4, 5],
      ],
    ),
  ).toBeCloseTo(8 / 33, 12);
  // Channel 9 is only in one of them and is left out.
  expect(
    groupingAgreement(
      [
        [0, 1],
        [2, 3, 9],
      ],
      [
        [0, 1],
        [2, 3],
      ],
    ),
  ).toBe(1);
  expect(groupingAgreement([[0, 1, 2]], [[0, 1, 2]])).toBeNull();
});

it('matches the regions of two models before it compares them', () => {
  const opposite = half.map((value) => 1 - value);
  expect(regionAgreement([half, opposite], [opposite, half])).toBeCloseTo(1, 12);
  expect(regionAgreement([half], [opposite, half])).toBeCloseTo(1, 12);
});
