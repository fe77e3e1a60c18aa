import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import { encodePng } from '../../../src/engine/pictures/encodePng.ts';
import { pictureGrid } from '../../../src/engine/pictures/pictureGrid.ts';
import { bytesFromFloats, enlarge } from '../../../src/engine/pictures/raster.ts';

async function decode(
  png: Buffer,
): Promise<{ data: number[]; width: number; height: number; channels: number }> {
  // sharp turns grey into RGB unless told otherwise.
  const { channels } = await sharp(png).metadata();
  const { data, info } = await sharp(png)
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data: [...data], width: info.width, height: info.height, channels: info.channels };
}

describe('bytesFromFloats', () => {
  it('rounds halves up and clamps', () => {
    // Closed form: round((v + 1) · 127.5). 0 → 127.5 → 128; 2/255 − 1 + 1/255 = 3/255 − 1 → 1.5 → 2.
    const values = Float32Array.of(-1, 1, 0, -2, 7, Number.NaN, Infinity, -Infinity, 0.5);
    expect([...bytesFromFloats(values)]).toEqual([0, 255, 128, 0, 255, 0, 255, 0, 191]);
  });

  it('gives back every byte that was scaled to [-1, 1]', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
    expect(bytesFromFloats(Float32Array.from(bytes, (byte) => byte / 127.5 - 1))).toEqual(bytes);
  });
});

describe('encodePng', () => {
  it.each([1, 3, 4] as const)('keeps every pixel of a picture with %d channels', async (channels) => {
    const data = Uint8Array.from({ length: 5 * 3 * channels }, (_, i) => (i * 37) % 256);
    const png = await encodePng({ data, width: 5, height: 3, channels });
    expect(await decode(png)).toEqual({ data: [...data], width: 5, height: 3, channels });
  });

  it('writes the same bytes twice, and no time or text', async () => {
    const raster = {
      data: Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => i % 251),
      width: 64,
      height: 64,
      channels: 3,
    } as const;
    const png = await encodePng(raster, { scale: 2 });
    expect(png.equals(await encodePng(raster, { scale: 2 }))).toBe(true);
    expect(png.toString('latin1')).not.toMatch(/tIME|tEXt|iTXt|eXIf/);
  });

  it('enlarges by whole multiples without smoothing', async () => {
    const png = await encodePng(
      { data: Uint8Array.of(10, 200), width: 2, height: 1, channels: 1 },
      { scale: 2 },
    );
    expect((await decode(png)).data).toEqual([10, 10, 200, 200, 10, 10, 200, 200]);
    expect(() => enlarge({ data: Uint8Array.of(1), width: 1, height: 1, channels: 1 }, 1.5)).toThrow(
      RangeError,
    );
  });

  it('refuses data that do not fill the picture', async () => {
    await expect(encodePng({ data: new Uint8Array(5), width: 2, height: 1, channels: 3 })).rejects.toThrow(
      '5 values do not fill a shape of 1 × 2 × 3',
    );
  });
});

describe('pictureGrid', () => {
  const images = {
    data: Uint8Array.from({ length: 3 * 2 * 2 * 3 }, (_, i) => i),
    count: 3,
    width: 2,
    height: 2,
  };

  it('puts pictures row by row on the ground', async () => {
    const { data, width, height } = await decode(await pictureGrid(images, { columns: 2, gap: 1 }));
    // Margin 8, pictures of 2, gap 1: 8 + 2 + 1 + 2 + 8 = 21 each way.
    expect([width, height]).toEqual([21, 21]);
    const pixel = (x: number, y: number): number[] =>
      data.slice((y * width + x) * 3, (y * width + x) * 3 + 3);
    expect(pixel(0, 0)).toEqual([0xdf, 0xdf, 0xdf]);
    expect([pixel(8, 8), pixel(9, 9), pixel(11, 8), pixel(8, 11), pixel(11, 11)]).toEqual([
      [0, 1, 2],
      [9, 10, 11],
      [12, 13, 14],
      [24, 25, 26],
      [0xdf, 0xdf, 0xdf],
    ]);
  });

  it('leaves the pictures as they are under labels, and draws the labels', async () => {
    const options = {
      columns: 2,
      scale: 32,
      labels: { columns: ['before', 'after <b>'], rows: ['seed 1', 'seed 2'] },
    };
    const { data, width } = await decode(await pictureGrid(images, options));
    const bare = await decode(await pictureGrid(images, { columns: 2, scale: 32 }));
    const dark = (pixels: number[]): number =>
      pixels.filter((_, i) => i % 3 === 0 && pixels[i]! < 0x90).length;
    const picturePixels = 3 * 64 * 64;
    expect(dark(bare.data)).toBe(picturePixels);
    expect(dark(data)).toBeGreaterThan(picturePixels + 100);
    expect(width).toBeGreaterThan(bare.width);
  });
});
