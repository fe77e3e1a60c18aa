import { describe, expect, it } from 'vitest';
import { dilate, erode } from '../../../src/engine/interventions/masks.ts';
import { measureFluoHair } from '../../../src/engine/interventions/measureFluoHair.ts';
import type { FaceTones } from '../../../src/engine/interventions/measureFluoHair.ts';

const size = 32;
const pixels = size * size;

/** A mask that is inside from (left, top) to (right, bottom), both included. */
function box(left: number, top: number, right: number, bottom: number): Uint8Array {
  return Uint8Array.from({ length: pixels }, (_, at) => {
    const [x, y] = [at % size, Math.floor(at / size)];
    return Number(x >= left && x <= right && y >= top && y <= bottom);
  });
}

function joined(masks: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(masks.flatMap((mask) => [...mask]));
}

describe('masks', () => {
  it('grow and shrink by squares, face by face', () => {
    const masks = joined([box(10, 12, 20, 15), box(0, 0, 31, 3)]);
    expect(dilate(masks, size, 2)).toEqual(joined([box(8, 10, 22, 17), box(0, 0, 31, 5)]));
    // The frame shrinks nothing.
    expect(erode(masks, size, 1)).toEqual(joined([box(11, 13, 19, 14), box(0, 0, 31, 2)]));
  });
});

describe('measureFluoHair', () => {
  const hairBox = box(4, 2, 27, 11);
  const faceBox = box(8, 12, 23, 25);
  const isIn = (mask: Uint8Array, at: number): boolean => mask[at] !== 0;

  /** Before black, after changed by the given amounts in hair, in a ring of 2 pixels about it, in the face, elsewhere. */
  function changed(hair: number, ring: number, face: number, elsewhere: number): Float32Array {
    const near = dilate(hairBox, size, 2);
    return Float32Array.from({ length: pixels * 3 }, (_, value) => {
      const at = Math.floor(value / 3);
      if (isIn(hairBox, at)) return hair - 1;
      if (isIn(near, at)) return ring - 1;
      // Half of each change with a minus: magnitudes count.
      return isIn(faceBox, at) ? face - 1 : elsewhere - 1;
    });
  }

  function measure(
    faces: readonly { after: Float32Array; hair?: Uint8Array; tones: FaceTones }[],
  ): ReturnType<typeof measureFluoHair> {
    const after = Float32Array.from(faces.flatMap((face) => [...face.after]));
    return measureFluoHair({
      before: new Float32Array(after.length).fill(-1),
      after,
      hair: joined(faces.map((face) => face.hair ?? hairBox)),
      face: joined(faces.map(() => faceBox)),
      tones: faces.map((face) => face.tones),
      size,
    });
  }

  it('gives the change inside, outside and in the face, without the ring about the hair', () => {
    const result = measure([{ after: changed(1, 9, 0.25, 0.125), tones: { hair: 'dark', skin: 'light' } }]);
    // Closed form: beyond the grown hair (rows 0–13, columns 2–29) lie 1024 − 14 · 28 = 632 pixels, 12 · 16 = 192 of them
    // face: outside = (192 · 0.25 + 440 · 0.125) / 632.
    const outside = (192 * 0.25 + 440 * 0.125) / 632;
    expect(result).toMatchObject({ faces: 1, bald: 0, tooSmall: 0, inside: 1, face: 0.25, ratioFace: 4 });
    expect(result.outside).toBeCloseTo(outside, 12);
    expect(result.ratioOutside).toBeCloseTo(1 / outside, 12);
  });

  it('divides means over faces, and splits them by tone', () => {
    const result = measure([
      { after: changed(1, 0, 0.5, 0.5), tones: { hair: 'dark', skin: 'dark' } },
      { after: changed(0.5, 0, 0.25, 0.25), tones: { hair: 'dark', skin: 'light' } },
      { after: changed(0, 0, 0, 0), tones: { hair: 'light', skin: 'light' } },
    ]);
    expect(result).toMatchObject({
      faces: 3,
      inside: 0.5,
      outside: 0.25,
      face: 0.25,
      ratioOutside: 2,
      ratioFace: 2,
    });
    expect(result.groups).toEqual([
      {
        hair: 'dark',
        skin: 'dark',
        faces: 1,
        inside: 1,
        outside: 0.5,
        face: 0.5,
        ratioOutside: 2,
        ratioFace: 2,
      },
      {
        hair: 'dark',
        skin: 'light',
        faces: 1,
        inside: 0.5,
        outside: 0.25,
        face: 0.25,
        ratioOutside: 2,
        ratioFace: 2,
      },
      {
        hair: 'light',
        skin: 'dark',
        faces: 0,
        inside: null,
        outside: null,
        face: null,
        ratioOutside: null,
        ratioFace: null,
      },
      {
        hair: 'light',
        skin: 'light',
        faces: 1,
        inside: 0,
        outside: 0,
        face: 0,
        ratioOutside: null,
        ratioFace: null,
      },
    ]);
  });

  it('leaves out bald faces and hair of fewer than 30 pixels once shrunk, and counts them', () => {
    const after = changed(1, 1, 1, 1);
    const result = measure([
      { after, tones: { hair: 'none', skin: 'dark' } },
      { after, hair: new Uint8Array(pixels), tones: { hair: 'dark', skin: 'dark' } },
      // 8 × 6 shrinks to 6 × 4 = 24 pixels; 7 × 8 to 5 × 6 = 30.
      { after, hair: box(4, 4, 11, 9), tones: { hair: 'dark', skin: 'dark' } },
      { after, hair: box(4, 4, 10, 11), tones: { hair: 'dark', skin: 'dark' } },
    ]);
    expect(result).toMatchObject({ faces: 1, bald: 2, tooSmall: 1 });
  });

  it('leaves out a face of fewer than 30 pixels beyond the hair, and a picture that is nearly all hair', () => {
    const after = changed(1, 1, 1, 1);
    const tones = [{ hair: 'dark', skin: 'dark' } as const];
    const measured = (face: Uint8Array, hair = hairBox): unknown =>
      measureFluoHair({ before: new Float32Array(after.length).fill(-1), after, hair, face, tones, size });
    // Rows 0 to 13 are within two pixels of the hair: 6 × 5 and 29 pixels of these faces lie beyond.
    expect(measured(box(10, 12, 15, 18))).toMatchObject({ faces: 1, tooSmall: 0 });
    expect(measured(box(0, 31, 28, 31))).toMatchObject({ faces: 0, tooSmall: 1 });
    // Hair down to row 28: beyond its two pixels only 32 pixels of row 31 are left, and 16 where half of it is hair too.
    expect(measured(box(0, 31, 29, 31), box(0, 0, 31, 28))).toMatchObject({ faces: 1, tooSmall: 0 });
    const lower = box(0, 0, 31, 28).map((value, at) => (at >= 31 * size + 16 ? 1 : value));
    expect(measured(box(0, 31, 29, 31), lower)).toMatchObject({ faces: 0, tooSmall: 1 });
  });

  it('refuses lengths that do not fit, and says them', () => {
    const before = new Float32Array(pixels * 3);
    const tones = [{ hair: 'dark', skin: 'dark' } as const];
    const whole = { before, after: before, hair: hairBox, face: faceBox, tones, size };
    const lengths = (wrong: Partial<typeof whole>): string => {
      try {
        measureFluoHair({ ...whole, ...wrong });
      } catch (error) {
        if (error instanceof RangeError) return error.message;
      }
      return 'they fit';
    };
    const short = { picture: before.subarray(3), mask: faceBox.subarray(1) };
    const sentence = (...numbers: number[]): string =>
      `pictures and masks of ${numbers.join(', ')} pixels for 1 faces of 32²`;
    expect(lengths({ before: short.picture })).toBe(sentence(1023, 1024, 1024, 1024));
    expect(lengths({ after: short.picture })).toBe(sentence(1024, 1023, 1024, 1024));
    expect(lengths({ hair: short.mask })).toBe(sentence(1024, 1024, 1023, 1024));
    expect(lengths({ face: short.mask })).toBe(sentence(1024, 1024, 1024, 1023));
  });
});
