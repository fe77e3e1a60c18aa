import { expect, it } from 'vitest';
import {
  cellOfExamples,
  cellOfMaps,
  sizesOfPairs,
} from '../../../../src/renderer/pages/analyse/pictureSizes.ts';

it('draws pairs twice as large where four and their ratio have room', () => {
  expect(sizesOfPairs(0)).toEqual({ cell: 64, taps: 60 });
  // 4 × (128 + 16) + 80
  expect(sizesOfPairs(655)).toEqual({ cell: 64, taps: 60 });
  expect(sizesOfPairs(656)).toEqual({ cell: 128, taps: 125 });
});

it('draws filters of 5 × 5 at whole multiples', () => {
  expect([sizesOfPairs(0).taps % 5, sizesOfPairs(2000).taps % 5]).toEqual([0, 0]);
});

it('draws three difference maps beside their facts, from × 2 to × 4', () => {
  // 3 × (cell + 104) + 2 × 24
  expect([0, 935, 936, 1128, 4000].map(cellOfMaps)).toEqual([128, 128, 192, 256, 256]);
});

it('draws examples as large as a row of them has room for, at most × 3', () => {
  // 128 + 6 × (cell + 8)
  expect([0, 943, 944, 1328, 4000].map((width) => cellOfExamples(width, 6))).toEqual([64, 64, 128, 192, 192]);
});
