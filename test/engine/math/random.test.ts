import { describe, expect, it } from 'vitest';
import { createRandom, permutation } from '../../../src/engine/math/random.ts';
import oracle from '../../oracles/random.json' with { type: 'json' };

// Oracle: test/oracles/random.py, the same generator in whole numbers of any size.
describe('seeded random numbers', () => {
  it.each(oracle.generators)(
    'seed $seed, streams $streams: the words of the oracle',
    ({ seed, streams, words, word2000 }) => {
      const random = createRandom(seed, ...streams);
      const drawn = Array.from({ length: 2000 }, () => random.uniform() * 2 ** 32);
      expect([...drawn.slice(0, 6), drawn[1999]]).toEqual([...words, word2000]);
    },
  );

  it.each(oracle.generators)(
    'seed $seed, streams $streams: normal numbers by the polar method, two from each pair',
    ({ seed, streams, normals }) => {
      const random = createRandom(seed, ...streams);
      const drawn = normals.map(() => random.normal());
      drawn.forEach((value, i) => {
        expect(value).toBeCloseTo(normals[i]!, 12);
      });
    },
  );

  it('are put between two bounds, made whole, and choose an item', () => {
    const { seed, streams, words } = oracle.generators[3]!;
    const share = words[0]! / 2 ** 32;
    const fresh = (): ReturnType<typeof createRandom> => createRandom(seed, ...streams);
    expect(fresh().between(-3, 5)).toBeCloseTo(-3 + 8 * share, 12);
    expect(fresh().integer(1000)).toBe(Math.floor(1000 * share));
    expect(fresh().pick(['a', 'b', 'c', 'd', 'e'])).toBe(['a', 'b', 'c', 'd', 'e'][Math.floor(5 * share)]);
    expect(() => fresh().pick([])).toThrow('pick: the list is empty');
  });

  it('put whole numbers into an order', () => {
    const { count, seed, streams, order } = oracle.permutation;
    expect([...permutation(count, seed, ...streams)]).toEqual(order);
  });
});
