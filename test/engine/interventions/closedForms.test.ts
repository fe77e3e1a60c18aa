import { expect, it } from 'vitest';
import { affineColour } from '../../../src/engine/interventions/colourMatrix.ts';
import { edgeAgreement } from '../../../src/engine/interventions/edgeAgreement.ts';

it.each([0.5, 1, 2])(
  'behind a gate a target of strength %s is 0.5 x + 0.8 · strength · (2 colour − 1)',
  (strength) => {
    const { matrix, offset } = affineColour({ kind: 'target', colour: [1, 0.5, 0.25], strength });
    expect(matrix).toEqual([
      [0.5, 0, 0],
      [0, 0.5, 0],
      [0, 0, 0.5],
    ]);
    [0.8 * strength, 0, -0.4 * strength].forEach((value, colour) => {
      expect(offset[colour]).toBeCloseTo(value, 12);
    });
  },
);

const size = 16;

/** Grey pictures by their value at column x and row y. */
function picture(value: (x: number, y: number) => number): Float32Array {
  return Float32Array.from({ length: size * size * 3 }, (_, at) => {
    const pixel = Math.floor(at / 3);
    return value(pixel % size, Math.floor(pixel / size));
  });
}

it.each([
  ['upright', (x: number) => Math.sin(x * x * 0.1)],
  ['level', (_: number, y: number) => Math.sin(y * y * 0.1)],
])('edges that are %s count: a negative has them all, other edges none of them', (_, value) => {
  const region = new Uint8Array(size * size).fill(1);
  const before = picture(value);
  const agreement = (after: Float32Array): number | null =>
    edgeAgreement({ before, after, region, size })[0]!;
  expect(agreement(picture((x, y) => -value(x, y)))).toBeCloseTo(1, 6);
  // Edges across these: the strength of one says nothing about the other's.
  expect(agreement(picture((x, y) => value(y, x)))).toBeCloseTo(0, 6);
});
