import { describe, expect, it } from 'vitest';
import { mostSeed, nextSeed, previousSeed, seedFrom } from '../../../src/renderer/components/seeds.ts';

describe('seeds that are shown', () => {
  it('have a way back to those before', () => {
    expect(previousSeed(nextSeed(1, 36), 36)).toBe(1);
    expect([previousSeed(10, 36), nextSeed(mostSeed - 3, 36)]).toEqual([0, mostSeed]);
  });

  it('can be typed, and nothing else is taken for one', () => {
    expect(['0', ' 42 ', '1,200', '1000000'].map(seedFrom)).toEqual([0, 42, 1200, 1_000_000]);
    expect(['', '-3', '2.5', '1000001', 'x7', '1e3'].map(seedFrom)).toEqual(Array(6).fill(undefined));
  });
});
