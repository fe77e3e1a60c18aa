import { count, figure } from '../../contract/figures.ts';
import type { Fig3bParameters, Fig3bResult } from '../../contract/theory.ts';
import { fig3bParametersSchema } from '../../contract/theory.ts';
import { convolve } from '../equations/circularConvolution.eq3.ts';
import type { KernelPair } from '../equations/solutionSet.eq4.ts';
import { spectralDensityRatio } from '../equations/spectralDensityRatio.eq8.ts';
import type { ComplexArray } from '../math/complexArray.ts';
import { squaredModulus } from '../math/complexArray.ts';
import { dft, inverseDftReal } from '../math/dft.ts';
import { createNormal, createNormalFill } from '../math/normal.ts';
import { createRandom } from '../math/random.ts';
import { median } from '../math/statistics.ts';
import { eyeGenerator, lineEye } from './eyeGenerator.ts';
import { meanExtrapolationError } from './extrapolationError.ts';
import { createFourierDescent, halfSpectrum, wholeSpectrum } from './fourierDescent.ts';
import { readParameters, requireFinite, requirePrime, requireStableStep } from './parameters.ts';

/** The ratio (8) of two kernels given as spectra. */
export function ratioOfPair(pair: KernelPair): number {
  return spectralDensityRatio(squaredModulus(pair.first), squaredModulus(pair.second));
}

/** The largest ratio (8) over the whole solution set (derived, Cauchy and Schwarz): <|ĉ|²>/<|ĉ|>², at |k̂1| ∝ |k̂2|. */
export function ratioBound(product: ComplexArray): number {
  const power = squaredModulus(product);
  let squares = 0;
  let moduli = 0;
  for (let u = 1; u < power.length; u++) {
    squares += power[u]!;
    moduli += Math.sqrt(power[u]!);
  }
  return (squares * (power.length - 1)) / moduli ** 2;
}

/** The pair as real kernels. */
function kernelsOf(pair: KernelPair): { k1: number[]; k2: number[] } {
  return { k1: Array.from(inverseDftReal(pair.first)), k2: Array.from(inverseDftReal(pair.second)) };
}

/** Where a run begins. 'equal-norms' is the truth with <|k̂1|²> = <|k̂2|²>; the random ones draw pixels from N(0, size²). */
function startingPair(
  parameters: Fig3bParameters,
  truth: KernelPair,
  kernels: readonly Float64Array[],
): KernelPair {
  const normal = createNormal(createRandom(parameters.seed, 1));
  const drawn = (around: Float64Array | undefined, size: number): ComplexArray =>
    dft(
      Float64Array.from({ length: parameters.size }, (_, m) => (around ? around[m]! : 0) + size * normal()),
    );
  switch (parameters.start) {
    case 'truth':
      return truth;
    case 'equal-norms': {
      const power = (spectrum: ComplexArray): number =>
        squaredModulus(spectrum).reduce((sum, value, u) => (u === 0 ? 0 : sum + value), 0);
      const scale = (power(truth.first) / power(truth.second)) ** 0.25;
      const scaled = (spectrum: ComplexArray, by: number): ComplexArray => ({
        re: spectrum.re.map((value) => value * by),
        im: spectrum.im.map((value) => value * by),
      });
      return { first: scaled(truth.first, 1 / scale), second: scaled(truth.second, scale) };
    }
    case 'perturbed':
      return { first: drawn(kernels[0], 0.05), second: drawn(kernels[1], 0.05) };
    case 'small-random':
      return { first: drawn(undefined, 0.1), second: drawn(undefined, 0.1) };
    case 'random':
      return { first: drawn(undefined, 0.3), second: drawn(undefined, 0.3) };
  }
}

/**
 * Figure 3b of the paper (Section 3.3): SGD of Model 1 for Example 1, in the Fourier domain. |k̂1|² and |k̂2|² of the
 * coefficients meet on the diagonal, and the spectral density ratio climbs towards its bound; with the spectral step of
 * equation (13) it is held near 1. Throws `wrong-usage` for a value outside its range, a size that is not prime or an
 * unstable step size, `diverged` where training runs away.
 */
export function fig3b(asked: unknown = {}): Fig3bResult {
  const parameters = readParameters(fig3bParametersSchema, asked, 'Figure 3b');
  requirePrime(parameters.size, 'The size');
  const eyes = eyeGenerator({ height: 1, width: parameters.size }, parameters.distance, [lineEye]);
  const truth = eyes.spectra;
  const start = startingPair(parameters, truth, [eyes.k1, eyes.k2]);
  const product = convolve(truth.first, truth.second);
  requireStable(parameters, start, product);

  const run = createFourierDescent(
    { first: halfSpectrum(start.first), second: halfSpectrum(start.second) },
    halfSpectrum(product),
    parameters,
    createNormalFill(createRandom(parameters.seed, 0)),
  );
  const followed = mostUnbalanced(start, parameters.coefficients);
  const out: Fig3bResult = {
    figure: '3b',
    parameters,
    step: [],
    ratio: [],
    bound: ratioBound(product),
    trueRatio: ratioOfPair(truth),
    imbalance: [],
    extrapolationError: [],
    loss: [],
    coefficients: followed.map((frequency) => ({ frequency, first: [], second: [] })),
    kernels: { true: kernelsOf(truth), initial: kernelsOf(start), final: { k1: [], k2: [] } },
    finding: '',
    invariantLeft: {
      measured: 1,
      predicted: Math.exp(
        -4 * parameters.stepSize ** 2 * parameters.size * parameters.noise ** 2 * parameters.steps,
      ),
    },
  };
  let done = 0;
  for (const step of recordedSteps(parameters)) {
    run.advance(step - done);
    done = step;
    record(out, wholePair(run.pair), truth, product, step);
  }
  const end = wholePair(run.pair);
  out.kernels.final = kernelsOf(end);
  out.invariantLeft.measured = invariantLeft(start, end);
  out.finding = finding(out);
  return out;
}

function wholePair(pair: KernelPair): KernelPair {
  return { first: wholeSpectrum(pair.first), second: wholeSpectrum(pair.second) };
}

/** The largest |k̂1|² + |k̂2|² at the start or at the balanced end, 2|ĉ|, bounds how fast the loss curves. */
function requireStable(parameters: Fig3bParameters, start: KernelPair, product: ComplexArray): void {
  const first = squaredModulus(start.first);
  const second = squaredModulus(start.second);
  const target = squaredModulus(product);
  const curvature = first.reduce(
    (most, value, u) => Math.max(most, value + second[u]!, 2 * Math.sqrt(target[u]!)),
    0,
  );
  requireStableStep(parameters.stepSize, curvature, 'the largest |k̂1|² + |k̂2|²');
}

/** The positive frequencies with the largest ||k̂1|² − |k̂2|²|, in order of frequency. */
function mostUnbalanced(pair: KernelPair, count: number): number[] {
  const first = squaredModulus(pair.first);
  const second = squaredModulus(pair.second);
  const gap = (u: number): number => Math.abs(first[u]! - second[u]!);
  return Array.from({ length: (first.length - 1) / 2 }, (_, i) => i + 1)
    .sort((u, v) => gap(v) - gap(u) || u - v)
    .slice(0, count)
    .sort((u, v) => u - v);
}

/** Even over the run, and 1,000, 5,000, 10,000 … whatever the number of points, so that runs can be compared at round steps. */
function recordedSteps({ steps, points }: Fig3bParameters): number[] {
  const even = Array.from({ length: points }, (_, i) => Math.round((steps * i) / (points - 1)));
  const round = [1_000, 2_000, 5_000, 10_000, 20_000, 40_000].filter((step) => step <= steps);
  return [...new Set([...even, ...round])].sort((a, b) => a - b);
}

function record(
  out: Fig3bResult,
  pair: KernelPair,
  truth: KernelPair,
  product: ComplexArray,
  step: number,
): void {
  const first = squaredModulus(pair.first);
  const second = squaredModulus(pair.second);
  let imbalance = 0;
  let loss = 0;
  const made = convolve(pair.first, pair.second);
  for (let u = 0; u < first.length; u++) {
    imbalance += Math.abs(Math.log10(first[u]! / second[u]!)) / first.length;
    loss += ((product.re[u]! - made.re[u]!) ** 2 + (product.im[u]! - made.im[u]!) ** 2) / first.length;
  }
  requireFinite(imbalance + loss, 'Training of Model 1', step);
  out.step.push(step);
  out.imbalance.push(imbalance);
  out.loss.push(loss / first.length);
  out.ratio.push(ratioOfPair(pair));
  out.extrapolationError.push(meanExtrapolationError(pair, truth));
  for (const coefficient of out.coefficients) {
    coefficient.first.push(first[coefficient.frequency]!);
    coefficient.second.push(second[coefficient.frequency]!);
  }
}

/** The median over frequencies of (|k̂1|² − |k̂2|²) at the end over the same at the start. */
function invariantLeft(start: KernelPair, end: KernelPair): number {
  const gap = (pair: KernelPair): Float64Array => {
    const second = squaredModulus(pair.second);
    return squaredModulus(pair.first).map((value, u) => value - second[u]!);
  };
  const before = gap(start);
  const left = gap(end)
    .map((value, u) => value / before[u]!)
    .filter(Number.isFinite);
  return left.length === 0 ? 1 : median(left);
}

const startFindings: Readonly<Record<Fig3bParameters['start'], string>> = {
  truth: 'Training began at the truth, which it can only lose.',
  'equal-norms': 'Training began at the truth with both kernels scaled to one norm.',
  perturbed: 'Training began close to the truth.',
  'small-random':
    'Training began at small random kernels. These are balanced already, and descent keeps |k̂1|² − |k̂2|² on its way: even without noise the result is the balanced solution, so this run cannot show a drift.',
  random: 'Training began at random kernels: nothing leads it to the truth among all solutions.',
};

const spectralFindings: Readonly<Record<Fig3bParameters['spectral'], string>> = {
  none: '',
  k2: ' The spectral step on k2 alone, as in equation (13), holds the ratio near 1 and does not protect the extrapolation: a ratio of 1 is one number, and the solutions that have it are many.',
  both: ' The spectral step on both kernels is our extension. Between kernels of one norm it works against the drift at every frequency, and keeps what was there at the start.',
};

function finding({ parameters, step, ratio, extrapolationError, bound }: Fig3bResult): string {
  const last = step.length - 1;
  const drift = parameters.noise === 0 ? ' Without noise there is no drift.' : '';
  const numbers = `From step 0 to ${count(step[last]!)} the spectral density ratio goes from ${figure(ratio[0]!)} to ${figure(ratio[last]!)} (bound ${figure(bound)}), and the relative extrapolation error from ${figure(extrapolationError[0]!)} to ${figure(extrapolationError[last]!)}.`;
  return `${startFindings[parameters.start]} ${numbers}${drift}${spectralFindings[parameters.spectral]}`;
}
