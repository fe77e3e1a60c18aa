import { encodeLabelled } from './labels.ts';
import type { Label } from './labels.ts';
import { enlarge, filledRaster, paste } from './raster.ts';
import type { Raster } from './raster.ts';
import { shorten, textWidth } from './textWidth.ts';
import { colours, groundBytes } from './tokens.ts';

/** Two things that vary: a picture for each pair of their values. */
export interface LabelledSheet {
  /** What is the same in all pictures; empty where nothing is, and then its line is left out. */
  title: string;
  rowTitle: string;
  columnTitle: string;
  rows: readonly string[];
  columns: readonly string[];
  /** Row after row, all of one size. */
  cells: readonly Raster[];
  scale: number;
}

const margin = 12;
const gap = 4;
const size = 13;
/** Of the title, the title of the columns, and their labels. */
const line = 22;
const besideLabels = 12;

export interface SheetPlaces {
  width: number;
  height: number;
  /** Of the first cell's top left corner; the next ones are `step` apart. */
  left: number;
  top: number;
  step: number;
}

/** Where the cells of a sheet lie, px: of its labels and the side of a picture. */
export function sheetPlaces(
  { title, rowTitle, columnTitle, rows, columns, scale }: Omit<LabelledSheet, 'cells'>,
  side: number,
): SheetPlaces {
  const labels = Math.max(...rows.map((row) => textWidth(row, size)), textWidth(rowTitle, size, true));
  const left = margin + Math.ceil(labels) + besideLabels;
  const top = margin + (title === '' ? 2 : 3) * line;
  const step = side * scale + gap;
  const across = left + columns.length * step - gap;
  const titles = Math.max(margin + textWidth(title, size, true), left + textWidth(columnTitle, size, true));
  return {
    ...{ left, top, step },
    width: Math.ceil(Math.max(across, titles)) + margin,
    height: top + rows.length * step - gap + margin,
  };
}

/** A PNG of the sheet: whole multiples of the pictures' pixels, labels before rows and above columns, titles of both. */
export async function labelledSheet(sheet: LabelledSheet): Promise<Buffer> {
  const first = sheet.cells[0];
  if (first === undefined || sheet.cells.length !== sheet.rows.length * sheet.columns.length)
    throw new RangeError('a sheet needs a picture for each row and column');
  const places = sheetPlaces(sheet, first.width);
  const raster = filledRaster(places.width, places.height, groundBytes);
  const { left, top, step } = places;
  sheet.cells.forEach((cell, at) => {
    const row = Math.floor(at / sheet.columns.length);
    const column = at % sheet.columns.length;
    paste(raster, enlarge(cell, sheet.scale), left + column * step, top + row * step);
  });
  return encodeLabelled(raster, labelsOf(sheet, places));
}

function labelsOf(
  { title, rowTitle, columnTitle, rows, columns }: LabelledSheet,
  places: SheetPlaces,
): Label[] {
  const { left, top, step } = places;
  const side = step - gap;
  const bold = { size, bold: true, colour: colours.ink } as const;
  return [
    ...(title === '' ? [] : [{ x: margin, y: top - 3 * line + 14, content: title, ...bold }]),
    { x: left, y: top - 2 * line + 14, content: columnTitle, ...bold },
    { x: margin, y: top - line + 14, content: rowTitle, ...bold },
    ...columns.map((content, at): Label => {
      const short = shorten(content, side, size);
      return {
        x: left + at * step + side / 2,
        y: top - line + 14,
        content: short,
        size,
        anchor: 'middle',
      };
    }),
    ...rows.map((content, at): Label => {
      const y = top + at * step + side / 2 + 5;
      return { x: left - besideLabels, y, content, size, anchor: 'end' };
    }),
  ];
}
