import { exact, figure } from '../../contract/figures.ts';
import { stochasticStep } from '../equations/stochasticLoss.eq11.ts';
import { createNormal } from '../math/normal.ts';
import { createRandom } from '../math/random.ts';
import { mean, variance } from '../math/statistics.ts';
import { decayRate } from './fig3a.ts';
import type { Point } from './gradientFlow.ts';
import { balancedFlowProduct, flowEndpoint, integrateFlow } from './gradientFlow.ts';
import type { PropositionEvidence } from './propositionCheck.ts';
import { atMost, equals } from './propositionCheck.ts';
import { runChains } from './stochasticDescent.ts';

/** Proposition 8 (appendix; rebuilt): the flow ends on ab = c, on the invariant it began with. */
export function proposition8(): PropositionEvidence {
  const starts: Point[] = [
    [2, 0.2],
    [0.2, 2],
    [0.1, 0.1],
    [1.5, 1.5],
    [3, 0.5],
    [0.5, 0.1],
  ];
  const ends = starts.map((start) => integrateFlow(start, 1, 12, { step: 0.005, points: 1 })[1]!);
  const drift = starts.map(([a, b], i) => Math.abs(ends[i]![0] ** 2 - ends[i]![1] ** 2 - (a * a - b * b)));
  const logistic = integrateFlow([0.1, 0.1], 1, 1, { step: 0.001, points: 1 })[1]!;
  return {
    title: 'Gradient flow does not drift',
    statement:
      'Continuous time gradient descent on |c − ab|² from a, b > 0 converges to ab = c, and a² − b² keeps its value on the way.',
    source: 'rebuilt',
    caveat:
      'The appendix that states it was not available; the invariant and the endpoint in closed form are derived.',
    checks: [
      ...starts.map((start, i) => {
        const [a, b] = flowEndpoint(start, 1);
        return atMost(
          `endpoint from (${exact(start[0])}, ${exact(start[1])}): distance to (${figure(a)}, ${figure(b)})`,
          Math.hypot(ends[i]![0] - a, ends[i]![1] - b),
          0,
          1e-6,
        );
      }),
      atMost('largest change of a² − b², Runge and Kutta with step 0.005', Math.max(...drift), 0, 5e-8),
      equals(
        'ab at t = 1 from a = b = 0.1: logistic',
        logistic[0] * logistic[1],
        balancedFlowProduct(0.01, 1, 1),
        1e-9,
      ),
    ],
  };
}

/** Proposition 9 (appendix; rebuilt): SGD drifts along ab = c to a = b. */
export function proposition9(seed: number): PropositionEvidence {
  const setting = { target: 1, stepSize: 0.02, noise: 0.5 };
  const run = runChains('sgd', [2, 0.5], setting, { chains: 2000, steps: 15_000, every: 50, seed });
  const product = run.a.map((value, i) => value * run.b[i]!);
  const late = run.step.map((_, i) => i).filter((i) => run.step[i]! > 12_000);
  const variancePredicted = 2 * setting.stepSize * setting.noise ** 2;
  return {
    title: 'Stochastic gradient descent drifts to the balanced solution',
    statement:
      'On average an SGD step near ab = c0 moves towards a = b; after many steps the distribution concentrates around (√c0, √c0).',
    source: 'rebuilt',
    caveat:
      'The appendix that states it was not available; the pathwise identities are derived and exact. Other stochastic methods drift otherwise: see the ASGD variants of Figure 3a.',
    checks: [
      atMost(
        'a² − b² is multiplied by 1 − 4η²r²: largest error over 1,000 steps',
        identityError(seed),
        0,
        1e-12,
      ),
      equals(
        'decay of the mean of a² − b² a step, 4η²σ²/(1 − 2ηc)',
        decayRate(run) ?? 0,
        (4 * setting.stepSize ** 2 * setting.noise ** 2) / (1 - 2 * setting.stepSize * setting.target),
        0.06e-4,
      ),
      equals('mean of a over 2,000 chains after 15,000 steps', mean(run.a), 1, 0.01),
      equals('mean of b', mean(run.b), 1, 0.012),
      equals(
        'E[ab], c0 − ησ²',
        mean(late.map((i) => run.meanProduct[i]!)),
        1 - setting.stepSize * setting.noise ** 2,
        0.002,
      ),
      equals('Var(ab), about 2ηc0σ²', variance(product), variancePredicted, 0.12 * variancePredicted),
    ],
  };
}

/** The largest error of the three pathwise identities along a path of SGD. */
function identityError(seed: number): number {
  const normal = createNormal(createRandom(seed, 2));
  const stepSize = 0.02;
  let [a, b] = [2, 0.5];
  let largest = 0;
  for (let step = 0; step < 1000; step++) {
    const sample = 1 + 0.5 * normal();
    const r = sample - a * b;
    const [nextA, nextB] = stochasticStep(sample, a, b, stepSize);
    largest = Math.max(
      largest,
      Math.abs(nextA ** 2 - nextB ** 2 - (a ** 2 - b ** 2) * (1 - 4 * stepSize ** 2 * r ** 2)),
      Math.abs(nextA - nextB - (a - b) * (1 - 2 * stepSize * r)),
      Math.abs(nextA + nextB - (a + b) * (1 + 2 * stepSize * r)),
    );
    [a, b] = [nextA, nextB];
  }
  return largest;
}
