import type { Fig2Parameters, Fig2Result } from '../../contract/theory.ts';
import { fig2ParametersSchema } from '../../contract/theory.ts';
import { StudioError } from '../../contract/errors.ts';
import type { ConvolutionFactors } from '../equations/circularConvolution.eq3.ts';
import { convolvedPair } from '../equations/circularConvolution.eq3.ts';
import { balancedOmega, composeWith, randomOmega } from '../equations/solutionSet.eq4.ts';
import type { ComplexArray } from '../math/complexArray.ts';
import { complexZeros, squaredModulus } from '../math/complexArray.ts';
import { transform2d } from '../math/dft.ts';
import { modularInverse } from '../math/primes.ts';
import { createRandom } from '../math/random.ts';
import { stretchSpectrum2d } from '../math/stretchingGroup.ts';
import type { EyeGenerator } from './eyeGenerator.ts';
import { drawEye, eyeGenerator, lineEye } from './eyeGenerator.ts';
import { readParameters, requirePrime } from './parameters.ts';

type Resolved = Fig2Result['parameters'];

/** The largest picture: 60 and more stretches of it are made for the curve. */
const largestPicture = 127;

/** A model as the figure needs it: k1 on the hidden grid and k2 on the output grid, which a stride makes larger. */
export interface Solution {
  readonly first: ComplexArray;
  readonly second: ComplexArray;
}

export interface Size {
  readonly height: number;
  readonly width: number;
}

/** Both grids, and the eyes on the output grid. */
export interface Scene extends Size {
  readonly eyes: EyeGenerator;
  readonly stride: number;
}

/** The true kernels of the eye generator and another member of its solution set (paper, Section 2.4). */
export interface EyeSolutions {
  readonly parameters: Resolved;
  readonly scene: Scene;
  readonly truth: Solution;
  readonly other: Solution;
}

/** Both solutions, stretched by one g. */
export interface StretchedEyes {
  readonly point: Fig2Result['curve'][number];
  /** X of both, [height][width], the eyes in the middle; drawn for whoever looks. */
  readonly draw: () => { truth: Float64Array; other: Float64Array };
}

/**
 * Throws `wrong-usage` for a value outside its range, a size that is not prime, or a kernel that cannot be inverted.
 */
export function eyeSolutions(asked: unknown = {}): EyeSolutions {
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
  return { parameters, scene, truth, other: otherSolution(parameters, scene, truth) };
}

/** X of both solutions, (g·k1) ⊗ k2, [height][width] each. */
export function outputs({ scene, truth, other }: EyeSolutions, g: number): [Float64Array, Float64Array] {
  return convolvedPair(
    stretchedFactors(scene, truth, g),
    stretchedFactors(scene, other, g),
    scene.height,
    scene.width,
  );
}

export function stretchedEyes(solutions: EyeSolutions, g: number): StretchedEyes {
  const { scene } = solutions;
  const [expected, made] = outputs(solutions, g);
  return {
    point: curvePoint(scene, expected, made, g),
    draw: () => ({ truth: centred(scene, expected, g), other: centred(scene, made, g) }),
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
export function folded({ eyes, height, width }: Scene, power: Float64Array): Float64Array {
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
  return composeWith(truth, omega, widened(scene, omega));
}

/** The factors of (g·k1) ⊗ k2 on the output grid, the horizontal axis stretched. */
function stretchedFactors(scene: Scene, solution: Solution, g: number): ConvolutionFactors {
  const { eyes } = scene;
  const stretched = stretchSpectrum2d(solution.first, eyes.height, eyes.width, {
    vertical: 1,
    horizontal: g,
  });
  return [widened(scene, stretched), solution.second];
}

/** Where the second eye stands after stretching by g, on the hidden grid: D/g. */
export function stretchedDistance({ eyes }: Scene, g: number): number {
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

/** The values moved around the torus by (down, right). */
export function moved(
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
export function centred(scene: Scene, values: Float64Array, g: number): Float64Array {
  const { eyes, stride, height, width } = scene;
  const second = stretchedDistance(scene, g) * stride;
  const left = second <= width / 2 ? 0 : second;
  const span = Math.min(second, width - second) + eyes.eyeWidth;
  const right = Math.floor((width - span) / 2) - left;
  return moved(values, scene, { down: Math.floor((height - eyes.eyeHeight) / 2), right });
}
