import type { Fig3aParameters, Fig3aResult, Trajectory } from '../../contract/theory.ts';
import { fig3aParametersSchema } from '../../contract/theory.ts';
import { linearFit, mean, standardDeviation, variance } from '../math/statistics.ts';
import type { Point } from './gradientFlow.ts';
import { flowEndpoint, integrateFlow } from './gradientFlow.ts';
import { readParameters, requireFinite, requireStableStep } from './parameters.ts';
import type { ChainStatistics, DescentSetting } from './stochasticDescent.ts';
import { createChain, descentLabels, runChains } from './stochasticDescent.ts';

/**
 * Figure 3a of the paper (Section 3.2): from each start the flow (red), SGD (green) and the labelled ASGD variants (blue)
 * towards the curve ab = c; and what many chains do on average. The flow stays on its a² − b²; SGD drifts to (√c, √c).
 * Throws `wrong-usage` for a value outside its range or an unstable step size, `diverged` where a chain runs away.
 */
export function fig3a(asked: unknown = {}): Fig3aResult {
  const parameters = readParameters(fig3aParametersSchema, asked, 'Figure 3a');
  const setting: DescentSetting = parameters;
  for (const [a, b] of [...parameters.starts, parameters.chainStart]) {
    const [endA, endB] = flowEndpoint([a, b], parameters.target);
    const curvature = Math.max(a * a + b * b, endA * endA + endB * endB);
    requireStableStep(parameters.stepSize, curvature, `a² + b² on the way from (${a}, ${b})`);
  }
  return {
    figure: '3a',
    parameters,
    trajectories: parameters.starts.flatMap((start, index) => [
      flowTrajectory(parameters, start),
      ...parameters.variants.map((variant) => descentTrajectory(parameters, setting, variant, start, index)),
    ]),
    solutions: solutionCurve(parameters),
    endpoints: parameters.starts.map((start) => {
      const integrated = integrateFlow(start, parameters.target, settlingTime(start, parameters.target), {
        step: 0.005,
        points: 1,
      })[1]!;
      return {
        start,
        closedForm: flowEndpoint(start, parameters.target),
        integrated: [integrated[0], integrated[1]],
        invariant: start[0] ** 2 - start[1] ** 2,
      };
    }),
    chains:
      parameters.chains === 0
        ? []
        : parameters.variants.map((variant) => chainStatistics(parameters, setting, variant)),
    predicted: {
      rate:
        (4 * parameters.stepSize ** 2 * parameters.noise ** 2) /
        (1 - 2 * parameters.stepSize * parameters.target),
      meanProduct: parameters.target - parameters.stepSize * parameters.noise ** 2,
      varianceProduct: 2 * parameters.stepSize * parameters.target * parameters.noise ** 2,
    },
  };
}

/** Long enough for the flow to arrive: the gap c − ab closes at least at the rate 4c near the end, slower from a small start. */
function settlingTime(start: Point, c: number): number {
  const slowest = Math.max(0, Math.log(c / Math.min(c, start[0] * start[1])));
  return (slowest + 40) / (4 * c);
}

function flowTrajectory(parameters: Fig3aParameters, start: [number, number]): Trajectory {
  const time = settlingTime(start, parameters.target);
  const path = integrateFlow(start, parameters.target, time, { step: 0.005, points: parameters.points });
  return {
    algorithm: 'flow',
    label: 'CTGD: continuous time gradient descent, all the data at once',
    start,
    step: path.map((_, i) => (i * time) / parameters.points / parameters.stepSize),
    a: path.map(([a]) => a),
    b: path.map(([, b]) => b),
  };
}

function descentTrajectory(
  parameters: Fig3aParameters,
  setting: DescentSetting,
  variant: Fig3aParameters['variants'][number],
  start: [number, number],
  index: number,
): Trajectory {
  // Negative streams: no trajectory shares its numbers with a chain of the statistics.
  const { state, advance } = createChain(variant, start, setting, parameters.seed, -1 - index);
  const out: Trajectory = {
    algorithm: variant,
    label: descentLabels[variant],
    start,
    step: [0],
    a: [start[0]],
    b: [start[1]],
  };
  for (let point = 1; point < parameters.points; point++) {
    // Points lie closer together at the beginning, where the fast approach to the curve is.
    const at = Math.round(parameters.steps * (point / (parameters.points - 1)) ** 2);
    const last = out.step[out.step.length - 1]!;
    if (at === last) continue;
    advance(at - last);
    requireFinite(state[0]! * state[1]!, descentLabels[variant], at);
    out.step.push(at);
    out.a.push(state[0]!);
    out.b.push(state[1]!);
  }
  return out;
}

/** The curve ab = c over the part of the plane the starts and ends lie in. */
function solutionCurve({ starts, target }: Fig3aParameters): { a: number[]; b: number[] } {
  const ends = starts.map((start) => flowEndpoint(start, target));
  const largest = 1.25 * Math.max(Math.sqrt(target), ...starts.flat(), ...ends.flat());
  const low = Math.log(target / largest);
  const high = Math.log(largest);
  const a = Array.from({ length: 121 }, (_, i) => Math.exp(low + ((high - low) * i) / 120));
  return { a, b: a.map((value) => target / value) };
}

function chainStatistics(
  parameters: Fig3aParameters,
  setting: DescentSetting,
  variant: Fig3aParameters['variants'][number],
): Fig3aResult['chains'][number] {
  const every = Math.max(1, Math.round(parameters.steps / 300));
  const run = { chains: parameters.chains, steps: parameters.steps, every, seed: parameters.seed };
  const result = runChains(variant, parameters.chainStart, setting, run);
  const { a, b } = result;
  requireFinite(mean(a) * mean(b) + variance(a) + variance(b), descentLabels[variant], parameters.steps);
  const invariant = a.map((value, i) => value ** 2 - b[i]! ** 2);
  const product = a.map((value, i) => value * b[i]!);
  const logRatio = a.map((value, i) => Math.log(Math.abs(value / b[i]!)));
  return {
    variant,
    label: descentLabels[variant],
    step: result.step,
    invariant: Array.from(result.meanInvariant),
    product: Array.from(result.meanProduct),
    final: {
      meanA: mean(a),
      meanB: mean(b),
      meanInvariant: mean(invariant),
      deviationInvariant: standardDeviation(invariant),
      meanProduct: mean(product),
      varianceProduct: variance(product),
      meanLogRatio: mean(logRatio),
      deviationLogRatio: standardDeviation(logRatio),
    },
    rate: decayRate(result),
  };
}

/** The rate at which the mean invariant decays, fitted between a fifth and three fifths of the run; null where it changes sign. */
export function decayRate({
  step,
  meanInvariant,
}: Pick<ChainStatistics, 'step' | 'meanInvariant'>): number | null {
  const last = step[step.length - 1]!;
  const inside = step.map((_, i) => i).filter((i) => step[i]! >= 0.2 * last && step[i]! < 0.6 * last);
  const signs = new Set(inside.map((i) => Math.sign(meanInvariant[i]!)));
  if (inside.length < 2 || signs.size !== 1 || signs.has(0)) return null;
  const x = inside.map((i) => step[i]!);
  return -linearFit(
    x,
    inside.map((i) => Math.log(Math.abs(meanInvariant[i]!))),
  ).slope;
}
