import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { decodeCrop, decoderReason } from '../../../src/engine/data/decode.ts';
import { readSquares } from '../../../src/engine/data/readSquares.ts';
import type { ReadSquare } from '../../../src/engine/data/readSquares.ts';
import { temporaryFolder } from './folders.ts';
import { detailedJpeg, formulaPicture, plain, webPage } from './pictures.ts';

/** A JPEG whose header is sound and whose code is not. */
async function brokenCode(): Promise<Buffer> {
  const bytes = await detailedJpeg();
  const table = bytes.indexOf(Buffer.from([0xff, 0xc4]));
  return bytes.fill(0xff, table + 5, table + 9);
}

/** Over 64 KB, as noise does not compress. */
function largePng(): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  return sharp({ create: { width: 300, height: 300, channels: 3, noise, background: '#000000' } })
    .png()
    .toBuffer();
}

async function writePictures(folder: string): Promise<string[]> {
  const { pixels, width, height } = formulaPicture();
  const drawn = sharp(pixels, { raw: { width, height, channels: 3 } });
  const special = [
    Buffer.alloc(0),
    Buffer.from(webPage),
    await brokenCode(),
    (await detailedJpeg()).subarray(0, 9000),
    await drawn.clone().png().toBuffer(),
    await drawn.clone().toColourspace('cmyk').jpeg().toBuffer(),
    await drawn.clone().withMetadata({ orientation: 8 }).jpeg().toBuffer(),
    await plain('#204060', 8, 8).jpeg().toBuffer(),
    await largePng(),
    Buffer.from('no picture'),
  ];
  const files: string[] = [];
  for (let index = 0; index < 40; index++) {
    const usual = (): Promise<Buffer> => drawn.clone().rotate(index).jpeg().toBuffer();
    const bytes = index % 3 === 1 ? (special[(index - 1) / 3] ?? (await usual())) : await usual();
    files.push(`${index}.jpg`);
    await writeFile(join(folder, `${index}.jpg`), bytes);
  }
  return [...files, 'not there.jpg'];
}

test.each([1, 2] as const)(
  'decoding %i: the squares of mixed files, in their order, as one by one',
  async (decoding) => {
    const folder = await temporaryFolder();
    const files = await writePictures(folder);
    const alone = async (file: string): Promise<ReadSquare> => {
      try {
        return (await decodeCrop(await readFile(join(folder, file)), 'vae', 32, decoding)).pixels;
      } catch (error) {
        return { file, reason: decoderReason(error) };
      }
    };
    const expected: ReadSquare[] = [];
    for (const file of files) expected.push(await alone(file));
    const found: ReadSquare[] = [];
    for await (const square of readSquares(folder, files, { crop: 'vae', size: 32, decoding }))
      found.push(square);
    expect(found.map(named)).toEqual(expected.map(named));
    // What is refused, and why, is the same as ever.
    expect(found.flatMap((square) => (square instanceof Uint8Array ? [] : [square.reason]))).toEqual([
      'it is empty (0 bytes)',
      'it is a web page, not a picture',
      'Input buffer has corrupt header: VipsJpeg: Bogus Huffman table definition',
      'it is cut short',
      'it is only 8 × 8 pixels; 16 is the minimum',
      'it is not a picture in a known format',
      expect.stringContaining('ENOENT'),
    ]);
  },
);

/** Plain arrays are compared many times faster when they differ. */
function named(square: ReadSquare): unknown {
  return square instanceof Uint8Array ? Buffer.from(square).toString('base64') : square;
}
