import { describe, expect, it } from 'vitest';
import {
  fig2ResultSchema,
  fig3aResultSchema,
  fig3bResultSchema,
  propositionResultSchema,
} from '../../../src/contract/theory.ts';
import { diagonalGenericRatio } from '../../../src/engine/equations/diagonalModel.eq9.ts';
import { distributions } from '../../../src/engine/math/distributions.ts';
import { createRandom } from '../../../src/engine/math/random.ts';
import { mean, standardDeviation } from '../../../src/engine/math/statistics.ts';
import { fig2 } from '../../../src/engine/theory/fig2.ts';
import { fig3a } from '../../../src/engine/theory/fig3a.ts';
import { fig3b } from '../../../src/engine/theory/fig3b.ts';
import { proposition, propositionCount } from '../../../src/engine/theory/propositions.ts';
import { paper } from '../../paper/requirements.ts';

const cited = [
  paper('proposition-1'),
  paper('proposition-2'),
  paper('proposition-3'),
  paper('proposition-4'),
  paper('proposition-5'),
  paper('proposition-6'),
  paper('proposition-7'),
  paper('proposition-8'),
  paper('proposition-9'),
].map((place, index) => ({ place, number: index + 1 }));

describe('propositions', () => {
  it.each(cited)('$place holds by its own checks', ({ number }) => {
    const result = proposition({ number });
    expect(propositionResultSchema.parse(result)).toEqual(result);
    expect(result.checks.filter((check) => !check.holds)).toEqual([]);
    expect(result.holds).toBe(true);
    expect(proposition({ number })).toEqual(result);
  });

  it.each([1, 2, 3, 4, 5, 7])('proposition %i holds for other primes and seeds', (number) => {
    for (const prime of [5, 11, 13, 31]) {
      for (const seed of [2, 3, 4])
        expect(proposition({ number, prime, seed }).checks.filter((check) => !check.holds)).toEqual([]);
    }
  });

  it('proposition 2 says that "only if" needs a generic k1*, and shows the exception', () => {
    const result = proposition({ number: 2 });
    expect(result.caveat).toContain('generic k1*');
    const distances = result.checks.map(({ measured }) => measured);
    expect(distances[0]!).toBeLessThan(1e-12);
    expect(distances[1]!).toBeGreaterThan(0.01);
    expect(distances[2]!).toBeLessThan(1e-12);
    expect(distances[3]!).toBeCloseTo(Math.sqrt(3), 12); // |e^{2πi/3} − 1|, d = 7 and order 3
  });

  it(`Proposition 6 for small d: ρ′ of the true pair spreads by CV(a²)CV(b²)/√(d − 1) ${paper('proposition-6')}`, () => {
    // Closed form for U(.5, 1.5), 0.28876/√(d − 1): .05272, .02888, .00910; NumPy measured .0533, .0285, .0091.
    const law = distributions.uniform;
    const random = createRandom(1);
    for (const [d, expected] of [
      [31, 0.05272],
      [101, 0.02888],
      [1009, 0.0091],
    ] as const) {
      const draw = (): Float64Array => Float64Array.from({ length: d - 1 }, () => law.draw(random));
      const ratios = Array.from({ length: 2000 }, () => diagonalGenericRatio(draw(), draw()));
      expect((law.fourthRatio - 1) / Math.sqrt(d - 1)).toBeCloseTo(expected, 5);
      expect(Math.abs(standardDeviation(ratios) / expected - 1)).toBeLessThan(0.08);
      expect(Math.abs(mean(ratios) - 1)).toBeLessThan(5 * (expected / Math.sqrt(2000)));
    }
  });

  it.each([
    [{ number: 10 }, 'Number must be 9 or less (given: 10)'],
    [{ number: 4, prime: 33 }, 'd is 33, which is 3 × 11'],
    [{ number: 2, prime: 509 }, 'takes a prime up to 211'],
    [{ number: 9, prime: 7 }, 'Proposition 9 is about one coordinate'],
    [{}, 'Number is missing'],
  ])('refuses %j', (asked, sentence) => {
    expect(() => proposition(asked)).toThrow(sentence);
  });
});

it('everything at once has the shape of the contract and only finite numbers', () => {
  const figures = [fig2(), fig3a(), fig3b()] as const;
  expect(fig2ResultSchema.parse(figures[0])).toEqual(figures[0]);
  expect(fig3aResultSchema.parse(figures[1])).toEqual(figures[1]);
  expect(fig3bResultSchema.parse(figures[2])).toEqual(figures[2]);
  const numbers = Array.from({ length: propositionCount }, (_, i) => i + 1);
  const propositions = numbers.map((number) => proposition({ number }));
  expect(propositions.map((result) => propositionResultSchema.parse(result))).toEqual(propositions);
  expect(propositions.map((result) => result.proposition)).toEqual(numbers);
});
