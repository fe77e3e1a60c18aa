import type { Fig2Parameters, Fig2Result, TheoryPicture } from '../../contract/theory.ts';
import { fig2ParametersSchema } from '../../contract/theory.ts';
import { StudioError } from '../../contract/errors.ts';
import { genericRatio } from '../equations/genericRatio.eq6.ts';
import { powerContrast } from '../equations/powerContrast.eq7.ts';
import { balancedOmega, randomOmega } from '../equations/solutionSet.eq4.ts';
import { spectralDensityRatio } from '../equations/spectralDensityRatio.eq8.ts';
import type { ComplexArray } from '../math/complexArray.ts';
import { complexDivide, complexMultiply, complexZeros, squaredModulus } from '../math/complexArray.ts';
import { inverseDft2dReal, inverseDft2dRealPair, transform2d } from '../math/dft.ts';
import { modularInverse } from '../math/primes.ts';
import { createRandom } from '../math/random.ts';
import { mean } from '../math/statistics.ts';
import { stretchSpectrum2d, stretchingGroup } from '../math/stretchingGroup.ts';
import type { EyeGenerator } from './eyeGenerator.ts';
import { drawEye, eyeGenerator, lineEye } from './eyeGenerator.ts';
import { readParameters, requirePrime } from './parameters.ts';

type Resolved = Fig2Result['parameters'];

/** The largest picture: 60 and more stretches of it are made for the curve. */
const largestPicture = 127;

/** A model as the figure needs it: k1 on the hidden grid and k2 on the output grid, which a stride makes larger. */
interface Solution {
  readonly first: ComplexArray;
  readonly second: ComplexArray;
}

/** X of both solutions [height][width], stretched by g, the eyes in the middle; drawn for whoever looks. */
export interface StretchedPair {
  readonly g: number;
  readonly draw: () => { truth: Float64Array; other: Float64Array };
}

interface Size {
  readonly height: number;
  readonly width: number;
}

/** Both grids, and the eyes on the output grid. */
interface Scene extends Size {
  readonly eyes: EyeGenerator;
  readonly stride: number;
}

/**
 * Figure 2 of the paper (Section 2.4): the eye generator with its true kernels and with another member of the solution set.
 * Both make the same X; stretched by g, the true one moves the eyes apart and the other one shows interference.
 * Throws `wrong-usage` for a value outside its range, a size that is not prime, or a kernel that cannot be inverted.
 */
export function fig2(asked: unknown = {}): Fig2Result {
  const steps = fig2Steps(asked);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** The same, a g at a time: whoever has others to answer can do so between two of them. */
export function* fig2Steps(asked: unknown = {}): Generator<StretchedPair, Fig2Result, void> {
  const parameters = resolve(readParameters(fig2ParametersSchema, asked, 'Figure 2'));
  const grid = { height: parameters.dimension === 1 ? 1 : parameters.size, width: parameters.size };
  const eye = parameters.dimension === 1 ? [lineEye] : drawEye();
  const eyes = eyeGenerator(grid, parameters.distance, eye);
  const { stride } = parameters;
  const scene: Scene = {
    eyes,
    stride,
    height: grid.height === 1 ? 1 : grid.height * stride,
    width: grid.width * stride,
  };
  const truth: Solution = { first: eyes.spectra.first, second: eyeSpectrum(scene, eye) };
  const other = otherSolution(parameters, scene, truth);

  const curve: Fig2Result['curve'] = [];
  for (const g of stretchingGroup(parameters.size)) {
    const [expected, made] = outputs(scene, [truth, other], g);
    curve.push(curvePoint(scene, expected, made, g));
    yield { g, draw: () => ({ truth: centred(scene, expected, g), other: centred(scene, made, g) }) };
  }
  const trained = outputs(scene, [truth, other], 1);
  const largest = trained[0].reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const apart = curve.flatMap((point) => (point.outside && point.g !== 1 ? [point.outside] : []));
  return {
    figure: '2',
    parameters,
    rows: [row(parameters, scene, truth, 'true'), row(parameters, scene, other, parameters.solution)],
    trainedDifference:
      trained[0].reduce((most, value, i) => Math.max(most, Math.abs(value - trained[1][i]!)), 0) / largest,
    curve,
    meanError: mean(curve.slice(1).map((point) => point.error)),
    meanOutside:
      apart.length === 0
        ? { true: 0, other: 0 }
        : { true: mean(apart.map((share) => share.true)), other: mean(apart.map((share) => share.other)) },
  };
}

/** Fills in the distance and the stretch: 13 doubled to 26 on a line, 20 stretched by 1.5 to 30 in a picture. */
function resolve(parameters: Fig2Parameters): Resolved {
  const { dimension, size } = parameters;
  requirePrime(size, 'The size');
  if (dimension === 2 && size > largestPicture) {
    throw new StudioError(
      'wrong-usage',
      `A picture of ${size} × ${size} is too large for this figure: take a prime size up to ${largestPicture}, or one dimension.`,
    );
  }
  const distance = parameters.distance ?? (dimension === 1 ? 13 : 20);
  const stretch =
    parameters.stretch ?? modularInverse(dimension === 1 ? 2 : 3 * modularInverse(2, size), size);
  if (stretch >= size) {
    throw new StudioError(
      'wrong-usage',
      `The stretch is ${stretch}: the elements of the stretching group modulo ${size} are 1 to ${size - 1}.`,
    );
  }
  return { ...parameters, distance, stretch };
}

/** k̂2 on the output grid. */
function eyeSpectrum({ eyes, height, width }: Scene, eye: readonly (readonly number[])[]): ComplexArray {
  const spectrum = complexZeros(height * width);
  eye.forEach((values, y) => {
    values.forEach((value, x) => (spectrum.re[y * width + x] = value));
  });
  transform2d(spectrum, height, width, 'forward');
  return eyes.k2.length === spectrum.re.length ? eyes.spectra.second : spectrum;
}

/** A hidden spectrum on the output grid: zeros between the pixels repeat it. */
function widened({ eyes, stride, height, width }: Scene, hidden: ComplexArray): ComplexArray {
  if (stride === 1) return hidden;
  const out = complexZeros(height * width);
  for (let index = 0; index < height * width; index++) {
    const from = (Math.floor(index / width) % eyes.height) * eyes.width + ((index % width) % eyes.width);
    out.re[index] = hidden.re[from]!;
    out.im[index] = hidden.im[from]!;
  }
  return out;
}

/** The mean over the repeated frequencies of a power on the output grid: what a hidden frequency meets. */
function folded({ eyes, height, width }: Scene, power: Float64Array): Float64Array {
  const out = new Float64Array(eyes.height * eyes.width);
  const copies = power.length / out.length;
  for (let index = 0; index < height * width; index++) {
    const into = (Math.floor(index / width) % eyes.height) * eyes.width + ((index % width) % eyes.width);
    out[into] = out[into]! + power[index]! / copies;
  }
  return out;
}

function otherSolution(parameters: Resolved, scene: Scene, truth: Solution): Solution {
  const omega =
    parameters.solution === 'random'
      ? randomOmega(scene.eyes, { spread: parameters.spread, phase: 'zero' }, createRandom(parameters.seed))
      : balancedOmega({
          first: truth.first,
          second: {
            re: folded(scene, squaredModulus(truth.second)).map(Math.sqrt),
            im: new Float64Array(truth.first.re.length),
          },
        });
  return {
    first: complexDivide(truth.first, omega),
    second: complexMultiply(truth.second, widened(scene, omega)),
  };
}

/** X̂ of (g·k1) ⊗ k2, the horizontal axis stretched. */
function outputSpectrum(scene: Scene, solution: Solution, g: number): ComplexArray {
  const { eyes } = scene;
  const stretched = stretchSpectrum2d(solution.first, eyes.height, eyes.width, {
    vertical: 1,
    horizontal: g,
  });
  return complexMultiply(widened(scene, stretched), solution.second);
}

function output(scene: Scene, solution: Solution, g: number): Float64Array {
  return inverseDft2dReal(outputSpectrum(scene, solution, g), scene.height, scene.width);
}

function outputs(
  scene: Scene,
  [truth, other]: readonly [Solution, Solution],
  g: number,
): [Float64Array, Float64Array] {
  const spectra = [outputSpectrum(scene, truth, g), outputSpectrum(scene, other, g)] as const;
  return inverseDft2dRealPair(spectra, scene.height, scene.width);
}

/** Where the second eye stands after stretching by g, on the hidden grid: D/g. */
function stretchedDistance({ eyes }: Scene, g: number): number {
  return (modularInverse(g, eyes.width) * eyes.distance) % eyes.width;
}

/** Share of the energy outside the two windows of an eye's size; null where they overlap. */
function energyOutside(scene: Scene, values: Float64Array, g: number): number | null {
  const { eyes, stride, height, width } = scene;
  const second = stretchedDistance(scene, g) * stride;
  if (Math.min(second, width - second) < eyes.eyeWidth) return null;
  let total = 0;
  let outside = 0;
  for (let index = 0; index < height * width; index++) {
    const energy = values[index]! ** 2;
    const x = index % width;
    total += energy;
    const inside =
      Math.floor(index / width) < eyes.eyeHeight &&
      (x < eyes.eyeWidth || (x - second + width) % width < eyes.eyeWidth);
    if (!inside) outside += energy;
  }
  return outside / total;
}

function curvePoint(
  scene: Scene,
  expected: Float64Array,
  made: Float64Array,
  g: number,
): Fig2Result['curve'][number] {
  let error = 0;
  let total = 0;
  for (let i = 0; i < expected.length; i++) {
    error += (made[i]! - expected[i]!) ** 2;
    total += expected[i]! ** 2;
  }
  const outsideTrue = energyOutside(scene, expected, g);
  const outsideOther = energyOutside(scene, made, g);
  return {
    g,
    distance: stretchedDistance(scene, g),
    error: error / total,
    outside:
      outsideTrue === null || outsideOther === null ? null : { true: outsideTrue, other: outsideOther },
  };
}

const labels: Readonly<Record<Fig2Result['rows'][number]['solution'], string>> = {
  true: 'True parameters',
  balanced: 'Balanced solution, where SGD goes',
  random: 'Random member of the solution set',
};

function row(
  parameters: Resolved,
  scene: Scene,
  solution: Solution,
  name: keyof typeof labels,
): Fig2Result['rows'][number] {
  const { eyes, height, width } = scene;
  const power = folded(scene, squaredModulus(solution.second));
  const firstPower = squaredModulus(solution.first);
  const drawn = (g: number): TheoryPicture => asPicture(centred(scene, output(scene, solution, g), g), scene);
  const k1 = inverseDft2dReal(solution.first, eyes.height, eyes.width);
  const k2 = inverseDft2dReal(solution.second, height, width);
  return {
    solution: name,
    label: labels[name],
    k1: asPicture(
      moved(k1, eyes, {
        down: Math.floor((eyes.height - 1) / 2),
        right: Math.floor((eyes.width - eyes.distance) / 2),
      }),
      eyes,
    ),
    k2: asPicture(
      moved(k2, scene, {
        down: Math.floor((height - eyes.eyeHeight) / 2),
        right: Math.floor((width - eyes.eyeWidth) / 2),
      }),
      scene,
    ),
    trained: drawn(1),
    stretched: drawn(parameters.stretch),
    stretchedDistance: stretchedDistance(scene, parameters.stretch),
    ratio: spectralDensityRatio(firstPower, power),
    groupRatio: genericRatio({
      first: firstPower,
      act: (g: number, values) => {
        const complex = { re: values, im: new Float64Array(values.length) };
        return stretchSpectrum2d(complex, eyes.height, eyes.width, { vertical: 1, horizontal: g }).re;
      },
      contrast: (values) => powerContrast(values, power),
      group: { kind: 'finite', elements: stretchingGroup(eyes.width) },
    }),
  };
}

/** The values moved around the torus by (down, right). */
function moved(
  values: Float64Array,
  { height, width }: Size,
  { down, right }: { down: number; right: number },
): Float64Array {
  const out = new Float64Array(values.length);
  const shift = ((right % width) + width) % width;
  for (let y = 0; y < height; y++) {
    const row = values.subarray(y * width, (y + 1) * width);
    const to = ((((y + down) % height) + height) % height) * width;
    out.set(row.subarray(0, width - shift), to + shift);
    out.set(row.subarray(width - shift), to);
  }
  return out;
}

/** Moves the pair of eyes to the middle: Z, which says where the pair stands, is free. */
function centred(scene: Scene, values: Float64Array, g: number): Float64Array {
  const { eyes, stride, height, width } = scene;
  const second = stretchedDistance(scene, g) * stride;
  const left = second <= width / 2 ? 0 : second;
  const span = Math.min(second, width - second) + eyes.eyeWidth;
  const right = Math.floor((width - span) / 2) - left;
  return moved(values, scene, { down: Math.floor((height - eyes.eyeHeight) / 2), right });
}

function asPicture(values: Float64Array, { height, width }: Size): TheoryPicture {
  return { height, width, values: Array.from(values) };
}
