import sharp from 'sharp';
import { afterEach, describe, expect, it } from 'vitest';
import { originOf } from '../../../src/contract/pictureOrigin.ts';
import type { Recipe } from '../../../src/contract/recipe.ts';
import { sheetRequestSchema } from '../../../src/contract/sheets.ts';
import type { SheetRequest } from '../../../src/contract/sheets.ts';
import { drawSheet } from '../../../src/engine/export/drawSheet.ts';
import { axesOf, valueWords, withHue } from '../../../src/engine/export/sheetAxes.ts';
import { recipePictures } from '../../../src/engine/interventions/recipePictures.ts';
import { labelledSheet, sheetPlaces } from '../../../src/engine/pictures/labelledSheet.ts';
import { filledRaster } from '../../../src/engine/pictures/raster.ts';
import { textWidth } from '../../../src/engine/pictures/textWidth.ts';
import { closeModels, withModel } from '../../../src/engine/session/modelPool.ts';

afterEach(closeModels);

const paint = (strength: number): Recipe => ({
  ...{ version: 1, name: 'Pink' },
  steps: [
    {
      ...{ kind: 'fluoHair', channels: [1, 2], enabled: true },
      map: { kind: 'target', colour: [1, 0, 0], strength },
    },
  ],
});
const asked = (part: Partial<SheetRequest> & Pick<SheetRequest, 'rows' | 'columns'>): SheetRequest =>
  sheetRequestSchema.parse({ run: 'bundled', recipe: null, ...part });

describe('the layout of a sheet', () => {
  const sheet = {
    ...{ title: 'T', rowTitle: 'R', columnTitle: 'C', scale: 2 },
    ...{ rows: ['one', 'two'], columns: ['a', 'b', 'c'] },
  };

  it('has its cells where the closed form says, at whole multiples of their pixels', async () => {
    const cells = Array.from({ length: 6 }, (_, at) => filledRaster(8, 8, [40 * at, 255 - 40 * at, 7]));
    const png = await labelledSheet({ ...sheet, cells });
    const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    // Margin 12, the widest label and 12 beside it; three lines of 22 above; steps of 2 · 8 + 4.
    const left = 12 + Math.ceil(Math.max(textWidth('one', 13), textWidth('two', 13))) + 12;
    const top = 12 + 3 * 22;
    expect([info.width, info.height]).toEqual([left + 3 * 20 - 4 + 12, top + 2 * 20 - 4 + 12]);
    expect(sheetPlaces(sheet, 8)).toMatchObject({ left, top, step: 20 });
    // Nothing is left free for a title that is none.
    expect(sheetPlaces({ ...sheet, title: '' }, 8)).toMatchObject({ left, top: top - 22, step: 20 });
    const at = (x: number, y: number): number[] => [
      ...data.subarray((y * info.width + x) * 3).subarray(0, 3),
    ];
    for (const [index, cell] of cells.entries()) {
      const x = left + (index % 3) * 20;
      const y = top + Math.floor(index / 3) * 20;
      const colour = [...cell.data.subarray(0, 3)];
      expect([at(x, y), at(x + 15, y + 15)]).toEqual([colour, colour]);
      expect(at(x + 16, y)).not.toEqual(colour);
    }
  });

  it('draws its labels, and refuses another number of pictures', async () => {
    const cell = filledRaster(8, 8, [0, 0, 0]);
    const one = { ...sheet, rows: ['one'], columns: ['a'], cells: [cell] };
    const [with_, without] = await Promise.all([labelledSheet(one), labelledSheet({ ...one, title: ' ' })]);
    expect(with_.equals(without)).toBe(false);
    await expect(labelledSheet({ ...sheet, cells: [cell] })).rejects.toThrow(RangeError);
  });
});

describe('the pictures of a sheet', () => {
  it('are the very ones that the same values give alone, and the sheet carries its recipe', async () => {
    const input = asked({ rows: 'strength:0.5,2', columns: 'seed:3,8', recipe: paint(1), scale: 1 });
    const told: number[] = [];
    const watch = { onProgress: ({ done }: { done: number }) => told.push(done) };
    const { png, rows, columns, width } = await drawSheet(input, watch);
    expect([rows, columns, told]).toEqual([
      ['0.5', '2'],
      ['3', '8'],
      [1, 2, 3, 4],
    ]);
    const bytes = png;
    const names = { title: 'Pink · bundled', rowTitle: 'Strength ↓', columnTitle: 'Seed →' };
    const { left, top, step } = sheetPlaces({ ...names, rows, columns, scale: 1 }, 64);
    for (const [row, strength] of [0.5, 2].entries()) {
      for (const [column, seed] of [3, 8].entries()) {
        const area = { left: left + column * step, top: top + row * step, width: 64, height: 64 };
        const cell = await sharp(bytes).removeAlpha().extract(area).raw().toBuffer();
        const alone = await withModel({ run: 'bundled' }, (open) =>
          recipePictures(open, { kind: 'seeds', seeds: [seed] }, paint(strength)),
        );
        expect(cell.equals(new Uint8Array(await alone.pixels.arrayBuffer())), `${strength}, ${seed}`).toBe(
          true,
        );
      }
    }
    expect(width).toBeGreaterThan(left + 2 * step);
    expect(originOf(bytes, 's.png')).toMatchObject({
      ...{ run: 'bundled', recipe: paint(1), sheet: 'Rows: strength 0.5, 2. Columns: seed 3, 8.' },
      sources: [3, 8, 3, 8].map((seed) => ({ kind: 'seed', seed })),
    });
  });

  it('stop when they are asked to', async () => {
    const stop = new AbortController();
    const watch = {
      signal: stop.signal,
      onProgress: () => {
        stop.abort();
      },
    };
    await expect(drawSheet(asked({ rows: 'seed', columns: 'factor' }), watch)).rejects.toThrow(/stopped/);
  });
});

describe('the axes of a sheet', () => {
  const axes = (rows: string, columns: string, runs: string[] = []) =>
    axesOf({ rows, columns, runs }, [100, 200, 300]);

  it('have usual values, or those that are typed', () => {
    expect(axes('checkpoint', 'seed:1-3,9')).toEqual({
      rows: { kind: 'checkpoint', values: [100, 200, 300] },
      columns: { kind: 'seed', values: [1, 2, 3, 9] },
    });
    expect(
      axes('hue', 'run', ['/runs/a', 'b']).columns.values.map((value) => valueWords('run', value)),
    ).toEqual(['a', 'b']);
  });

  it.each([
    ['hue', 'hue', /Both axes of the sheet are hue/],
    [
      'seed:1-30',
      'strength:1,2,3,4,5,6,7,8,9,10,1.5,2.5,3.5,4.5',
      /A sheet of 30 × 14 has 420 pictures, and at most 400/,
    ],
    ['seed:1-99999999', 'hue', /an axis has at most 40/],
    ['factor:9', 'hue', /“9” is no value of factor\. Give numbers from 0\.25 to 4/],
    ['seed:1.5', 'hue', /whole numbers/],
    ['seed:', 'hue:x', /“x” is no value of hue/],
    ['run', 'hue', /No runs are named/],
  ])('%s by %s is refused in a sentence', (rows, columns, words) => {
    expect(() => axes(rows, columns)).toThrow(words);
  });

  it('turn a colour and keep its brightness', () => {
    // Hues of the hexagon: red, green, blue; and a pale red, whose white part stays.
    expect([withHue([1, 0, 0], 120), withHue([1, 0, 0], 240), withHue([0, 0, 1], 0)]).toEqual([
      [0, 1, 0],
      [0, 0, 1],
      [1, 0, 0],
    ]);
    expect(withHue([1, 0.5, 0.5], 120)).toEqual([0.5, 1, 0.5]);
  });

  it('that vary a colour need one', async () => {
    await expect(drawSheet(asked({ rows: 'hue', columns: 'seed' }), {})).rejects.toThrow(
      /need a recipe with a FluoHair/,
    );
  });
});
