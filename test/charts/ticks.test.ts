import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { decadeTicks, linearTicks, logTicks, stepOf } from '../../src/charts/ticks.ts';

const ranges = fc
  .tuple(
    fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    fc.double({ min: -9, max: 9, noNaN: true }),
    fc.integer({ min: 2, max: 12 }),
  )
  // Narrower than a millionth of their size, ranges are widened before ticks are chosen.
  .filter(([low, exponent]) => 10 ** exponent > 1e-6 * Math.abs(low))
  .map(([low, exponent, count]) => ({ range: { low, high: low + 10 ** exponent }, count }));

describe('linear ticks', () => {
  // By hand: the least of 1, 2, 5 times a power of ten that is no less than a count-th of the range.
  it.each([
    [0, 1, 5, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [0, 1, 4, [0, 0.5, 1]],
    [0, 0.3, 3, [0, 0.1, 0.2, 0.3]],
    [-3.2, 3.2, 4, [-2, 0, 2]],
    [0, 3500, 4, [0, 1000, 2000, 3000]],
    [0.00031, 0.00249, 3, [0.001, 0.002]],
    [1e6, 1e6 + 4, 4, [1e6, 1e6 + 1, 1e6 + 2, 1e6 + 3, 1e6 + 4]],
  ])('from %d to %d, in at most %d pieces', (low, high, count, ticks) => {
    expect(linearTicks({ low, high }, count)).toEqual(ticks);
  });

  it('are multiples of 1, 2 or 5 times a power of ten, inside the range, and never too many', () => {
    fc.assert(
      fc.property(ranges, ({ range, count }) => {
        const step = stepOf(range, count);
        const power = 10 ** Math.floor(Math.log10(step));
        const factor = step / power;
        expect(Math.min(...[1, 2, 5, 10].map((nice) => Math.abs(factor / nice - 1)))).toBeLessThan(1e-9);
        const ticks = linearTicks(range, count);
        expect(ticks.length).toBeLessThanOrEqual(count + 1);
        for (const tick of ticks) {
          expect(Math.abs(tick / step - Math.round(tick / step))).toBeLessThan(1e-6);
          expect(tick).toBeGreaterThanOrEqual(range.low - 1e-8 * step);
          expect(tick).toBeLessThanOrEqual(range.high + 1e-8 * step);
        }
      }),
      { seed: 5 },
    );
  });

  it('take the finest step that keeps to that', () => {
    fc.assert(
      fc.property(ranges, ({ range, count }) => {
        const pieces = (range.high - range.low) / stepOf(range, count);
        // The next finer step is two or two and a half times as fine.
        expect(pieces).toBeLessThanOrEqual(count * 1.002);
        expect(pieces * 2.5).toBeGreaterThan(count);
      }),
      { seed: 6 },
    );
  });
});

describe('logarithmic ticks', () => {
  // By hand.
  it.each([
    ['doubles and fivefolds', 1, 100, 6, [1, 2, 5, 10, 20, 50, 100]],
    ['threefolds where those are too many', 1, 1000, 6, [1, 3, 10, 30, 100, 300, 1000]],
    ['decades', 1, 10_000, 4, [1, 10, 100, 1000, 10_000]],
    ['linear steps within less than a decade', 0.3, 0.7, 4, [0.3, 0.4, 0.5, 0.6, 0.7]],
  ])('are %s', (_, low, high, count, ticks) => {
    expect(logTicks({ low, high }, count)).toEqual(ticks);
  });

  it('leave out decades at equal distances, and keep 1', () => {
    expect(decadeTicks({ low: 1e-5, high: 1e4 }, 5)).toEqual([1e-4, 1e-2, 1, 100, 1e4]);
    expect(decadeTicks({ low: 1e-12, high: 1 }, 3)).toEqual([1e-10, 1e-5, 1]);
    expect(decadeTicks({ low: 0.001, high: 1000 }, 8)).toEqual([0.001, 0.01, 0.1, 1, 10, 100, 1000]);
  });
});
