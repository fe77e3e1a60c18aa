import { expect, it } from 'vitest';
import { rangeBetween, rangeText, readRange, zoomedAt } from '../../src/charts/zoom.ts';

const whole = { from: 0, to: 3500 };

it('is what lies between two places, whichever came first, and nothing where that is no more than a click', () => {
  expect(rangeBetween(900.4, 99.6, whole)).toEqual({ from: 100, to: 900 });
  expect(rangeBetween(-50, 1e6, whole)).toEqual(whole);
  expect([rangeBetween(100, 101, whole), rangeBetween(7, 7, whole)]).toEqual([null, null]);
});

it('grows and shrinks around a step, which keeps its place, by shares or by ratios', () => {
  const linear = { at: 1000, factor: 0.5, isLog: false };
  expect(zoomedAt(null, whole, linear)).toEqual({ from: 500, to: 2250 });
  expect(zoomedAt({ from: 500, to: 2250 }, whole, { ...linear, factor: 2 })).toBeNull();
  // The square roots of 10/1 and 1000/10 to either side of 10.
  expect(zoomedAt(null, { from: 1, to: 1000 }, { at: 10, factor: 0.5, isLog: true })).toEqual({
    from: 3,
    to: 100,
  });
  // So near that no step would be left: it stays.
  expect(zoomedAt({ from: 10, to: 12 }, whole, { at: 11, factor: 0.5, isLog: false })).toEqual({
    from: 10,
    to: 12,
  });
});

it('is read from an address as it was written, and not from what is none', () => {
  expect(readRange(rangeText({ from: 100, to: 2500 }))).toEqual({ from: 100, to: 2500 });
  for (const text of [undefined, '', '5', '9-5', '5-6', 'a-b', '1-2-3', '-3-9'])
    expect([text, readRange(text)]).toEqual([text, null]);
});
