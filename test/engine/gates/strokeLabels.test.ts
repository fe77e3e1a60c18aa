import { describe, expect, it } from 'vitest';
import { labelsOfStrokes, unknownLabel } from '../../../src/engine/gates/strokeLabels.ts';

function painted(labels: Uint8Array, label: number): number[] {
  return [...labels.keys()].filter((at) => labels[at] === label);
}

describe('labelsOfStrokes', () => {
  it('paints pixels whose centres are within half the width of the line', () => {
    const labels = labelsOfStrokes(
      [
        {
          isPart: true,
          width: 1,
          points: [
            [1.5, 2.5],
            [4.5, 2.5],
          ],
        },
      ],
      8,
    );
    expect(painted(labels, 1)).toEqual([17, 18, 19, 20]);
    expect(painted(labels, unknownLabel)).toHaveLength(60);
    const wide = labelsOfStrokes([{ isPart: false, width: 4, points: [[4, 4]] }], 8);
    // Centres within 2 of (4, 4): the twelve of a 4 × 4 square without its corners.
    expect(painted(wide, 0)).toEqual([19, 20, 26, 27, 28, 29, 34, 35, 36, 37, 43, 44]);
  });

  it('a dot thinner than a pixel paints the pixel it is in; what lies outside is cut off', () => {
    const labels = labelsOfStrokes([{ isPart: true, width: 0.1, points: [[3.1, 5.9]] }], 8);
    expect(painted(labels, 1)).toEqual([43]);
    expect(painted(labelsOfStrokes([{ isPart: true, width: 2, points: [[-4, 3]] }], 8), 1)).toEqual([]);
  });

  it('a later stroke counts where two overlap', () => {
    const line = {
      width: 1,
      points: [
        [0.5, 0.5],
        [7.5, 0.5],
      ] as [number, number][],
    };
    const labels = labelsOfStrokes(
      [
        { isPart: true, ...line },
        {
          isPart: false,
          width: 1,
          points: [
            [2.5, 0.5],
            [3.5, 0.5],
          ],
        },
      ],
      8,
    );
    expect([...labels.subarray(0, 8)]).toEqual([1, 1, 0, 0, 1, 1, 1, 1]);
  });
});
