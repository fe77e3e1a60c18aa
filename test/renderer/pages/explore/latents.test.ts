import { describe, expect, it } from 'vitest';
import { between } from '../../../../src/renderer/pages/explore/latents.ts';

describe('between two latents', () => {
  it('begins and ends at them', () => {
    expect(between([1, 2, 3], [-2, 0, 1], 0)).toEqual([1, 2, 3]);
    between([1, 2, 3], [-2, 0, 1], 1).forEach((value, at) => {
      expect(value).toBeCloseTo([-2, 0, 1][at]!, 12);
    });
  });

  it('stays on the circle of two unit vectors: half-way between right angles lies 45°', () => {
    const [x, y] = between([1, 0], [0, 1], 0.5);
    expect(x).toBeCloseTo(Math.SQRT1_2, 12);
    expect(y).toBeCloseTo(Math.SQRT1_2, 12);
  });

  it('is straight where there is no arc: the same direction, opposite ones, and the middle', () => {
    expect(between([1, 1], [3, 3], 0.5)).toEqual([2, 2]);
    expect(between([1, 0], [-1, 0], 0.5)).toEqual([0, 0]);
    expect(between([0, 0], [2, 4], 0.25)).toEqual([0.5, 1]);
  });
});
