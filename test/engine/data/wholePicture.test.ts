import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { checkImageSet } from '../../../src/engine/data/checkImageSet.ts';
import { decodeCrop, decoderReason } from '../../../src/engine/data/decode.ts';
import { openImageSet } from '../../../src/engine/data/imageSet.ts';
import { requireWholeJpeg } from '../../../src/engine/data/wholePicture.ts';
import { packImages } from '../../../src/engine/data/packImages.ts';
import { temporaryFolder } from './folders.ts';
import { formulaPicture, plain } from './pictures.ts';
import type { Sharp } from 'sharp';

function detailed(): Sharp {
  const { pixels, width, height } = formulaPicture();
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

const endOfImage = Buffer.from([0xff, 0xd9]);

/** The first half of a JPEG with the mark of the picture's end: what is missing is decoded as grey. */
function halved(jpeg: Buffer): Buffer {
  return Buffer.concat([jpeg.subarray(0, jpeg.length / 2), endOfImage]);
}

function reasonOf(bytes: Uint8Array): Promise<string> {
  return decodeCrop(bytes, 'vae', 32).then(() => 'decoded', decoderReason);
}

const endsEarly = 'its data end before the picture does, so that a part of it is missing';

describe('a JPEG whose data end early, with the mark of its end', () => {
  test.each<[string, Promise<Buffer>]>([
    ['plain', detailed().jpeg().toBuffer()],
    ['progressive, where what is missing is detail', detailed().jpeg({ progressive: true }).toBuffer()],
    ['grey', detailed().greyscale().jpeg().toBuffer()],
    ['turned, as phones store it', detailed().withMetadata({ orientation: 6 }).jpeg().toBuffer()],
    ['in inks', detailed().toColourspace('cmyk').jpeg().toBuffer()],
  ])('is no picture: %s', async (_, jpeg) => {
    expect(await reasonOf(await jpeg)).toBe('decoded');
    expect(await reasonOf(halved(await jpeg))).toBe(endsEarly);
  });

  test('is another thing than one of which the decoder has something harmless to say', async () => {
    const grey = plain('#808080');
    for (const [jpeg, words] of [
      [oddScan(await grey.clone().jpeg().toBuffer()), 'Invalid SOS parameters'],
      [oddScan(await grey.clone().withMetadata({ orientation: 6 }).jpeg().toBuffer()), 'Invalid SOS'],
      [spareBytes(await detailed().jpeg({ progressive: true }).toBuffer()), 'extraneous bytes'],
    ] as const) {
      await expect(sharp(jpeg, { failOn: 'warning' }).raw().toBuffer()).rejects.toThrow(words);
      expect(await reasonOf(jpeg)).toBe('decoded');
    }
  });
});

/** Its scan says that it ends with the first coefficient, as some cameras write it; decoders read on. */
function oddScan(jpeg: Buffer): Buffer {
  const scan = jpeg.indexOf(Buffer.from([0xff, 0xda]));
  const end = scan + 2 + jpeg.readUInt16BE(scan + 2) - 2;
  return Buffer.from(jpeg).fill(0, end, end + 1);
}

/** Some bytes too many between two scans. */
function spareBytes(jpeg: Buffer): Buffer {
  const scan = jpeg.indexOf(Buffer.from([0xff, 0xda]));
  const next = jpeg.indexOf(Buffer.from([0xff, 0xc4]), scan);
  return Buffer.concat([jpeg.subarray(0, next), Buffer.alloc(9, 0x55), jpeg.subarray(next)]);
}

test('of many pictures that are looked at together each is told its own', async () => {
  const jpeg = await detailed().jpeg().toBuffer();
  const kinds = [halved(jpeg), spareBytes(await detailed().jpeg({ progressive: true }).toBuffer()), jpeg];
  const asked = Array.from({ length: 90 }, (_, index) => kinds[index % kinds.length]!);
  const told = await Promise.all(
    asked.map((bytes) =>
      requireWholeJpeg(bytes).then(
        () => 'whole',
        (error: unknown) => String(error),
      ),
    ),
  );
  for (const [index, words] of told.entries())
    expect(words).toMatch(index % kinds.length === 0 ? endsEarly : /^whole$/);
});

test('fractions and values of 32 bits are refused, as nothing says what is white', async () => {
  const { pixels, width, height } = formulaPicture();
  const fractions = Float32Array.from(pixels, (value) => value / 255);
  const tiff = await sharp(fractions, { raw: { width, height, channels: 3 } })
    .toColourspace('scrgb')
    .tiff({ compression: 'none' })
    .toBuffer();
  expect((await sharp(tiff).metadata()).depth).toBe('float');
  expect(await reasonOf(tiff)).toMatch(/fractions or have 32 bits, .* save it with 8 or 16 bits a channel/);
});

test('the doctor and packing agree on what is left out, in each part; the first versions’ runs keep it', async () => {
  const folder = await temporaryFolder();
  const jpeg = await detailed().jpeg().toBuffer();
  // Names of the parts train, validation, validation, test, test, as in imageSet.test.ts.
  for (const number of [2, 13, 48, 32, 87]) await writeFile(join(folder, `photo-${number}.jpg`), jpeg);
  for (const number of [13, 32]) await writeFile(join(folder, `photo-${number}.jpg`), halved(jpeg));
  const check = await checkImageSet(folder);
  expect(check).toMatchObject({ decodable: 3, partitions: { train: 1, validation: 1, test: 1 } });
  expect(check.findings).toMatchObject([{ kind: 'truncated', severity: 'leaves-out', count: 2 }]);
  const options = { cacheFolder: join(await temporaryFolder(), 'packed') };
  const packed = await packImages(await openImageSet(folder), options);
  expect(packed.files).toEqual(['photo-2.jpg', 'photo-48.jpg', 'photo-87.jpg']);
  expect(['train', 'validation', 'test'].map((part) => packed.indicesOf(part as 'train').length)).toEqual([
    1, 1, 1,
  ]);
  const earlier = await packImages(await openImageSet(folder, 'earlier'), options);
  expect(earlier.count).toBe(5);
  packed.close();
  earlier.close();
});
