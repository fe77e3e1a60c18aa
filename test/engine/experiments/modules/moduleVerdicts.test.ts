import { expect, it } from 'vitest';
import { hiddenLevels } from '../../../../src/contract/levels.ts';
import type { Draw, Grouping } from '../../../../src/engine/experiments/modules/measureModules.ts';
import type { RunModules } from '../../../../src/engine/experiments/modules/measureRun.ts';
import {
  likenessOf,
  moduleVerdicts,
  scoreOf,
} from '../../../../src/engine/experiments/modules/moduleVerdicts.ts';

type Scores = Record<Grouping, number> & { ninetieth: number };

const left = [1, 1, 0, 0];
const right = [0, 0, 1, 1];
const rising = [0, 1, 2, 3];

function draw(scores: Scores): Draw {
  const of = (score: number): { score: number; byPart: number[] } => ({
    score,
    byPart: [score, score, score],
  });
  return {
    ...{ seed: 0, count: 2, modules: [], randomNinetieth: scores.ninetieth, search: { candidates: [] } },
    scores: {
      template: of(scores.template),
      modules: of(scores.modules),
      kMeans: of(scores.kMeans),
      random: of(scores.random),
    },
    groups: { modules: [], kMeans: [], random: [] },
    regions: {
      template: [left, right],
      modules: [left, right],
      kMeans: [left, rising],
      random: [rising, rising],
    },
  };
}

function run(seed: number, scores: Scores, agreement: number | null): RunModules {
  const both = { modules: agreement, kMeans: 0.2 };
  const draws = [draw(scores), draw({ ...scores, modules: scores.modules + 0.1 })];
  return {
    ...{ name: `seed${seed}`, seed, step: 3000 },
    draws: { coarse: draws, intermediate: draws, fine: draws },
    overPairs: { coarse: both, intermediate: both, fine: both },
    overTraining: [
      { step: 500, modules: 0, kMeans: 0 },
      { step: 1500, ...both },
      { step: 2500, modules: 0, kMeans: 0 },
    ],
  };
}

const good: Scores = { template: 0.7, modules: 0.6, kMeans: 0.5, random: 0.4, ninetieth: 0.5 };

function outcomesOf(runs: readonly RunModules[]): Record<string, string> {
  return Object.fromEntries(moduleVerdicts(runs).map(({ claim, outcome }) => [claim, outcome]));
}

it('takes the mean over searches as a run’s score', () => {
  // 0.6 and 0.7.
  expect(scoreOf(run(0, good, 1), 'fine', 'modules')).toBeCloseTo(0.65, 12);
});

it('decides every claim where three seeds agree', () => {
  const runs = [0, 1, 2].map((seed) => run(seed, good, 0.8));
  // The regions of modules are the same in all models; the random ones as well, so that they are no less alike.
  const outcomes = Object.entries(outcomesOf(runs));
  const different = outcomes.filter(([, outcome]) => outcome !== 'holds').map(([claim]) => claim);
  expect(different.every((claim) => claim.includes('models of different seeds'))).toBe(true);
  expect(different).toHaveLength(hiddenLevels.length);
});

it('says what does not hold: k-means better, agreement too low', () => {
  const worse = [0, 1, 2].map((seed) => run(seed, { ...good, kMeans: 0.9, ninetieth: 0.9 }, 0.1));
  const outcomes = Object.entries(outcomesOf(worse));
  for (const part of [
    'better than as many groups by k-means',
    'nine of ten random',
    'other pairs',
    'Half of the',
  ]) {
    const found = outcomes.filter(([claim]) => claim.includes(part));
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(([, outcome]) => outcome === 'does-not-hold')).toBe(true);
  }
});

it('decides nothing for one model, and guards nothing', () => {
  const verdicts = moduleVerdicts([run(0, good, null)]);
  expect(verdicts.every(({ outcome, gate }) => outcome === 'undecidable' && !gate)).toBe(true);
});

it('compares the regions of models after matching them', () => {
  const [one, other] = [run(0, good, 1), run(1, good, 1)];
  const runs = [
    one,
    {
      ...other,
      draws: {
        ...other.draws,
        fine: [
          { ...other.draws.fine[0]!, regions: { ...other.draws.fine[0]!.regions, modules: [right, left] } },
        ],
      },
    },
  ];
  expect(likenessOf(runs[0]!, runs, 'fine', 'modules')).toBeCloseTo(1, 12);
  expect(likenessOf(one, [one], 'fine', 'modules')).toBeNull();
});
