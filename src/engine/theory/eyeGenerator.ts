import { StudioError } from '../../contract/errors.ts';
import { dft, dft2d } from '../math/dft.ts';
import type { KernelPair } from '../equations/solutionSet.eq4.ts';
import { requireInvertible } from '../equations/solutionSet.eq4.ts';

/**
 * Example 1, the eye generator (paper, Section 2.2): k2 is the shape of an eye, k1 has two pixels, one for each eye.
 * Sizes, distance and shape are our choice: the paper gives none. Height 1 is the case of one dimension.
 */
export interface EyeGenerator {
  readonly height: number;
  readonly width: number;
  /** Pixels between the eyes, along the horizontal axis. */
  readonly distance: number;
  readonly eyeHeight: number;
  readonly eyeWidth: number;
  readonly k1: Float64Array;
  readonly k2: Float64Array;
  readonly spectra: KernelPair;
}

/** The eye on a line: (1, 3, 5, 3, 1). */
export const lineEye = [1, 3, 5, 3, 1] as const;

/** An eye of 5 × 7 pixels: an almond with a pupil, row by row. */
export function drawEye(): number[][] {
  return Array.from({ length: 5 }, (_, row) =>
    Array.from({ length: 7 }, (_, column) => {
      const y = (row - 2) / 2.6;
      const x = (column - 3) / 3.4;
      const pupil = Math.max(0, 1 - Math.hypot(row - 2, column - 3) / 2);
      return x * x + y * y <= 1 ? 1 + 3 * pupil : 0;
    }),
  );
}

/** Places an eye and its pair of positions on a grid. Throws `wrong-usage` where eyes overlap or a kernel is not invertible. */
export function eyeGenerator(
  grid: { height: number; width: number },
  distance: number,
  eye: readonly (readonly number[])[],
): EyeGenerator {
  const { height, width } = grid;
  const eyeHeight = eye.length;
  const eyeWidth = eye[0]?.length ?? 0;
  if (!Number.isInteger(distance) || distance < eyeWidth || distance > width - eyeWidth) {
    throw new StudioError(
      'wrong-usage',
      `The distance between the eyes is ${distance}: on an axis of ${width} pixels with eyes ${eyeWidth} wide it must be a whole number from ${eyeWidth} to ${width - eyeWidth}.`,
    );
  }
  const k1 = new Float64Array(height * width);
  k1[0] = 1;
  k1[distance] = 1;
  const k2 = new Float64Array(height * width);
  eye.forEach((row, y) => {
    row.forEach((value, x) => (k2[y * width + x] = value));
  });
  const transform = (values: Float64Array) => (height === 1 ? dft(values) : dft2d(values, height, width));
  const spectra = { first: transform(k1), second: transform(k2) };
  requireInvertible(spectra.first, 'k1');
  requireInvertible(spectra.second, 'k2');
  return { height, width, distance, eyeHeight, eyeWidth, k1, k2, spectra };
}

/**
 * The spectral density ratio of Example 1 in closed form (derived), for eyes that do not overlap:
 * ρ = (1 − q/M)/(1 − 1/M), q = |k̂2(0)|²/<|k̂2|²>, M the number of non zero frequencies. 1 only as the axis grows.
 */
export function eyeGeneratorRatio(eyePower: Float64Array): number {
  const frequencies = eyePower.length - 1;
  let rest = 0;
  for (let u = 1; u < eyePower.length; u++) rest += eyePower[u]!;
  const q = eyePower[0]! / (rest / frequencies);
  return (1 - q / frequencies) / (1 - 1 / frequencies);
}
