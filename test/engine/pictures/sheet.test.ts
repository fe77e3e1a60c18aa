import sharp from 'sharp';
import { expect, it } from 'vitest';
import { encodePng } from '../../../src/engine/pictures/encodePng.ts';
import { filledRaster } from '../../../src/engine/pictures/raster.ts';
import { pictureSheet } from '../../../src/engine/pictures/sheet.ts';
import { groundBytes } from '../../../src/engine/pictures/tokens.ts';

it('lays pictures side by side, row by row, on the common ground', async () => {
  const red = await encodePng(filledRaster(4, 3, [255, 0, 0]));
  const green = await encodePng(filledRaster(2, 5, [0, 255, 0]));
  const sheet = await pictureSheet([[red, green], [green]], { gap: 1 });
  const { data, info } = await sharp(sheet).raw().toBuffer({ resolveWithObject: true });
  // By hand: 4 + 1 + 2 wide, 5 + 1 + 5 high.
  expect([info.width, info.height, info.channels]).toEqual([7, 11, 3]);
  const at = (x: number, y: number): number[] => [...data.subarray((y * 7 + x) * 3, (y * 7 + x) * 3 + 3)];
  expect(at(0, 0)).toEqual([255, 0, 0]);
  expect(at(5, 4)).toEqual([0, 255, 0]);
  expect(at(1, 10)).toEqual([0, 255, 0]);
  expect(at(0, 3)).toEqual([...groundBytes]);
  expect(at(4, 0)).toEqual([...groundBytes]);
});

it('refuses nothing, and what is no PNG', async () => {
  await expect(pictureSheet([])).rejects.toThrow(RangeError);
  await expect(pictureSheet([[Buffer.from('not a picture at all, not at all')]])).rejects.toThrow(
    'not a PNG',
  );
});
