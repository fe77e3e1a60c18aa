import { readFileSync } from 'node:fs';

import { quantile as quantileOfD3 } from 'd3-array';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { quantile } from '../../../src/engine/math/statistics.ts';

/** Written by test/oracles/quantiles.py from NumPy. */
const oracle = z
  .object({
    shares: z.array(z.number()),
    cases: z.array(z.object({ values: z.array(z.number()), quantiles: z.array(z.number()) })),
  })
  .parse(JSON.parse(readFileSync(new URL('../../oracles/quantiles.json', import.meta.url), 'utf8')));

describe('quantile', () => {
  it('is NumPy’s', () => {
    for (const { values, quantiles } of oracle.cases) {
      oracle.shares.forEach((share, i) => {
        expect(Math.abs(quantile(values, share) - quantiles[i]!)).toBeLessThanOrEqual(
          1e-15 * Math.max(...values.map(Math.abs)),
        );
      });
    }
  });

  it('is d3’s to the bit, for finite values', () => {
    const values = fc.array(fc.double({ min: -1e300, max: 1e300, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (list, share) => {
        // Negative zero is zero.
        expect(quantile(list, share) + 0).toBe(quantileOfD3(list, share)! + 0);
      }),
      { seed: 11 },
    );
  });

  it('is a value’s own where it stands at one, also beside infinity', () => {
    expect(quantile([Infinity, 1, 2], 0.5)).toBe(2);
    expect(quantile([4, 1, 3, 2, 5], 0.75)).toBe(4);
  });
});
