import { describe, expect, it } from 'vitest';
import { mostSeed, nextSeed, previousSeed } from '../../../src/renderer/components/seeds.ts';

describe('seeds that are shown', () => {
  it('have a way back to those before', () => {
    expect(previousSeed(nextSeed(1, 36), 36)).toBe(1);
    expect([previousSeed(10, 36), nextSeed(mostSeed - 3, 36)]).toEqual([0, mostSeed]);
  });
});
