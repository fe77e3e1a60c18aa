import type { DescentVariant } from '../../contract/theory.ts';
import { stochasticSteps } from '../equations/stochasticLoss.eq11.ts';
import { createNormalFill } from '../math/normal.ts';
import type { Random } from '../math/random.ts';
import { createRandom } from '../math/random.ts';

/** What the five labelled ways to take a step do; r = C − ab with a fresh C ~ N(c, σ²). */
export const descentLabels: Readonly<Record<DescentVariant, string>> = {
  sgd: 'SGD: both factors at once, from one sample',
  asynchronous: 'ASGD (our choice): a random factor each step, from a sample of its own',
  independent: 'ASGD variant (our choice): both factors at once, each from a sample of its own',
  alternating: 'ASGD variant (our choice): a, then b, each from a sample of its own',
  'gauss-seidel': 'ASGD variant (our choice): a, then b with the new a, from one sample',
};

export interface DescentSetting {
  readonly target: number;
  readonly stepSize: number;
  readonly noise: number;
}

/** Runs a chain, [a, b], through samples C = c + σ·(standard normal): one a step, or two where the variant wants them. */
type Steps = (
  chain: Float64Array,
  setting: DescentSetting,
  normal: Float64Array,
  count: number,
  random: Random,
) => void;

function asynchronousSteps(
  chain: Float64Array,
  { target, stepSize, noise }: DescentSetting,
  normal: Float64Array,
  count: number,
  random: Random,
): void {
  const rate = 2 * stepSize;
  let a = chain[0]!;
  let b = chain[1]!;
  for (let i = 0; i < count; i++) {
    const move = rate * (target + noise * normal[i]! - a * b);
    if (random.uniform() < 0.5) a += b * move;
    else b += a * move;
  }
  chain[0] = a;
  chain[1] = b;
}

function independentSteps(
  chain: Float64Array,
  { target, stepSize, noise }: DescentSetting,
  normal: Float64Array,
  count: number,
): void {
  const rate = 2 * stepSize;
  let a = chain[0]!;
  let b = chain[1]!;
  for (let i = 0; i < count; i++) {
    const gap = target - a * b;
    const next = a + rate * b * (gap + noise * normal[2 * i]!);
    b += rate * a * (gap + noise * normal[2 * i + 1]!);
    a = next;
  }
  chain[0] = a;
  chain[1] = b;
}

function alternatingSteps(
  chain: Float64Array,
  { target, stepSize, noise }: DescentSetting,
  normal: Float64Array,
  count: number,
): void {
  const rate = 2 * stepSize;
  let a = chain[0]!;
  let b = chain[1]!;
  for (let i = 0; i < count; i++) {
    a += rate * b * (target + noise * normal[2 * i]! - a * b);
    b += rate * a * (target + noise * normal[2 * i + 1]! - a * b);
  }
  chain[0] = a;
  chain[1] = b;
}

function gaussSeidelSteps(
  chain: Float64Array,
  { target, stepSize, noise }: DescentSetting,
  normal: Float64Array,
  count: number,
): void {
  const rate = 2 * stepSize;
  let a = chain[0]!;
  let b = chain[1]!;
  for (let i = 0; i < count; i++) {
    const sample = target + noise * normal[i]!;
    a += rate * b * (sample - a * b);
    b += rate * a * (sample - a * b);
  }
  chain[0] = a;
  chain[1] = b;
}

const variants: Readonly<Record<DescentVariant, { steps: Steps; samples: 1 | 2 }>> = {
  sgd: { steps: stochasticSteps, samples: 1 },
  asynchronous: { steps: asynchronousSteps, samples: 1 },
  independent: { steps: independentSteps, samples: 2 },
  alternating: { steps: alternatingSteps, samples: 2 },
  'gauss-seidel': { steps: gaussSeidelSteps, samples: 1 },
};

const blockSteps = 512;

/** A chain of one variant with random numbers of its own: the chain `index` of this seed, whatever other chains there are. */
export function createChain(
  variant: DescentVariant,
  start: readonly [number, number],
  setting: DescentSetting,
  seed: number,
  index: number,
): { readonly state: Float64Array; advance: (count: number) => void } {
  const fill = createNormalFill(createRandom(seed, index, 0));
  const random = createRandom(seed, index, 1);
  const { steps, samples } = variants[variant];
  const normal = new Float64Array(samples * blockSteps);
  const state = Float64Array.from(start);
  const advance = (count: number): void => {
    for (let left = count; left > 0; left -= blockSteps) {
      const now = Math.min(left, blockSteps);
      fill(normal, samples * now);
      steps(state, setting, normal, now, random);
    }
  };
  return { state, advance };
}

/** Means over the chains at the steps kept, and where every chain ended. */
export interface ChainStatistics {
  readonly step: number[];
  readonly meanInvariant: Float64Array;
  readonly meanProduct: Float64Array;
  readonly a: Float64Array;
  readonly b: Float64Array;
}

/** Runs `chains` independent chains; keeps the means of a² − b² and ab every `every` steps. */
export function runChains(
  variant: DescentVariant,
  start: readonly [number, number],
  setting: DescentSetting,
  run: { chains: number; steps: number; every: number; seed: number; firstChain?: number },
): ChainStatistics {
  const step = [0];
  while (step[step.length - 1]! < run.steps)
    step.push(Math.min(run.steps, step[step.length - 1]! + run.every));
  const meanInvariant = new Float64Array(step.length);
  const meanProduct = new Float64Array(step.length);
  const a = new Float64Array(run.chains);
  const b = new Float64Array(run.chains);
  for (let index = 0; index < run.chains; index++) {
    const { state, advance } = createChain(variant, start, setting, run.seed, index + (run.firstChain ?? 0));
    for (let point = 0; point < step.length; point++) {
      if (point > 0) advance(step[point]! - step[point - 1]!);
      meanInvariant[point] = meanInvariant[point]! + (state[0]! ** 2 - state[1]! ** 2) / run.chains;
      meanProduct[point] = meanProduct[point]! + (state[0]! * state[1]!) / run.chains;
    }
    a[index] = state[0]!;
    b[index] = state[1]!;
  }
  return { step, meanInvariant, meanProduct, a, b };
}
