import { describe, expect, it } from 'vitest';
import {
  fitGrid,
  layoutGrid,
  layoutPage,
  layoutRow,
  layoutWithFaces,
} from '../../../src/renderer/components/pictureLayout.ts';

const shape = { count: 36, side: 64, gap: 2 };

describe('a grid of pictures', () => {
  it('takes the largest whole multiple at which all have room', () => {
    // 9 pictures of 128 and gaps of 2 are 1,168 wide; 4 rows are 518 high.
    expect(fitGrid({ width: 1168, height: 518 }, shape)).toEqual({
      columns: 9,
      scale: 2,
      cell: 128,
      width: 1168,
      height: 518,
    });
    expect(fitGrid({ width: 1168, height: 517 }, shape)?.scale).toBe(1);
  });
  it('never takes a multiple above the most', () => {
    const one = { count: 1, side: 64, gap: 2 };
    expect(fitGrid({ width: 2000, height: 2000 }, one)?.scale).toBe(4);
    expect(fitGrid({ width: 2000, height: 2000 }, { ...one, most: 12 })?.scale).toBe(12);
  });
  it('leaves no column that the last rows do not need', () => {
    // 17 would fit beside each other; 3 rows need 12.
    expect(fitGrid({ width: 1122, height: 230 }, shape)).toMatchObject({
      columns: 12,
      width: 790,
      height: 196,
    });
  });
  it('counts the room for names', () => {
    const named = { count: 4, side: 64, gap: 8, below: 20 };
    expect(fitGrid({ width: 264, height: 304 }, named)).toMatchObject({ scale: 2, columns: 2, height: 304 });
    expect(fitGrid({ width: 264, height: 303 }, named)).toMatchObject({ scale: 1 });
  });
  it('is scrolled at its own pixels where not all fit', () => {
    expect(fitGrid({ width: 394, height: 200 }, shape)).toBeNull();
    expect(layoutGrid({ width: 394, height: 200 }, shape)).toMatchObject({
      scale: 1,
      columns: 6,
      height: 394,
    });
    expect(layoutGrid({ width: 10, height: 10 }, shape)).toMatchObject({ scale: 1, columns: 1 });
  });
});

describe('a grid with two large pictures', () => {
  it('covers as much of the room as pictures can', () => {
    // 394 + 24 + 192 wide: two of 256 below each other would need 522 px of height.
    expect(layoutWithFaces({ width: 784, height: 486 }, shape)).toMatchObject({
      grid: { columns: 6, scale: 1 },
      faces: { cell: 192, isStacked: true },
      width: 610,
      height: 394,
    });
    // 8 columns of 128 and two of 192.
    expect(layoutWithFaces({ width: 1264, height: 666 }, shape)).toMatchObject({
      grid: { columns: 8, scale: 2 },
      faces: { cell: 192, isStacked: true },
    });
  });
  it('leaves no picture alone in a last row', () => {
    // 5 columns would have room beside two of 256, with one picture in the eighth row.
    expect(layoutWithFaces({ width: 622, height: 540 }, shape)).toMatchObject({
      grid: { columns: 6 },
      faces: { cell: 192 },
    });
  });
  it('never leaves the room where it fits', () => {
    for (let width = 560; width < 2200; width += 37) {
      for (let height = 400; height < 1400; height += 41) {
        const found = layoutWithFaces({ width, height }, shape);
        expect(found.width).toBeLessThanOrEqual(width);
        expect(found.height).toBeLessThanOrEqual(height);
      }
    }
  });
  it('is scrolled where it does not', () => {
    expect(layoutWithFaces({ width: 610, height: 100 }, shape)).toMatchObject({
      grid: { columns: 6, scale: 1 },
      faces: { cell: 192 },
    });
  });
});

it('a row has as many pictures as its multiple leaves room for', () => {
  const row = { side: 64, gap: 2, least: 7 };
  expect(layoutRow({ width: 1294, height: 228 }, row)).toEqual({ count: 9, cell: 128 });
  expect(layoutRow({ width: 1294, height: 100 }, row)).toEqual({ count: 19, cell: 64 });
  expect(layoutRow({ width: 300, height: 300 }, row)).toEqual({ count: 7, cell: 64 });
});

it('a page has as many pictures as there is room for, and one at least', () => {
  const many = { side: 64, gap: 8, below: 18 };
  // 6 of 128 and 5 gaps are 808 wide; 4 rows of 146 and 3 gaps are 608 high.
  expect(layoutPage({ width: 808, height: 608 }, { ...many, scale: 2 })).toEqual({
    columns: 6,
    count: 24,
    cell: 128,
    columnGap: 8,
  });
  expect(layoutPage({ width: 807, height: 607 }, { ...many, scale: 2 })).toMatchObject({
    columns: 5,
    count: 15,
    columnGap: 41,
  });
  expect(layoutPage({ width: 0, height: 0 }, { ...many, scale: 4 })).toMatchObject({
    columns: 1,
    count: 1,
    cell: 256,
  });
});
