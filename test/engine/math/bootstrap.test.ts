import { expect, it } from 'vitest';
import { bootstrapInterval } from '../../../src/engine/math/bootstrap.ts';
import { createRandom } from '../../../src/engine/math/random.ts';
import { mean, standardDeviation } from '../../../src/engine/math/statistics.ts';

it('is as wide as the normal distribution says for a mean of many', () => {
  const random = createRandom(3);
  const values = Array.from({ length: 400 }, () => random.normal());
  const { low, high } = bootstrapInterval(
    values.map((value) => [value]),
    mean,
    { seed: 1, draws: 2000 },
  );
  // Closed form: mean ± 1.96 · deviation / √n, to which the percentile interval tends.
  const half = (1.96 * standardDeviation(values)) / Math.sqrt(400);
  expect(Math.abs(low - (mean(values) - half))).toBeLessThan(0.1 * half);
  expect(Math.abs(high - (mean(values) + half))).toBeLessThan(0.1 * half);
});

it('keeps the values of a group together', () => {
  // Twins: 50 groups of two equal values are worth 50 values, not 100.
  const random = createRandom(5);
  const singles = Array.from({ length: 50 }, () => random.normal());
  const alone = bootstrapInterval(
    singles.map((value) => [value]),
    mean,
    { seed: 2, draws: 1000 },
  );
  const twins = bootstrapInterval(
    singles.map((value) => [value, value]),
    mean,
    { seed: 2, draws: 1000 },
  );
  expect(twins.low).toBeCloseTo(alone.low, 12);
  expect(twins.high).toBeCloseTo(alone.high, 12);
});

it('is the same for the same seed, a point for equal values, and refuses nothing', () => {
  const groups = [[1], [2], [4], [8]];
  const once = bootstrapInterval(groups, mean, { seed: 7 });
  expect(bootstrapInterval(groups, mean, { seed: 7 })).toEqual(once);
  expect(bootstrapInterval([[3], [3, 3]], mean, { seed: 7 })).toEqual({ low: 3, high: 3 });
  expect(() => bootstrapInterval([], mean, { seed: 7 })).toThrow(RangeError);
});

it('takes the middle share of as many draws as are asked for, each of as many groups as there are', () => {
  // The draws are 0, 1, 2, … in turn, whatever was drawn: quantiles of those are known in closed form.
  const drawn: (readonly number[])[] = [];
  const inTurn = (values: readonly number[]): number => drawn.push(values) - 1;
  const groups = [[1], [2, 3], [4]];
  expect(bootstrapInterval(groups, inTurn, { seed: 1, draws: 101, share: 0.8 })).toEqual({
    low: expect.closeTo(10, 9) as number,
    high: expect.closeTo(90, 9) as number,
  });
  // A draw is of three groups, of one or two values each.
  const lengths = new Set(drawn.map((values) => values.length));
  expect([...lengths].every((length) => length >= 3 && length <= 6) && lengths.size > 1).toBe(true);
  drawn.length = 0;
  const { low, high } = bootstrapInterval(groups, inTurn, { seed: 1 });
  expect(drawn).toHaveLength(400);
  expect([low, high]).toEqual([expect.closeTo(0.025 * 399, 9), expect.closeTo(0.975 * 399, 9)]);
  expect(() => bootstrapInterval([], inTurn, { seed: 1 })).toThrow('nothing was measured');
});
