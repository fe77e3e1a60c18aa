import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { plainJpegSize } from '../../../src/engine/data/jpegHeader.ts';
import { plain } from './pictures.ts';

const picture = plain('#204060', 90, 50);

/** The JPEG with one byte of its frame header changed; the frame begins with its marker. */
async function withFrame(change: (frame: Buffer) => void): Promise<Buffer> {
  const bytes = await picture.clone().jpeg().toBuffer();
  change(bytes.subarray(bytes.indexOf(Buffer.from([0xff, 0xc0]))));
  return bytes;
}

describe('a plain JPEG', () => {
  const sound: [string, () => Promise<Buffer>][] = [
    ['baseline', () => picture.clone().jpeg().toBuffer()],
    ['progressive', () => picture.clone().jpeg({ progressive: true }).toBuffer()],
    ['grey', () => picture.clone().greyscale().toColourspace('b-w').jpeg().toBuffer()],
    [
      'with notes of a camera',
      () =>
        picture
          .clone()
          .withExif({ IFD0: { Artist: 'nobody' } })
          .jpeg()
          .toBuffer(),
    ],
  ];
  test.each(sound)('%s has its sides', async (_, make) => {
    expect(plainJpegSize(await make())).toEqual({ width: 90, height: 50 });
  });
});

describe('a picture that needs more than TensorFlow’s decoder', () => {
  const others: [string, () => Promise<Uint8Array>][] = [
    ['inks', () => picture.clone().toColourspace('cmyk').jpeg().toBuffer()],
    ['a colour profile', () => picture.clone().withIccProfile('p3').jpeg().toBuffer()],
    ['12 bits', () => withFrame((frame) => frame.writeUInt8(12, 4))],
    ['arithmetic coding', () => withFrame((frame) => frame.writeUInt8(0xc9, 1))],
    ['a height that comes later', () => withFrame((frame) => frame.writeUInt16BE(0, 5))],
    ['another format', () => picture.clone().png().toBuffer()],
    ['no scan', async () => (await picture.clone().jpeg().toBuffer()).subarray(0, 120)],
    ['nothing', () => Promise.resolve(new Uint8Array(0))],
    ['a mark alone', () => Promise.resolve(Uint8Array.of(0xff, 0xd8, 0xff, 0xe1))],
  ];
  test.each(others)('%s', async (_, make) => {
    expect(plainJpegSize(await make())).toBeUndefined();
  });

  test.each([
    ['II', 6],
    ['MM', 6],
    ['II', 1],
    ['MM', 1],
  ] as const)('%s notes with orientation %i are read', async (order, orientation) => {
    const jpeg = await sharp({ create: { width: 90, height: 50, channels: 3, background: '#204060' } })
      .jpeg()
      .toBuffer();
    const upright = orientation === 1 ? { width: 90, height: 50 } : undefined;
    expect(plainJpegSize(withNotes(jpeg, order, orientation))).toEqual(upright);
  });

  test('notes that end too early', async () => {
    const jpeg = withNotes(await picture.clone().jpeg().toBuffer(), 'II', 1);
    // Of the number of notes, the first byte after the header of the TIFF.
    jpeg.writeUInt16LE(500, 2 + 4 + 6 + 8);
    expect(plainJpegSize(jpeg)).toBeUndefined();
  });
});

/** A JPEG with EXIF notes (TIFF 6.0, section 2) that have one entry: its orientation, in either order of bytes. */
function withNotes(jpeg: Buffer, order: 'II' | 'MM', orientation: number): Buffer {
  const tiff = Buffer.alloc(26);
  const isLittle = order === 'II';
  const short = (value: number, at: number): number =>
    isLittle ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at);
  const long = (value: number, at: number): number =>
    isLittle ? tiff.writeUInt32LE(value, at) : tiff.writeUInt32BE(value, at);
  tiff.write(order, 'latin1');
  short(42, 2);
  long(8, 4);
  short(1, 8);
  short(0x0112, 10);
  short(3, 12);
  long(1, 14);
  short(orientation, 18);
  const segment = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, segment.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), head, segment, jpeg.subarray(2)]);
}
