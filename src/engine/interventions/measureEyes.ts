import { quantile } from '../math/statistics.ts';
import { dipFaults, findDip } from './eyeDip.ts';
import type { Dip, DipFault } from './eyeDip.ts';

/** How far a dip may lie from where it is expected, in pixels. */
const searchWindow = 4;
/**
 * How far from an eye's middle its shoulders may lie, in pixels: about half the distance of stretched eyes. The same
 * before and after, since a shorter reach before makes eyes of the same size look wider after.
 */
const shoulderReach = 10;
/** Luminance on [−1, 1]: a fifth of the way from black to grey. */
const defaultLeastDepth = 0.2;

export interface EyePictures {
  /** n · size · size · 3 values in [−1, 1]: the same faces before and after a horizontal stretch. */
  before: Float32Array;
  after: Float32Array;
  /** Middles of the left and of the right eye before stretching, four numbers a face: x, y, x, y in pixel indices. */
  eyes: Float32Array;
  /** The stretch; 1 measures the method itself. */
  factor: number;
  size: number;
  /** Dips less deep than this are refused. Default 0.2 of [−1, 1]. */
  leastDepth?: number;
}

export interface Spread {
  median: number;
  q25: number;
  q75: number;
  count: number;
}

export interface EyeMeasurement {
  factor: number;
  faces: number;
  /** Distance of the two eyes after / before, over the faces whose four dips were found; null without any. */
  distance: Spread | null;
  /** Width of an eye after / before, over the eyes whose two dips were found. */
  width: Spread | null;
  /** Depth of the dip after / before, over the same eyes: below 1 the eye has become fainter. */
  depth: Spread | null;
  /** Eyes whose width was taken, and the others by what was wrong, before stretching or after it. */
  eyesUsed: number;
  eyesDropped: { reason: DipFault; picture: 'before' | 'after'; eyes: number }[];
  /** One a face, null where not measured, so that two stretches can be compared on the same eyes. */
  distances: (number | null)[];
  /** Two a face: left and right. */
  widths: (number | null)[];
}

/**
 * What a horizontal stretch by `factor` does to the distance and to the width of the eyes (paper, Sec. 4.1: stretched at
 * the intermediate level, eyes move apart and keep their size). The row of an eye is the mean luminance of the three
 * pixel rows about it; its middle is expected at c + (x − c) · factor, c = (size − 1) / 2. The method is our choice: full
 * width at half depth of the dark dip, as templates proved too noisy.
 *
 * @throws RangeError where the lengths do not fit one another
 */
export function measureEyes(pictures: EyePictures): EyeMeasurement {
  const { eyes, factor, size } = pictures;
  const faces = eyes.length / 4;
  for (const [name, length] of [
    ['before', pictures.before.length],
    ['after', pictures.after.length],
  ] as const) {
    if (length !== faces * size * size * 3)
      throw new RangeError(`${name}: ${length} values for ${faces} faces`);
  }
  const dropped = new Map<string, number>();
  const distances: (number | null)[] = [];
  const widths: (number | null)[] = [];
  const depths: number[] = [];
  for (let face = 0; face < faces; face++) {
    const pairs = [0, 1].map((side) => {
      const found = eyePair(pictures, face, eyes[face * 4 + side * 2]!, eyes[face * 4 + side * 2 + 1]!);
      if ('fault' in found) {
        const key = `${found.picture}: ${found.fault}`;
        dropped.set(key, (dropped.get(key) ?? 0) + 1);
        return undefined;
      }
      return found;
    });
    const [left, right] = pairs;
    for (const pair of pairs) if (pair !== undefined) depths.push(pair.after.depth / pair.before.depth);
    widths.push(...pairs.map((pair) => (pair === undefined ? null : pair.after.width / pair.before.width)));
    distances.push(
      left === undefined || right === undefined
        ? null
        : (right.after.centre - left.after.centre) / (right.before.centre - left.before.centre),
    );
  }
  const eyesDropped = (['before', 'after'] as const).flatMap((picture) =>
    dipFaults
      .map((reason) => ({ reason, picture, eyes: dropped.get(`${picture}: ${reason}`) ?? 0 }))
      .filter((entry) => entry.eyes > 0),
  );
  const width = spreadOf(widths);
  return {
    factor,
    faces,
    distance: spreadOf(distances),
    width,
    depth: spreadOf(depths),
    eyesUsed: width?.count ?? 0,
    eyesDropped,
    distances,
    widths,
  };
}

/**
 * The dip of each eye in pictures of faces: left and right of each face, or why none is found there.
 * @param pictures n · size · size · 3 values in [−1, 1]
 * @param eyes middles, four numbers a face: x, y, x, y in pixel indices
 */
export function findEyes(
  pictures: Float32Array,
  eyes: Float32Array,
  size: number,
  leastDepth = defaultLeastDepth,
): (readonly [Dip | DipFault, Dip | DipFault])[] {
  const search = { window: searchWindow, reach: shoulderReach, leastDepth };
  const eye = (face: number, side: 0 | 1): Dip | DipFault =>
    findDip(eyeRow(pictures, size, face, eyes[face * 4 + side * 2 + 1]!), eyes[face * 4 + side * 2]!, search);
  return Array.from({ length: eyes.length / 4 }, (_, face) => [eye(face, 0), eye(face, 1)] as const);
}

type EyePair = { before: Dip; after: Dip } | { fault: DipFault; picture: 'before' | 'after' };

function eyePair(pictures: EyePictures, face: number, x: number, y: number): EyePair {
  const { size, factor, leastDepth = defaultLeastDepth } = pictures;
  const centre = (size - 1) / 2;
  const search = { window: searchWindow, reach: shoulderReach, leastDepth };
  const before = findDip(eyeRow(pictures.before, size, face, y), x, search);
  if (typeof before === 'string') return { fault: before, picture: 'before' };
  const expected = centre + (before.centre - centre) * factor;
  const row = eyeRow(pictures.after, size, face, y);
  const after = findDip(row, expected, search);
  if (typeof after === 'string') return { fault: after, picture: 'after' };
  return { before, after };
}

/** Mean over colours and over the three pixel rows about y, by ITU-R BT.601's weights of the colours. */
function eyeRow(pictures: Float32Array, size: number, face: number, y: number): Float64Array {
  const row = new Float64Array(size);
  const middle = Math.min(size - 2, Math.max(1, Math.round(y)));
  for (let line = middle - 1; line <= middle + 1; line++) {
    const start = (face * size + line) * size * 3;
    for (let x = 0; x < size; x++) {
      const at = start + x * 3;
      row[x]! += (0.299 * pictures[at]! + 0.587 * pictures[at + 1]! + 0.114 * pictures[at + 2]!) / 3;
    }
  }
  return row;
}

function spreadOf(values: readonly (number | null)[]): Spread | null {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return null;
  const at = (share: number): number => quantile(known, share);
  return { median: at(0.5), q25: at(0.25), q75: at(0.75), count: known.length };
}
