import { expect, it } from 'vitest';
import { changeByRegion, meanChange } from '../../../src/engine/interventions/changeByRegion.ts';

/** Two pictures of 2 × 2 pixels; each colour of a pixel changes by the number given, up or down. */
function pairOf(...changes: number[]): Parameters<typeof changeByRegion>[0] {
  const before = new Float32Array(changes.length * 3).fill(0.25);
  const after = before.map((value, at) => value + changes[Math.floor(at / 3)]! * (at % 2 === 0 ? 1 : -1));
  return { before, after, size: 2 };
}

const pair = pairOf(0.5, 0.25, 0, 0.125, 0, 0, 1, 0.25);

it('adds up magnitudes over the pixels and colours of a region, picture by picture', () => {
  // By hand, three colours a pixel: 3 (1/2 + 1/8) and 3 (0 + 1/4).
  expect(changeByRegion(pair, [1, 0, 0, 1])).toEqual([
    { sum: 1.875, pixels: 2 },
    { sum: 0.75, pixels: 2 },
  ]);
  expect(changeByRegion(pair, [1, 0, 0, 1, 0, 0, 1, 0])).toEqual([
    { sum: 1.875, pixels: 2 },
    { sum: 3, pixels: 1 },
  ]);
});

it('counts a pixel by its weight', () => {
  // 3 (1/2 · 1/2 + 1/4 · 1/8) and 3 · 1/4 · 1/4, over weights of 3/4.
  expect(changeByRegion(pair, [0.5, 0, 0, 0.25])).toEqual([
    { sum: 0.84375, pixels: 0.75 },
    { sum: 0.1875, pixels: 0.75 },
  ]);
});

it('takes the mean over all pixels alike, whatever picture they are of; there is none without pixels', () => {
  // (1/2 + 1/8 + 1) / 3
  expect(meanChange(changeByRegion(pair, [1, 0, 0, 1, 0, 0, 1, 0]))).toBeCloseTo(1.625 / 3, 12);
  expect(meanChange(changeByRegion(pair, [0, 0, 0, 0]))).toBeNull();
  expect(meanChange([])).toBeNull();
});

it('refuses what does not fit', () => {
  expect(() => changeByRegion(pair, [1, 1, 1])).toThrow(RangeError);
  expect(() => changeByRegion({ ...pair, after: new Float32Array(3) }, [1, 1, 1, 1])).toThrow(RangeError);
});
