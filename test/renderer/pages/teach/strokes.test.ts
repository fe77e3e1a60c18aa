import { describe, expect, it } from 'vitest';
import type { Stroke } from '../../../../src/contract/gates.ts';
import {
  applied,
  extended,
  inPicture,
  movedBrush,
  pathOf,
} from '../../../../src/renderer/pages/teach/strokes.ts';
import type { Gesture } from '../../../../src/renderer/pages/teach/strokes.ts';

const across: Stroke = {
  isPart: true,
  width: 2,
  points: [
    [10, 20],
    [30, 20],
  ],
};
const eraser = (points: Gesture['points'], width = 4): Gesture => ({ tool: 'eraser', width, points });

describe('a gesture', () => {
  it('keeps the points that say something new, within the picture', () => {
    const begun: Gesture = { tool: 'part', width: 3, points: [[5, 5]] };
    const gone = [
      [5.1, 5.1],
      [6, 5],
    ] as const;
    expect(gone.reduce(extended, begun).points).toEqual([
      [5, 5],
      [6, 5],
    ]);
    expect([inPicture([-3, 80]), inPicture([1.2345, 63.999])]).toEqual([
      [0, 64],
      [1.23, 64],
    ]);
  });

  it('ends as a stroke of its brush, on the part or beside it', () => {
    const points = [[3, 4] as const];
    expect(applied([across], { tool: 'part', width: 3, points })).toEqual([
      across,
      { isPart: true, width: 3, points: [[3, 4]] },
    ]);
    expect(applied([], { tool: 'rest', width: 5, points })).toEqual([
      { isPart: false, width: 5, points: [[3, 4]] },
    ]);
    expect(applied([across], { tool: 'part', width: 3, points: [] })).toEqual([across]);
  });
});

describe('the eraser', () => {
  it('cuts a stroke so that nothing under it stays painted', () => {
    const left = applied([across], eraser([[20, 20]]));
    // Radius 2 and half the stroke's width: what remains keeps 3 pixels away from the eraser's centre.
    expect(left.map(({ points }) => [points.at(0), points.at(-1)])).toEqual([
      [
        [10, 20],
        [17, 20],
      ],
      [
        [23, 20],
        [30, 20],
      ],
    ]);
    expect(left.every(({ isPart, width }) => isPart && width === 2)).toBe(true);
  });

  it('leaves alone what it does not touch, to the object', () => {
    const strokes = [across];
    expect(applied(strokes, eraser([[20, 23.1]]))[0]).toBe(across);
  });

  it('takes a stroke away when it goes along all of it', () => {
    expect(
      applied(
        [across],
        eraser([
          [8, 20],
          [32, 20],
        ]),
      ),
    ).toEqual([]);
  });
});

describe('a stroke on the screen', () => {
  it('is a line through its points, and a dot where there is one', () => {
    expect([pathOf(across.points), pathOf([[3, 4]]), pathOf([])]).toEqual([
      'M10 20L30 20',
      'M3 4L3.01 4',
      '',
    ]);
  });

  it('follows the arrow keys by a pixel, with Shift by eight, and stops at the border', () => {
    expect([
      movedBrush('ArrowLeft', false, [10, 10]),
      movedBrush('ArrowDown', true, [10, 10]),
      movedBrush('ArrowUp', true, [10, 3]),
      movedBrush('a', false, [10, 10]),
    ]).toEqual([[9, 10], [10, 18], [10, 0], undefined]);
  });
});
