import {
  fig2ParametersSchema,
  fig3aParametersSchema,
  fig3bParametersSchema,
} from '../../src/contract/theory.ts';
import type { Fig2Result, Fig3aResult, Fig3bResult, PropositionResult } from '../../src/contract/theory.ts';

/** Results of the theory with round numbers: what is printed of them is known by heart, and no mathematics is tested. */

const picture = { height: 1, width: 1, values: [0] };
const row = { k1: picture, k2: picture, trained: picture, stretched: picture, stretchedDistance: 10 };

export function fig2Result(outside: { true: number; other: number } | null): Fig2Result {
  return {
    figure: '2',
    parameters: { ...fig2ParametersSchema.parse({}), distance: 20, stretch: 2 },
    trainedDifference: 0,
    rows: [
      { ...row, solution: 'true', label: 'true', ratio: 1, groupRatio: 1 },
      { ...row, solution: 'balanced', label: 'balanced', ratio: 1.23456, groupRatio: 0.000123456 },
    ],
    curve: [{ g: 2, distance: 10, error: 0.987654, outside }],
    meanError: 0.9,
    meanOutside: { true: 0, other: 0.5 },
  };
}

export function fig3aResult(chains: Fig3aResult['chains']): Fig3aResult {
  return {
    figure: '3a',
    parameters: fig3aParametersSchema.parse({}),
    trajectories: [],
    solutions: { a: [], b: [] },
    endpoints: [{ start: [2, 0.2], closedForm: [2, 0.5], integrated: [2, 0.5], invariant: 3.75 }],
    chains,
    predicted: { rate: 0, meanProduct: 1, varianceProduct: 0 },
  };
}

export const sgdChain: Fig3aResult['chains'][number] = {
  ...{ variant: 'sgd', label: 'SGD', step: [0], invariant: [0], product: [1] },
  final: {
    ...{ meanA: 1.00001, meanB: 0.99999, meanInvariant: 1e-16, deviationInvariant: 0.25 },
    ...{ meanProduct: 1_234_567, varianceProduct: 0, meanLogRatio: 0, deviationLogRatio: 0 },
  },
  rate: null,
};

export function fig3bResult(): Fig3bResult {
  return {
    figure: '3b',
    parameters: fig3bParametersSchema.parse({}),
    ...{ step: [0, 700, 1000, 1500], ratio: [0.5, 0.6, 0.75, 0.8], imbalance: [1, 0.5, 0.25, 0.125] },
    ...{ bound: 0.9, trueRatio: 0.5, extrapolationError: [0, 0.1, 0.2, 0.00012345], loss: [] },
    coefficients: [],
    kernels: {
      true: { k1: [], k2: [] },
      initial: { k1: [], k2: [] },
      final: { k1: [], k2: [] },
    },
    invariantLeft: { measured: 0, predicted: 0 },
    finding: 'It drifts.',
  };
}

export function propositionResult(part: Partial<PropositionResult> = {}): PropositionResult {
  const check = { name: 'mean', measured: 1.01, expected: 1, tolerance: 0.02, holds: true } as const;
  return {
    ...{ proposition: 6, title: 'Stretching', statement: 'It stretches.', source: 'paper', caveat: null },
    parameters: { number: 6, prime: 101, seed: 1 },
    checks: [
      { ...check, relation: 'equals' },
      { ...check, name: 'most', relation: 'at most', tolerance: 0, holds: false },
    ],
    holds: true,
    ...part,
  };
}
