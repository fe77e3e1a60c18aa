import { describe, expect, it } from 'vitest';
import { findDip } from '../../../src/engine/interventions/eyeDip.ts';
import { findEyes, measureEyes } from '../../../src/engine/interventions/measureEyes.ts';
import { stretch } from '../../../src/engine/interventions/stretch.ts';
import { createRandom } from '../../../src/engine/math/random.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';

const size = 64;
/** Full width at half depth of a Gaussian: 2 √(2 ln 2) σ. */
const widthOfSigma = 2 * Math.sqrt(2 * Math.log(2));

interface Drawing {
  /** Middles, one eye a pair of numbers. */
  left: readonly [number, number];
  right: readonly [number, number];
  sigma: number;
  depth?: number;
  skin?: number;
}

/** Two Gaussian dips in skin of one brightness; size · size · 3 values. */
function draw({ left, right, sigma, depth = 0.8, skin = 0.5 }: Drawing): Float32Array {
  return Float32Array.from({ length: size * size * 3 }, (_, value) => {
    const at = Math.floor(value / 3);
    const [x, y] = [at % size, Math.floor(at / size)];
    const dip = ([cx, cy]: readonly [number, number]): number =>
      Math.exp(-((x - cx) ** 2) / (2 * sigma ** 2) - (y - cy) ** 2 / (2 * 3 ** 2));
    return skin - depth * (dip(left) + dip(right));
  });
}

function drawings(count: number, sigma: number): Drawing[] {
  const random = createRandom(7);
  return Array.from({ length: count }, () => {
    const y = random.between(25, 35);
    return { left: [random.between(22, 26), y], right: [random.between(37, 41), y], sigma };
  });
}

/** Where a stretch by 1.5 takes an eye. */
function moved([x, y]: readonly [number, number]): [number, number] {
  return [31.5 + (x - 31.5) * 1.5, y];
}

function measure(
  faces: readonly Drawing[],
  after: Float32Array,
  factor: number,
): ReturnType<typeof measureEyes> {
  return measureEyes({
    before: Float32Array.from(faces.flatMap((face) => [...draw(face)])),
    after,
    eyes: Float32Array.from(faces.flatMap(({ left, right }) => [...left, ...right])),
    factor,
    size,
  });
}

const all = (faces: readonly Drawing[]): Float32Array =>
  Float32Array.from(faces.flatMap((face) => [...draw(face)]));

describe('findDip', () => {
  it.each([1.5, 2, 3])(
    'finds the middle and the width of a Gaussian with σ = %d wherever it lies',
    (sigma) => {
      for (let offset = 0; offset < 1; offset += 0.1) {
        const centre = 30 + offset;
        const row = Float64Array.from(
          { length: size },
          (_, x) => 0.5 - Math.exp(-((x - centre) ** 2) / (2 * sigma ** 2)),
        );
        const dip = findDip(row, 31, { window: 4, reach: 12, leastDepth: 0.2 });
        if (typeof dip === 'string') throw new Error(dip);
        expect(Math.abs(dip.centre - centre)).toBeLessThan(0.05);
        // Straight lines between pixels, and a parabola for the bottom, cost up to 4 % at σ = 1.5.
        expect(Math.abs(dip.width / (widthOfSigma * sigma) - 1)).toBeLessThan(0.04);
        expect(Math.abs(dip.depth - 1)).toBeLessThan(0.04);
      }
    },
  );

  it('measures depth from the lower shoulder, on a slope', () => {
    // A triangle 4 deep and 8 wide on a ramp: shoulders at 0.2 · 26 and 0.2 · 34 above the ramp's start.
    const row = Float64Array.from({ length: size }, (_, x) => 0.2 * x - Math.max(0, 4 - Math.abs(x - 30)));
    const dip = findDip(row, 30, { window: 4, reach: 6, leastDepth: 0.2 });
    if (typeof dip === 'string') throw new Error(dip);
    // By hand: the bottom's parabola goes through 2.8, 2, 3.2: 2 − 0.4² / (8 · 2) = 1.99; the left shoulder is 5.2.
    expect(dip.depth).toBeCloseTo(5.2 - 1.99, 12);
  });

  it('says why there is none', () => {
    const search = { window: 4, reach: 6, leastDepth: 0.2 };
    const flat = new Float64Array(size);
    const ramp = Float64Array.from({ length: size }, (_, x) => x / 10);
    expect(findDip(flat, 30, search)).toBe('too shallow');
    expect(findDip(ramp, 30, search)).toBe('no dip');
    expect(findDip(flat, 3, search)).toBe('outside the picture');
    expect(findDip(flat, 61, search)).toBe('outside the picture');
  });
});

describe('measureEyes', () => {
  it('finds factor and factor when the picture is stretched', () => {
    const faces = drawings(20, 2);
    const after = tf.tidy(() =>
      stretch(tf.tensor4d(all(faces), [20, size, size, 3]), 'horizontal', 1.5).dataSync<'float32'>(),
    );
    const result = measure(faces, after, 1.5);
    expect(result).toMatchObject({ faces: 20, eyesUsed: 40, eyesDropped: [] });
    expect(Math.abs(result.distance!.median - 1.5)).toBeLessThan(0.003);
    // Closed form: straight lines between pixels spread each value by a variance of share · (1 − share), 1/6 on average,
    // so that a Gaussian of σ = 2 comes out 1.5 · √(1 + 1 / (6 σ²)) = 1.531 times as wide;
    // the crossings, on straight lines as well, are good to 1 % (above).
    expect(Math.abs(result.width!.median - 1.5 * Math.sqrt(1 + 1 / 24))).toBeLessThan(0.02);
    expect(Math.abs(result.depth!.median - 1)).toBeLessThan(0.03);
  });

  it('finds factor and 1 when eyes of the same size stand further apart', () => {
    const faces = drawings(20, 2);
    const after = all(faces.map((face) => ({ ...face, left: moved(face.left), right: moved(face.right) })));
    const result = measure(faces, after, 1.5);
    expect(Math.abs(result.distance!.median - 1.5)).toBeLessThan(0.003);
    expect(Math.abs(result.width!.median - 1)).toBeLessThan(0.01);
    expect(result.distances).toHaveLength(20);
    expect(result.widths).toHaveLength(40);
  });

  it('finds the ratio of widths that was drawn', () => {
    const faces = drawings(20, 2);
    const after = all(
      faces.map((face) => ({ ...face, left: moved(face.left), right: moved(face.right), sigma: 2.5 })),
    );
    // Closed form: 2.5 / 2.
    expect(Math.abs(measure(faces, after, 1.5).width!.median - 1.25)).toBeLessThan(0.02);
  });

  it('gives ones where nothing changed', () => {
    const faces = drawings(5, 2);
    const result = measure(faces, all(faces), 1);
    expect(result.distance).toEqual({ median: 1, q25: 1, q75: 1, count: 5 });
    expect(result.width).toEqual({ median: 1, q25: 1, q75: 1, count: 10 });
  });

  it('counts the eyes it leaves out, by reason', () => {
    const [good] = drawings(1, 2);
    const faint: Drawing = { ...good!, depth: 0.05 };
    const faces = [good!, faint, good!];
    const vanished: Drawing = { ...good!, depth: 0 };
    const after = all([good!, faint, vanished]);
    const result = measure(faces, after, 1);
    expect(result).toMatchObject({
      faces: 3,
      eyesUsed: 2,
      eyesDropped: [
        { reason: 'too shallow', picture: 'before', eyes: 2 },
        { reason: 'too shallow', picture: 'after', eyes: 2 },
      ],
      distances: [1, null, null],
      widths: [1, 1, null, null, null, null],
    });
  });

  it('gives null when no eye can be measured', () => {
    const faces = [{ ...drawings(1, 2)[0]!, depth: 0 }];
    expect(measure(faces, all(faces), 1)).toMatchObject({
      distance: null,
      width: null,
      depth: null,
      eyesUsed: 0,
    });
  });
});

it('finds each eye by itself, or says why not', () => {
  const faces = drawings(2, 2);
  const eyes = Float32Array.from(faces.flatMap(({ left, right }) => [...left, ...right]));
  const [first, second] = findEyes(all(faces), eyes, size);
  for (const [place, found] of [first!, second!].entries()) {
    const [left, right] = found;
    if (typeof left === 'string' || typeof right === 'string') throw new Error('an eye was not found');
    // A Gaussian dip: its middle is the eye's, its width 2 √(2 ln 2) σ.
    expect(Math.abs(left.centre - faces[place]!.left[0])).toBeLessThan(0.05);
    expect(Math.abs(right.centre - faces[place]!.right[0])).toBeLessThan(0.05);
    expect(Math.abs(left.width / (widthOfSigma * 2) - 1)).toBeLessThan(0.04);
  }
  const [plain] = findEyes(new Float32Array(size * size * 3), eyes.subarray(0, 4), size);
  expect(plain).toEqual(['too shallow', 'too shallow']);
});

it('sees luminance by the weights of the colours, over the three rows about the eye', () => {
  // A dip of depth 0.8 in one colour and one row alone; ITU-R BT.601: 0.299 R + 0.587 G + 0.114 B.
  const depthOf = (colour: number, row: number, y: number): number => {
    const picture = new Float32Array(size * size * 3);
    for (const [x, depth] of [0.4, 0.8, 0.4].entries()) picture[(row * size + 20 + x) * 3 + colour] = -depth;
    const [found] = findEyes(picture, Float32Array.of(21, y, 21, 40), size, 1e-3)[0]!;
    return typeof found === 'string' ? 0 : found.depth;
  };
  for (const [colour, weight] of [0.299, 0.587, 0.114].entries())
    for (const row of [29, 30, 31]) expect(depthOf(colour, row, 30)).toBeCloseTo((0.8 * weight) / 3, 6);
  expect([28, 32].map((row) => depthOf(0, row, 30))).toEqual([0, 0]);
  // At the frame the three rows are the outermost ones.
  expect([0, 1, 2].map((row) => depthOf(1, row, -3) > 0)).toEqual([true, true, true]);
  expect([61, 62, 63].map((row) => depthOf(1, row, 70) > 0)).toEqual([true, true, true]);
  expect([3, 60].map((row, end) => depthOf(1, row, end === 0 ? -3 : 70))).toEqual([0, 0]);
});

it('refuses lengths that do not fit', () => {
  const faces = drawings(2, 2);
  const pictures = all(faces);
  const eyes = Float32Array.from(faces.flatMap(({ left, right }) => [...left, ...right]));
  const whole = { before: pictures, after: pictures, eyes, factor: 1, size };
  const short = pictures.subarray(3);
  expect(() => measureEyes({ ...whole, before: short })).toThrow('before: 24573 values for 2 faces');
  expect(() => measureEyes({ ...whole, after: short })).toThrow('after: 24573 values for 2 faces');
});
