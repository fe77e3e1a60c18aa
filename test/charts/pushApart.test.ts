import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { pushApart } from '../../src/charts/pushApart.ts';

describe('pushApart', () => {
  it('keeps order and distance, stays in bounds and moves nobody who has room', () => {
    // By hand: 100 and 104 move to 94.5 and 109.5 around their mean 102; 10 is free; 200 is free.
    expect(pushApart([104, 10, 100, 200], 15, 0, 300)).toEqual([109.5, 10, 94.5, 200]);
    expect(pushApart([298, 299], 15, 0, 300)).toEqual([285, 300]);
    expect(pushApart([105, 104], 15, 0, 110)).toEqual([110, 95]);
    const wishes = fc.array(fc.double({ min: -50, max: 350, noNaN: true }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(wishes, (wanted) => {
        const places = pushApart(wanted, 15, 0, 300);
        const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]! || a - b);
        order.forEach((i, n) => {
          expect(places[i]).toBeGreaterThanOrEqual(-1e-9);
          expect(places[i]).toBeLessThanOrEqual(300 + 1e-9);
          if (n > 0) expect(places[i]! - places[order[n - 1]!]!).toBeGreaterThanOrEqual(15 - 1e-9);
        });
      }),
      { seed: 4 },
    );
  });
});
