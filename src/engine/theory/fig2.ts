import type { Fig2Result, Fig2Solutions, TheoryPicture } from '../../contract/theory.ts';
import { genericRatio } from '../equations/genericRatio.eq6.ts';
import { powerContrast } from '../equations/powerContrast.eq7.ts';
import { spectralDensityRatio } from '../equations/spectralDensityRatio.eq8.ts';
import { squaredModulus } from '../math/complexArray.ts';
import { inverseDft2dReal } from '../math/dft.ts';
import { haarAverage } from '../math/haar.ts';
import { modularInverse } from '../math/primes.ts';
import { mean } from '../math/statistics.ts';
import { stretch2d, stretchingGroup } from '../math/stretchingGroup.ts';
import {
  centred,
  eyeSolutions,
  folded,
  moved,
  outputs,
  stretchedDistance,
  stretchedEyes,
} from './eyeSolutions.ts';
import type { EyeSolutions, Size, Solution } from './eyeSolutions.ts';

/**
 * Figure 2 of the paper (Section 2.4): the eye generator with its true kernels and with another member of the solution set.
 * Both make the same X; stretched by g, the true one moves the eyes apart and the other one shows interference.
 * Throws `wrong-usage` for a value outside its range, a size that is not prime, or a kernel that cannot be inverted.
 */
export function fig2(asked: unknown = {}): Fig2Result {
  const solutions = eyeSolutions(asked);
  const { parameters } = solutions;
  const { rows, trainedDifference } = fig2Solutions(solutions);
  const [trained, stretched] = [pictures(solutions, 1), pictures(solutions, parameters.stretch)];
  const curve = stretchingGroup(parameters.size).map((g) => stretchedEyes(solutions, g).point);
  const apart = curve.flatMap((point) => (point.outside && point.g !== 1 ? [point.outside] : []));
  return {
    figure: '2',
    parameters,
    rows: rows.map((row, at) => ({ ...row, trained: trained[at]!, stretched: stretched[at]! })),
    trainedDifference,
    curve,
    meanError: mean(curve.slice(1).map((point) => point.error)),
    meanOutside:
      apart.length === 0
        ? { true: 0, other: 0 }
        : { true: mean(apart.map((share) => share.true)), other: mean(apart.map((share) => share.other)) },
  };
}

/** Both solutions as they are, before any is stretched. */
export function fig2Solutions(solutions: EyeSolutions): Fig2Solutions {
  const { parameters, scene, truth, other } = solutions;
  const [expected, made] = outputs(solutions, 1);
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const difference = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - made[i]!)), 0);
  return {
    parameters,
    rows: [row(solutions, truth, 'true'), row(solutions, other, parameters.solution)],
    trainedDifference: difference / largest,
    distances: stretchingGroup(parameters.size).map((g) => stretchedDistance(scene, g)),
  };
}

function pictures(solutions: EyeSolutions, g: number): TheoryPicture[] {
  const { scene } = solutions;
  return outputs(solutions, g).map((values) => asPicture(centred(scene, values, g), scene));
}

const labels: Readonly<Record<Fig2Solutions['rows'][number]['solution'], string>> = {
  true: 'True parameters',
  balanced: 'Balanced solution, where SGD goes',
  random: 'Random member of the solution set',
};

function row(
  { parameters, scene }: EyeSolutions,
  solution: Solution,
  name: keyof typeof labels,
): Fig2Solutions['rows'][number] {
  const { eyes, height, width } = scene;
  const power = folded(scene, squaredModulus(solution.second));
  const firstPower = squaredModulus(solution.first);
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
    stretchedDistance: stretchedDistance(scene, parameters.stretch),
    ratio: spectralDensityRatio(firstPower, power),
    groupRatio: genericRatio({
      first: firstPower,
      // On a spectrum g acts by its inverse.
      act: (g: number, values) =>
        stretch2d(values, eyes.height, eyes.width, {
          vertical: 1,
          horizontal: modularInverse(g, eyes.width),
        }),
      contrast: (values) => powerContrast(values, power),
      average: (value) => haarAverage(stretchingGroup(eyes.width), value),
    }),
  };
}

function asPicture(values: Float64Array, { height, width }: Size): TheoryPicture {
  return { height, width, values: Array.from(values) };
}
