import { StudioError } from '../../contract/errors.ts';
import type { ColourMap } from '../../contract/recipe.ts';

type Row = readonly [number, number, number];
/** A 3×3 matrix over (red, green, blue), rows first. */
export type ColourMatrix = readonly [Row, Row, Row];

export const identityMatrix: ColourMatrix = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

/** The share of the old colours that a target map keeps: what makes it invertible. */
const kept = 0.05;

/** |det g| below this share of ‖g‖³ counts as not invertible: three times the precision of the numbers is lost. */
const leastVolume = 1e-9;

/**
 * The matrix g of a colour map.
 *
 * `target`: g = −strength · t (⅓, ⅓, ⅓) ± 0.05 I, with t = 2 · colour − 1 the target as a direction of the image
 * layer's output before tanh, where +1 stands for full and −1 for no red, green or blue.
 * The channels that draw dark hair put a negative luminance l = (⅓, ⅓, ⅓) · c into that output; g c = strength · |l| · t
 * ± 0.05 c: dark hair takes the colour t, hence the minus. Channels that brighten take the opposite colour.
 * det g = ε² (ε − strength · mean t) for g = −strength · t (⅓, ⅓, ⅓) + ε I; ε has the sign opposite to mean t, so that
 * no colour makes it 0.
 *
 * Our choice: the paper leaves g open.
 *
 * @throws StudioError `wrong-usage` where a given matrix is not invertible
 */
export function colourMatrix(map: ColourMap): ColourMatrix {
  switch (map.kind) {
    case 'negate':
      return scaled(identityMatrix, -1);
    case 'matrix':
      requireInvertible(map.matrix);
      return map.matrix;
    case 'target': {
      const [red, green, blue] = map.colour.map((part) => 2 * part - 1) as [number, number, number];
      const epsilon = red + green + blue > 0 ? -kept : kept;
      const row = (target: number, at: number): Row => {
        const share = (-map.strength * target) / 3;
        const entry = (column: number): number => (column === at ? share + epsilon : share);
        return [entry(0), entry(1), entry(2)];
      };
      return [row(red, 0), row(green, 1), row(blue, 2)];
    }
  }
}

/** x ↦ g x + offset on the image layer's output before tanh. */
export interface AffineColour {
  matrix: ColourMatrix;
  offset: Row;
}

/** The share of its own light and dark that hair keeps under a target colour behind a gate. */
const keptShading = 0.5;
/** What reaches the output of a target's strength, so that the default 1.5 leaves room for light and dark under tanh. */
const offsetShare = 0.8;

/**
 * What a colour map does to all that is drawn where a gate is open. Light hair lies about the middle of the range, where
 * a matrix changes little or turns the target over; so a target is an offset here:
 *   x ↦ 0.5 x + 0.8 · strength · t,  t = 2 · colour − 1,
 * the same colour for dark and light hair, with the strands' own shading (our choice). The others act as they stand.
 *
 * @throws StudioError `wrong-usage` where a given matrix is not invertible
 */
export function affineColour(map: ColourMap): AffineColour {
  if (map.kind !== 'target') return { matrix: colourMatrix(map), offset: [0, 0, 0] };
  const [red, green, blue] = map.colour.map((part) => offsetShare * map.strength * (2 * part - 1)) as [
    number,
    number,
    number,
  ];
  return { matrix: scaled(identityMatrix, keptShading), offset: [red, green, blue] };
}

export function determinant([a, b, c]: ColourMatrix): number {
  const [first, second, third] = cross(b, c);
  return a[0] * first + a[1] * second + a[2] * third;
}

/** @throws StudioError `wrong-usage` */
export function requireInvertible(matrix: ColourMatrix): void {
  const norm = Math.hypot(...matrix.flat());
  const volume = Math.abs(determinant(matrix));
  if (volume > leastVolume * norm ** 3) return;
  throw new StudioError(
    'wrong-usage',
    `The colour matrix [${matrix.map((row) => `[${row.join(', ')}]`).join(', ')}] cannot be inverted: its determinant is ${determinant(matrix)}, so different colours would become the same. Change a row that is a sum of multiples of the others.`,
  );
}

/** second · first: the map that does what `first` does and then what `second` does. */
export function composeMatrices(second: ColourMatrix, first: ColourMatrix): ColourMatrix {
  const row = ([x, y, z]: Row): Row => [
    x * first[0][0] + y * first[1][0] + z * first[2][0],
    x * first[0][1] + y * first[1][1] + z * first[2][1],
    x * first[0][2] + y * first[1][2] + z * first[2][2],
  ];
  return [row(second[0]), row(second[1]), row(second[2])];
}

function scaled([a, b, c]: ColourMatrix, factor: number): ColourMatrix {
  const row = ([x, y, z]: Row): Row => [x * factor, y * factor, z * factor];
  return [row(a), row(b), row(c)];
}

function cross(a: Row, b: Row): Row {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}
