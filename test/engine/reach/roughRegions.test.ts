import { expect, it } from 'vitest';
import { roughRegions } from '../../../src/engine/reach/roughRegions.ts';
import { partAt, pixelsOf, side } from './portraits.ts';

type Colours = Record<(typeof partAt)[number], [number, number, number]>;

/** A portrait in flat colours, but for some pixels. */
function portrait(colours: Colours, other: ReadonlyMap<number, [number, number, number]> = new Map()) {
  return Float32Array.from(partAt.flatMap((part, pixel) => other.get(pixel) ?? colours[part]));
}

const plain: Colours = { hair: [-0.6, -0.7, -0.8], face: [0.7, 0.3, 0.1], background: [0.2, 0.6, 0.9] };
const light: Colours = { hair: [0.8, 0.7, 0.2], face: [0.6, 0.1, -0.2], background: [-0.9, -0.9, -0.9] };
const inside = (region: Uint8Array, picture = 0): number[] =>
  [...region.subarray(picture * side * side, (picture + 1) * side * side)].flatMap((value, pixel) =>
    value === 1 ? [pixel] : [],
  );

it('finds each part by its own colours, in each portrait', () => {
  const regions = roughRegions(Float32Array.from([...portrait(plain), ...portrait(light)]), side);
  for (const picture of [0, 1]) {
    expect(inside(regions.hair, picture)).toEqual(pixelsOf('hair'));
    expect(inside(regions.face, picture).every((pixel) => partAt[pixel] === 'face')).toBe(true);
    expect(inside(regions.background, picture).every((pixel) => partAt[pixel] === 'background')).toBe(true);
  }
  // Background is looked for above 0.6 of the height, the face up to an ellipse of 0.33 by 0.4.
  const upper = pixelsOf('background').filter((pixel) => Math.floor(pixel / side) < 0.6 * side - 0.5);
  expect(inside(regions.background)).toEqual(upper);
  expect(inside(regions.face).length / pixelsOf('face').length).toBeGreaterThan(0.95);
});

it('counts long hair in the background’s place to no part, and so it does what has a colour of its own', () => {
  const strands = pixelsOf('background').filter((pixel) => pixel % side > 57 && pixel > 20 * side);
  const purple = pixelsOf('face').slice(0, 9);
  const other = new Map([
    ...strands.map((pixel) => [pixel, plain.hair] as const),
    ...purple.map((pixel) => [pixel, [0.3, -0.9, 0.9]] as [number, [number, number, number]]),
  ]);
  const regions = roughRegions(portrait(plain, other), side);
  for (const pixel of [...strands, ...purple]) {
    expect([regions.hair[pixel], regions.face[pixel], regions.background[pixel]]).toEqual([0, 0, 0]);
  }
});

it('keeps to the upper corners where the background has the colour of the hair', () => {
  const dark: Colours = { ...plain, background: plain.hair };
  const { background, hair } = roughRegions(portrait(dark), side);
  const corners = Array.from({ length: 6 * side }, (_, pixel) => pixel).filter(
    (pixel) => pixel % side < 6 || pixel % side >= side - 6,
  );
  expect(inside(background)).toEqual(corners);
  // Only the core above the forehead: the rest of the ring is as near to the one as to the other.
  expect(inside(hair).every((pixel) => Math.abs((pixel % side) + 0.5 - side / 2) < 0.2 * side)).toBe(true);
});
