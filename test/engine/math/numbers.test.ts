import { describe, expect, it } from 'vitest';
import { distributionNames, distributions } from '../../../src/engine/math/distributions.ts';
import { createNormal, createNormalFill } from '../../../src/engine/math/normal.ts';
import { createRandom } from '../../../src/engine/math/random.ts';
import {
  linearFit,
  mean,
  median,
  quantile,
  standardDeviation,
  variance,
} from '../../../src/engine/math/statistics.ts';
import { haarSample, orthogonalGroup, permutations } from './haarGroups.ts';

describe('normal numbers', () => {
  const count = 1_000_000;
  const numbers = new Float64Array(count);
  createNormalFill(createRandom(3))(numbers);

  it('have the moments 0, 1, 0, 3, 15 within five standard errors (closed form)', () => {
    const moment = (power: number): number => numbers.reduce((sum, x) => sum + x ** power, 0) / count;
    // Var(x^p) = E[x^2p] − E[x^p]²: 1, 2, 15, 96, 10170.
    const expected: [number, number, number][] = [
      [1, 0, 1],
      [2, 1, 2],
      [3, 0, 15],
      [4, 3, 96],
      [6, 15, 10_170],
    ];
    for (const [power, value, spread] of expected) {
      expect(Math.abs(moment(power) - value)).toBeLessThan(5 * Math.sqrt(spread / count));
    }
  });

  it('fall below −3.6 … 3.6 as often as the normal distribution says, beyond the layers too', () => {
    // P(x < z) to six digits, from a table of the normal distribution.
    const expected: [number, number][] = [
      [-3.6, 0.000159],
      [-2, 0.02275],
      [-1, 0.158655],
      [-0.2, 0.42074],
      [0, 0.5],
      [0.2, 0.57926],
      [1, 0.841345],
      [2, 0.97725],
      [3.6, 0.999841],
    ];
    for (const [z, probability] of expected) {
      const share = numbers.reduce((sum, x) => sum + (x < z ? 1 : 0), 0) / count;
      expect(Math.abs(share - probability)).toBeLessThan(
        5 * Math.sqrt((probability * (1 - probability)) / count) + 1e-6,
      );
    }
  });

  it('are the same one at a time, and in pieces', () => {
    const pieces = new Float64Array(1000);
    const fill = createNormalFill(createRandom(3));
    fill(pieces.subarray(0, 300));
    fill(pieces.subarray(300), 700);
    const single = createNormal(createRandom(3));
    expect(Array.from(pieces)).toEqual(Array.from(numbers.subarray(0, 1000)));
    expect(Array.from({ length: 1000 }, () => single())).toEqual(Array.from(pieces));
  });
});

describe('distributions', () => {
  it.each(distributionNames)('%s has the two ratios of moments it says', (name) => {
    const law = distributions[name];
    const random = createRandom(11);
    const values = Float64Array.from({ length: 400_000 }, () => law.draw(random));
    const moment = (power: number): number => mean(values.map((x) => x ** power));
    expect(Math.min(...values.subarray(0, 100_000))).toBeGreaterThan(0);
    expect(Math.abs(moment(2) / moment(1) ** 2 / law.squareRatio - 1)).toBeLessThan(0.01);
    // The fourth moment of heavy tails is known to a few per cent only.
    expect(Math.abs(moment(4) / moment(2) ** 2 / law.fourthRatio - 1)).toBeLessThan(0.06);
  });
});

describe('groups', () => {
  it('have the elements they should', () => {
    const colours = permutations(3);
    expect(colours.map((order) => order.join('')).sort()).toEqual(['012', '021', '102', '120', '201', '210']);
  });

  it('draw orthogonal matrices with E[trace²] = 1 (Haar measure, closed form)', () => {
    const group = orthogonalGroup(3);
    const squareTrace = (m: Float64Array): number => (m[0]! + m[4]! + m[8]!) ** 2;
    expect(Math.abs(haarSample(group, squareTrace, 20_000, createRandom(5)) - 1)).toBeLessThan(0.05);
    const gram = (m: Float64Array): number =>
      Math.abs(m[0]! * m[3]! + m[1]! * m[4]! + m[2]! * m[5]!) +
      Math.abs(m[0]! ** 2 + m[1]! ** 2 + m[2]! ** 2 - 1);
    expect(haarSample(group, gram, 100, createRandom(6))).toBeLessThan(1e-12);
  });
});

describe('statistics', () => {
  it('agree with what they are by hand', () => {
    const values = [4, 1, 3, 2];
    expect([
      mean(values),
      variance(values),
      standardDeviation([1, 3]),
      median(values),
      quantile(values, 0.25),
    ]).toEqual([2.5, 1.25, 1, 2.5, 1.75]);
    expect(linearFit([0, 1, 2], [1, 3, 5])).toEqual({ slope: 2, intercept: 1 });
  });

  it('refuse what has no answer', () => {
    expect(() => mean([])).toThrow('the mean of no numbers');
    expect(() => quantile([], 0.5)).toThrow('a quantile of no numbers');
    expect(() => linearFit([1, 1], [1, 2])).toThrow('above one another');
    expect(() => linearFit([1], [1, 2])).toThrow('1 and 2 numbers');
  });
});
