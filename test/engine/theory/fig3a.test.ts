import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DescentVariant } from '../../../src/contract/theory.ts';
import { fig3aResultSchema } from '../../../src/contract/theory.ts';
import { stochasticStep } from '../../../src/engine/equations/stochasticLoss.eq11.ts';
import { createNormal } from '../../../src/engine/math/normal.ts';
import { createRandom } from '../../../src/engine/math/random.ts';
import { mean, standardDeviation } from '../../../src/engine/math/statistics.ts';
import { fig3a } from '../../../src/engine/theory/fig3a.ts';
import { balancedFlowProduct, flowEndpoint, integrateFlow } from '../../../src/engine/theory/gradientFlow.ts';
import { createChain, runChains } from '../../../src/engine/theory/stochasticDescent.ts';
import oracle from '../../oracles/theory.json' with { type: 'json' };
import { paper } from '../../paper/requirements.ts';

const setting = { target: 1, stepSize: 0.02, noise: 0.5 };

describe(`gradient flow ${paper('proposition-8', 'fig-3a')}`, () => {
  // Numbers: NumPy's Runge and Kutta, step 0.005, t = 12.
  it.each([
    [2, 0.2, 2.04895, 0.48805],
    [3, 0.5, 2.97705, 0.3359],
    [0.5, 0.1, 1.06168, 0.9419],
    [0.1, 0.1, 1, 1],
  ])('from (%f, %f) ends at (%f, %f), in closed form and integrated', (a, b, endA, endB) => {
    const closed = flowEndpoint([a, b], 1);
    expect(closed).toEqual([expect.closeTo(endA, 5), expect.closeTo(endB, 5)]);
    const integrated = integrateFlow([a, b], 1, 12, { step: 0.005, points: 1 })[1]!;
    expect(Math.hypot(integrated[0] - closed[0], integrated[1] - closed[1])).toBeLessThan(1e-6);
    expect(Math.abs(integrated[0] ** 2 - integrated[1] ** 2 - (a * a - b * b))).toBeLessThan(5e-8);
  });

  it('ends on ab = c with the invariant it began with, from anywhere (derived)', () => {
    const value = fc.double({ min: 0.01, max: 50, noNaN: true });
    fc.assert(
      fc.property(value, value, value, (a, b, c) => {
        const [endA, endB] = flowEndpoint([a, b], c);
        expect((endA * endB) / c).toBeCloseTo(1, 12);
        expect(Math.abs(endA ** 2 - endB ** 2 - (a ** 2 - b ** 2)) / Math.max(endA, endB) ** 2).toBeLessThan(
          1e-12,
        );
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('follows the logistic curve where a = b: 0.3554610 at t = 1 from 0.01 (closed form)', () => {
    const [a, b] = integrateFlow([0.1, 0.1], 1, 1, { step: 0.001, points: 1 })[1]!;
    expect(balancedFlowProduct(0.01, 1, 1)).toBeCloseTo(0.355461, 7);
    expect(a * b).toBeCloseTo(balancedFlowProduct(0.01, 1, 1), 9);
  });
});

describe(`stochastic gradient descent ${paper('proposition-9', 'fig-3a')}`, () => {
  it('takes the steps of equation (11), one by one', () => {
    const chain = createChain('sgd', [2, 0.5], setting, 5, 3);
    const normal = createNormal(createRandom(5, 3, 0));
    let [a, b] = [2, 0.5];
    for (let step = 0; step < 600; step++) [a, b] = stochasticStep(1 + 0.5 * normal(), a, b, 0.02);
    chain.advance(600);
    expect(Math.hypot(chain.state[0]! - a, chain.state[1]! - b)).toBeLessThan(1e-12);
  });

  it('gives a chain the same numbers whatever runs beside it and however it is advanced', () => {
    const whole = createChain('asynchronous', [2, 0.5], setting, 5, 3);
    whole.advance(1500);
    const parts = createChain('asynchronous', [2, 0.5], setting, 5, 3);
    for (const count of [1, 511, 988]) parts.advance(count);
    expect(Array.from(parts.state)).toEqual(Array.from(whole.state));
    const three = runChains('asynchronous', [2, 0.5], setting, {
      chains: 3,
      steps: 1500,
      every: 500,
      seed: 5,
      firstChain: 1,
    });
    expect([three.a[2], three.b[2]]).toEqual(Array.from(whole.state));
  });

  it('from (2, .5), 2,000 chains and 15,000 steps: decay, means and variance as predicted and as NumPy measured, within 2 s of processor time', () => {
    const begin = process.cpuUsage();
    const result = fig3a({ variants: ['sgd'] });
    const { user, system } = process.cpuUsage(begin); // of this process: other work on the machine does not count
    expect((user + system) / 1000).toBeLessThan(2000);
    const { rate, final, product, step } = result.chains[0]!;
    // Predicted: 4η²σ²/(1 − 2ηc) = 4.167e-4, ab = .995, variance .0100. NumPy measured 4.169e-4, .995, .01025, and κ = .0070.
    expect(result.predicted.rate).toBeCloseTo(4e-4 / 0.96, 12);
    expect(Math.abs(rate! - 4.169e-4)).toBeLessThan(0.03e-4);
    expect(Math.abs(final.meanInvariant - 0.00703)).toBeLessThan(
      4 * (0.00051 / Math.sqrt(2000)) * Math.SQRT2,
    );
    expect(final.deviationInvariant).toBeCloseTo(0.00051, 4);
    // The mean of ab over 2,000 chains at one step has a standard error of .0023; a and b follow half of it.
    expect(Math.abs(final.meanA - 0.9985)).toBeLessThan(5 * 0.00115);
    expect(Math.abs(final.meanB - 0.995)).toBeLessThan(5 * 0.00115);
    const late = product.filter((_, i) => step[i]! > 12_000);
    expect(Math.abs(mean(late) - 0.995)).toBeLessThan(0.001);
    expect(Math.abs(final.varianceProduct - 0.01025)).toBeLessThan(5 * 0.01025 * Math.sqrt(2 / 2000));
  });

  it('shrinks |a² − b²| at every step while |2ηr| < √2 (derived)', () => {
    const chain = createChain('sgd', [2, 0.2], setting, 8, 0);
    let before = Math.abs(chain.state[0]! ** 2 - chain.state[1]! ** 2);
    for (let step = 0; step < 2000; step++) {
      chain.advance(1);
      const now = Math.abs(chain.state[0]! ** 2 - chain.state[1]! ** 2);
      expect(now).toBeLessThanOrEqual(before * (1 + 1e-12) + 1e-14);
      before = now;
    }
  });
});

describe(`other stochastic methods ${paper('fig-3a')}`, () => {
  // Oracle: 2,000 chains of each variant from (1, 1), test/oracles/theory.py.
  it.each(oracle.variants)('$variant drifts as NumPy’s chains do', (expected) => {
    const run = runChains(expected.variant as DescentVariant, [1, 1], setting, {
      chains: 2000,
      steps: 15_000,
      every: 500,
      seed: 4,
    });
    const invariant = run.a.map((a, i) => a * a - run.b[i]! ** 2);
    const logRatio = run.a.map((a, i) => Math.log(Math.abs(a / run.b[i]!)));
    const error = expected.deviation / Math.sqrt(2000);
    expect(Math.abs(mean(invariant) - expected.mean)).toBeLessThan(5 * Math.SQRT2 * error);
    expect(Math.abs(standardDeviation(invariant) / expected.deviation - 1)).toBeLessThan(0.12);
    expect(Math.abs(standardDeviation(logRatio) / expected.logDeviation - 1)).toBeLessThan(0.12);
    // Systematic drift in the first 500 steps: −8.3e-4 for Gauss and Seidel's order, none for the others (error 6e-5).
    expect(Math.abs(run.meanInvariant[1]! / 500 - expected.early)).toBeLessThan(3e-4);
  });

  it('Gauss and Seidel’s order drifts away from a = b: −4η²σ²(a² + b²) a step (derived), where the others diffuse', () => {
    const early =
      runChains('gauss-seidel', [1, 1], setting, { chains: 4000, steps: 500, every: 500, seed: 1 })
        .meanInvariant[1]! / 500;
    expect(early).toBeCloseTo(-4 * 0.02 ** 2 * 0.5 ** 2 * 2, 4);
    const random =
      runChains('asynchronous', [1, 1], setting, { chains: 4000, steps: 500, every: 500, seed: 1 })
        .meanInvariant[1]! / 500;
    expect(Math.abs(random)).toBeLessThan(3e-4);
  });
});

describe(`Figure 3a ${paper('fig-3a')}`, () => {
  it('has a trajectory of each algorithm from each start, and is the same for the same seed', () => {
    const result = fig3a({ chains: 0 });
    expect(fig3aResultSchema.parse(result)).toEqual(result);
    expect(result).toEqual(fig3a({ chains: 0 }));
    expect(result.trajectories.map(({ algorithm }) => algorithm)).toEqual(
      Array.from({ length: 4 }, () => ['flow', 'sgd', 'asynchronous', 'gauss-seidel']).flat(),
    );
    const ends = result.trajectories.map(({ a, b }) => a[a.length - 1]! ** 2 - b[b.length - 1]! ** 2);
    const sgd = ends.filter((_, i) => i % 4 === 1);
    expect(Math.max(...sgd.map(Math.abs))).toBeLessThan(0.05); // SGD ends near the diagonal …
    const flow = result.trajectories.filter(({ algorithm }) => algorithm === 'flow');
    for (const { a, b, start } of flow) {
      expect(a[a.length - 1]! ** 2 - b[b.length - 1]! ** 2).toBeCloseTo(start[0] ** 2 - start[1] ** 2, 6); // … the flow does not
      expect(a[a.length - 1]! * b[b.length - 1]!).toBeCloseTo(1, 9);
    }
    expect(
      Math.max(...result.solutions.a.map((a, i) => Math.abs(a * result.solutions.b[i]! - 1))),
    ).toBeLessThan(1e-12);
  });

  it('reaches the curve for other targets and starts too', () => {
    const result = fig3a({
      target: 4,
      stepSize: 0.005,
      noise: 0,
      starts: [[0.001, 0.002]],
      variants: ['sgd'],
      chains: 10,
    });
    for (const { a, b } of result.trajectories) expect(a[a.length - 1]! * b[b.length - 1]!).toBeCloseTo(4, 6);
    expect(result.predicted.meanProduct).toBe(4);
  });

  it.each([
    [{ stepSize: 0.4 }, 'The step size 0.4 is unstable: times a² + b² on the way from (2, 0.2)'],
    [{ starts: [[-1, 2]] }, 'Starts, item 1, item 1 must be above 0 (given: -1)'],
    [{ variants: ['adam'] }, 'Variants, item 1 must be sgd, asynchronous'],
    [{ steps: 1.5 }, 'Steps must be a whole number (given: 1.5)'],
    [{ noise: 40, steps: 200, chains: 0 }, 'left the finite numbers'],
  ])('refuses %j', (asked, sentence) => {
    expect(() => fig3a(asked)).toThrow(sentence);
  });
});
