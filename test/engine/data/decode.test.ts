import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { decodeCrop, readImageFile } from '../../../src/engine/data/decode.ts';
import { temporaryFolder } from './folders.ts';
import { detailedJpeg, formulaPicture, plain, webPage } from './pictures.ts';

const oracleSchema = z.object({ vae: z.array(z.number()), dcgan: z.array(z.number()) });

function meanColour(pixels: Uint8Array): number[] {
  return [0, 1, 2].map((channel) => {
    let sum = 0;
    for (let i = channel; i < pixels.length; i += 3) sum += pixels[i]!;
    return Math.round((sum / pixels.length) * 3);
  });
}

describe('the crop of a picture', () => {
  test.each([
    ['vae', 1],
    ['dcgan', 1],
    ['vae', 2],
    ['dcgan', 2],
  ] as const)('%s, decoding %i, agrees with Pillow’s', async (crop: 'vae' | 'dcgan', decoding: 1 | 2) => {
    // Oracle: test/oracles/cropResize.py.
    const text = await readFile(join(import.meta.dirname, '../../oracles/cropResize.json'), 'utf8');
    const expected = oracleSchema.parse(JSON.parse(text))[crop];
    const { pixels, width, height } = formulaPicture();
    const png = await sharp(pixels, { raw: { width, height, channels: 3 } })
      .png()
      .toBuffer();
    const decoded = (await decodeCrop(png, crop, 64, decoding)).pixels;
    const seen: number[] = [];
    for (let row = 0; row < 64; row += 7) {
      for (let column = 0; column < 64; column += 9) {
        const start = (row * 64 + column) * 3;
        seen.push(...decoded.subarray(start, start + 3));
      }
    }
    expect(seen).toHaveLength(expected.length);
    const errors = seen.map((value, index) => Math.abs(value - expected[index]!));
    const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    // A crop that is off by one pixel of the picture differs by more than 10 on average (same script). The first decoding’s resize, libvips’,
    // leaves out the filter's outermost tap, which shows at this picture's edges of 205 and 255 only.
    expect(mean).toBeLessThan(decoding === 1 ? 1 : 0.5);
    expect(Math.max(...errors)).toBeLessThanOrEqual(decoding === 1 ? 16 : 1);
  });

  const formats: [string, () => Promise<Buffer>, number[]][] = [
    ['grey PNG', () => plain('#505050').greyscale().toColourspace('b-w').png().toBuffer(), [80, 80, 80]],
    ['palette PNG', () => plain('#204060').png({ palette: true }).toBuffer(), [32, 64, 96]],
    ['WebP', () => plain('#204060').webp({ lossless: true }).toBuffer(), [32, 64, 96]],
    ['TIFF', () => plain('#204060').tiff({ compression: 'lzw' }).toBuffer(), [32, 64, 96]],
    [
      'half transparent PNG on white',
      () =>
        sharp({
          create: { width: 64, height: 64, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0.5 } },
        })
          .png()
          .toBuffer(),
      [127, 127, 127],
    ],
    ['16-bit grey PNG', () => plain('#505050').toColourspace('grey16').png().toBuffer(), [80, 80, 80]],
    ['16-bit PNG', () => plain('#204060').toColourspace('rgb16').png().toBuffer(), [32, 64, 96]],
    ['CMYK JPEG', () => plain('#808080').toColourspace('cmyk').jpeg().toBuffer(), [128, 128, 128]],
  ];
  test.each(formats)('%s becomes 8-bit RGB', async (name, make, colour) => {
    const { pixels } = await decodeCrop(await make(), 'full', 32);
    expect(pixels).toHaveLength(32 * 32 * 3);
    // Inks go through a colour profile; the other conversions round once.
    const tolerance = name.startsWith('CMYK') ? 16 : 1;
    for (const [channel, value] of meanColour(pixels).entries()) {
      expect(Math.abs(value - colour[channel]!), name).toBeLessThanOrEqual(tolerance);
    }
  });

  test('EXIF rotation is applied before the crop', async () => {
    const left = await plain('#ff0000', 60, 120).png().toBuffer();
    const upright = plain('#0000ff', 120, 120).composite([{ input: left, left: 0, top: 0 }]);
    // Orientation 6: turn clockwise to show, so what is stored on the left is shown on top.
    const bytes = await upright.withMetadata({ orientation: 6 }).png().toBuffer();
    const { pixels } = await decodeCrop(bytes, 'full', 16);
    expect(Array.from(pixels.subarray(0, 3))).toEqual([255, 0, 0]);
    expect(Array.from(pixels.subarray(15 * 3, 16 * 3))).toEqual([255, 0, 0]);
    expect(Array.from(pixels.subarray(-3))).toEqual([0, 0, 255]);
  });
});

describe('a person’s own picture', () => {
  test('is read as the models see it', async () => {
    const path = join(await temporaryFolder(), 'me.png');
    await plain('#204060', 90, 50).png().toFile(path);
    const pixels = await readImageFile(path, 'vae', 64);
    expect(pixels).toHaveLength(64 * 64 * 3);
    expect(meanColour(pixels)).toEqual([32, 64, 96]);
  });

  const broken: [string, () => Promise<Uint8Array>, RegExp][] = [
    ['an empty file', () => Promise.resolve(new Uint8Array(0)), /is empty \(0 bytes\)/],
    ['a web page', () => Promise.resolve(Buffer.from(webPage)), /it is a web page, not a picture/],
    ['cut in the middle', async () => (await detailedJpeg()).subarray(0, 9000), /it is cut short/],
    // The crop lies above the missing rows: the decoder alone would see nothing.
    ['cut just before its end', async () => (await detailedJpeg()).subarray(0, -40), /it is cut short/],
    [
      'no picture',
      () => Promise.resolve(Buffer.from('hello, this is no picture')),
      /not a picture in a known format/,
    ],
    ['too small', () => plain('#204060', 8, 8).png().toBuffer(), /only 8 × 8 pixels/],
  ];
  test.each(broken)('%s is refused with its name and the reason', async (_, make, reason) => {
    const path = join(await temporaryFolder(), 'me.jpg');
    await writeFile(path, await make());
    await expect(readImageFile(path)).rejects.toMatchObject({ code: 'damaged' });
    await expect(readImageFile(path)).rejects.toThrow(reason);
    await expect(readImageFile(path)).rejects.toThrow('me.jpg');
  });

  test('a missing file is not found', async () => {
    await expect(readImageFile('/nowhere/at/all.jpg')).rejects.toMatchObject({ code: 'not-found' });
  });
});
