import type { Random } from './random.ts';

/**
 * Distributions of positive numbers with the two moments the theory needs in closed form:
 * `squareRatio` E[x²]/E[x]² = 1 + CV²(x), and `fourthRatio` E[x⁴]/E[x²]² = 1 + CV²(x²).
 */
export interface PositiveDistribution {
  readonly label: string;
  readonly squareRatio: number;
  readonly fourthRatio: number;
  draw(random: Random): number;
}

export const distributionNames = [
  'uniform',
  'unit',
  'exponential',
  'half-normal',
  'lognormal',
  'gamma',
] as const;
export type DistributionName = (typeof distributionNames)[number];

/** −log of a uniform number in (0, 1]. */
const exponential = (random: Random): number => -Math.log(1 - random.uniform());

export const distributions: Readonly<Record<DistributionName, PositiveDistribution>> = {
  uniform: {
    label: 'U(0.5, 1.5)',
    squareRatio: 13 / 12,
    fourthRatio: (1.5 ** 5 - 0.5 ** 5) / 5 / (13 / 12) ** 2,
    draw: (random) => random.between(0.5, 1.5),
  },
  unit: { label: 'U(0, 1)', squareRatio: 4 / 3, fourthRatio: 9 / 5, draw: (random) => 1 - random.uniform() },
  exponential: { label: 'Exp(1)', squareRatio: 2, fourthRatio: 6, draw: exponential },
  'half-normal': {
    label: '|N(0, 1)|',
    squareRatio: Math.PI / 2,
    fourthRatio: 3,
    draw: (random) => Math.abs(random.normal()),
  },
  lognormal: {
    label: 'exp(0.5·N(0, 1))',
    squareRatio: Math.exp(0.25),
    fourthRatio: Math.exp(1),
    draw: (random) => Math.exp(0.5 * random.normal()),
  },
  gamma: {
    label: 'Gamma(4)',
    squareRatio: 5 / 4,
    fourthRatio: 2.1,
    // A Gamma(4) number is the sum of four exponential ones; the mean is made 1.
    draw: (random) =>
      (exponential(random) + exponential(random) + exponential(random) + exponential(random)) / 4,
  },
};
