import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { cropSchema } from '../../../src/contract/dataSet.ts';
import { decodeBySharp, decodeCrop, jpegSquare } from '../../../src/engine/data/decode.ts';
import { decodeJpegSquares } from '../../../src/engine/tensorflow/jpegSquares.ts';
import type { JpegSquare } from '../../../src/engine/tensorflow/jpegSquares.ts';

/** Oracle: test/oracles/jpegSquares.py, by Pillow. */
const oracle = join(import.meta.dirname, '../../oracles/jpegSquares.json');
const cases = z
  .array(z.object({ name: z.string(), crop: cropSchema, jpeg: z.base64(), square: z.array(z.number()) }))
  .parse(JSON.parse(readFileSync(oracle, 'utf8')))
  .map(({ jpeg, ...known }) => ({ ...known, bytes: Buffer.from(jpeg, 'base64') }));

function squareOf({ bytes, crop }: (typeof cases)[number]): JpegSquare {
  const square = jpegSquare(bytes, crop);
  if (square === undefined) throw new Error('TensorFlow is to decode this JPEG');
  return square;
}

/** Every seventh row and ninth column of a square. */
function sampled(pixels: Uint8Array): number[] {
  const seen: number[] = [];
  for (let row = 0; row < 64; row += 7) {
    for (let column = 0; column < 64; column += 9) {
      seen.push(...pixels.subarray((row * 64 + column) * 3, (row * 64 + column) * 3 + 3));
    }
  }
  return seen;
}

function largestDifference(one: ArrayLike<number>, other: ArrayLike<number>): number {
  expect(one.length).toBe(other.length);
  return Math.max(...Array.from(one, (value, index) => Math.abs(value - other[index]!)));
}

test.each(cases)('$name, $crop: Pillow’s square to 1 of 255, by TensorFlow and by sharp', async (known) => {
  const [byTensorFlow] = decodeJpegSquares([squareOf(known)], 64);
  const bySharp = await decodeBySharp(known.bytes, known.crop, 64, 2);
  expect(largestDifference(sampled(byTensorFlow!), known.square)).toBeLessThanOrEqual(1);
  expect(largestDifference(sampled(bySharp.pixels), known.square)).toBeLessThanOrEqual(1);
  // Sums in another order: a value may fall on the other side of a half.
  expect(largestDifference(byTensorFlow!, bySharp.pixels)).toBeLessThanOrEqual(1);
  const apart = byTensorFlow!.filter((value, index) => value !== bySharp.pixels[index]).length;
  expect(apart / byTensorFlow!.length).toBeLessThan(0.001);
  expect((await decodeCrop(known.bytes, known.crop, 64)).pixels).toEqual(byTensorFlow);
});

test('gives the same bytes however many are decoded together', () => {
  const squares = Array.from({ length: 23 }, (_, index) => squareOf(cases[index % cases.length]!));
  const alone = squares.map((square) => decodeJpegSquares([square], 64)[0]);
  expect(decodeJpegSquares(squares, 64)).toEqual(alone);
  expect(decodeJpegSquares([], 64)).toEqual([]);
});

test('one that cannot be decoded costs none of the others', () => {
  const squares = cases.slice(0, 4).map(squareOf);
  const sound = decodeJpegSquares(squares, 64);
  const damaged = Buffer.from(squares[2]!.bytes);
  // The counts of a Huffman table's codes: so many of the shortest there cannot be.
  damaged.fill(
    0xff,
    damaged.indexOf(Buffer.from([0xff, 0xc4])) + 5,
    damaged.indexOf(Buffer.from([0xff, 0xc4])) + 9,
  );
  squares[2] = { ...squares[2]!, bytes: damaged };
  expect(decodeJpegSquares(squares, 64)).toEqual([sound[0], sound[1], undefined, sound[3]]);
});
