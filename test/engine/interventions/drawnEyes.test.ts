import { expect, it } from 'vitest';
import { findEyes, measureEyes } from '../../../src/engine/interventions/measureEyes.ts';

const size = 64;

const grey = (): Float32Array => new Float32Array(size * size * 3).fill(0.5);

/** Adds a dark triangle on the three rows about y, from 0.5 down to −0.5, `half` pixels to either side. */
function addEye(picture: Float32Array, x: number, y: number, half = 3): Float32Array {
  for (let row = y - 1; row <= y + 1; row++) {
    for (let column = x - half; column <= x + half; column++) {
      const at = (row * size + column) * 3;
      picture.fill(0.5 - (1 - Math.abs(column - x) / half), at, at + 3);
    }
  }
  return picture;
}

it('an eye is looked for on its own row and the two beside it, each eye of a face on its own', () => {
  const picture = addEye(addEye(grey(), 20, 25), 44, 31);
  const [[left, right]] = findEyes(picture, Float32Array.of(20, 25, 44, 31), size) as [
    ReturnType<typeof findEyes>[number],
  ];
  // Closed form: a triangle of depth 1 is 3 pixels wide at half its depth. One row further down a third of the depth is lost.
  for (const [eye, x] of [
    [left, 20],
    [right, 44],
  ] as const) {
    expect(eye).toEqual({
      centre: expect.closeTo(x, 5) as number,
      width: expect.closeTo(3, 5) as number,
      depth: expect.closeTo(1, 5) as number,
    });
  }
});

it('spreads of widths are their quartiles, of distances too', () => {
  const eyes = [20, 25, 44, 25];
  const face = (left: number, right: number, half: number): Float32Array =>
    addEye(addEye(grey(), left, 25, half), right, 25, half);
  const join = (...faces: Float32Array[]): Float32Array =>
    Float32Array.from(faces.flatMap((each) => [...each]));
  const { width, distance } = measureEyes({
    before: join(face(20, 44, 3), face(20, 44, 3), face(20, 44, 3)),
    after: join(face(20, 44, 3), face(19, 44, 4), face(18, 46, 6)),
    eyes: Float32Array.from([...eyes, ...eyes, ...eyes]),
    factor: 1,
    size,
  });
  const close = (value: number): number => expect.closeTo(value, 5) as number;
  // Widths as shares of the first: 1, 1, 4/3, 4/3, 2, 2; quantiles on straight lines between the ordered values.
  expect(width).toEqual({
    median: close(4 / 3),
    q25: close(1 + 1 / 12),
    q75: close(4 / 3 + 1 / 2),
    count: 6,
  });
  // Distances: 24, 25 and 28 of 24 pixels.
  expect(distance).toEqual({ median: close(25 / 24), q25: close(49 / 48), q75: close(53 / 48), count: 3 });
});
