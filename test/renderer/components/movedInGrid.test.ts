import { describe, expect, it } from 'vitest';
import { movedInGrid } from '../../../src/renderer/components/movedInGrid.ts';

/** Seven places in rows of three: 0 1 2, 3 4 5, 6. */
const from = (at: number, key: string): number | undefined => movedInGrid(key, at, 3, 7);

describe('keys in a grid', () => {
  it('move by one, by a row, and to the ends', () => {
    expect(
      ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'].map((key) => from(3, key)),
    ).toEqual([2, 4, 0, 6, 0, 6]);
  });

  it('stay where they would lead out of it', () => {
    expect([from(0, 'ArrowLeft'), from(1, 'ArrowUp'), from(4, 'ArrowDown'), from(6, 'ArrowRight')]).toEqual([
      0, 1, 4, 6,
    ]);
  });

  it('move nothing where they are others, so that the page gets them', () => {
    expect([from(3, 'Tab'), from(3, ' '), from(3, 'a')]).toEqual([undefined, undefined, undefined]);
  });
});
