import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import { mapGrid } from '../../../src/engine/pictures/mapGrid.ts';
import { outlineRegion } from '../../../src/engine/pictures/outlineRegion.ts';

describe('mapGrid', () => {
  const data = Float32Array.of(0, 1, 2, 4, 0, 0, 0, 2);
  const maps = { data, count: 2, width: 2, height: 2 };

  async function lastPixels(range: 'per map' | 'common'): Promise<number[][]> {
    const png = await mapGrid(maps, { colourMap: 'viridis', columns: 2, scale: 1, gap: 1, range });
    const { data: pixels, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
    // Margin 8: the lower right pixels of the two maps are at (9, 9) and (12, 9).
    return [9, 12].map((x) => [...pixels.subarray((9 * info.width + x) * 3, (9 * info.width + x) * 3 + 3)]);
  }

  it('gives the greatest value of each map, or of all, the map’s last colour', async () => {
    // Viridis ends on #FDE725 and passes #21918C half way (Matplotlib's colours 255 and 128, by the oracle).
    expect(await lastPixels('per map')).toEqual([
      [0xfd, 0xe7, 0x25],
      [0xfd, 0xe7, 0x25],
    ]);
    const [own, half] = await lastPixels('common');
    expect(own).toEqual([0xfd, 0xe7, 0x25]);
    half!.forEach((level, c) => {
      expect(Math.abs(level - [0x21, 0x91, 0x8c][c]!)).toBeLessThanOrEqual(2);
    });
  });

  it('refuses data of another shape', async () => {
    await expect(mapGrid({ ...maps, count: 3 }, { colourMap: 'signed' })).rejects.toThrow(RangeError);
  });
});

describe('outlineRegion', () => {
  it('lightens the inside and draws white inside and dark outside along the border', () => {
    const picture = { data: new Uint8Array(5 * 5 * 3).fill(100), width: 5, height: 5, channels: 3 } as const;
    const mask = Uint8Array.from({ length: 25 }, (_, i) =>
      i % 5 > 0 && i % 5 < 4 && i > 4 && i < 20 ? 1 : 0,
    );
    const drawn = outlineRegion(picture, mask, { scale: 1, lighten: 0.5 });
    const row = (y: number): number[] => [0, 1, 2, 3, 4].map((x) => drawn.data[(y * 5 + x) * 3]!);
    // 100 half way to 255 is 177.5, rounded up.
    expect([row(0), row(1), row(2)]).toEqual([
      [100, 20, 20, 20, 100],
      [20, 255, 255, 255, 20],
      [20, 255, 178, 255, 20],
    ]);
    expect(picture.data.every((level) => level === 100)).toBe(true);
  });
});
