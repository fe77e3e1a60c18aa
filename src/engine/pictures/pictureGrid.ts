import { encodeLabelled } from './labels.ts';
import type { Label } from './labels.ts';
import { enlarge, filledRaster, paste, requireLength, requireWhole } from './raster.ts';
import type { PictureBatch, Raster } from './raster.ts';
import { shorten, textWidth, wrap } from './textWidth.ts';
import { colours, groundBytes } from './tokens.ts';

export interface GridLabels {
  /** A line above the whole grid. */
  readonly title?: string;
  /** One above each column. */
  readonly columns?: readonly string[];
  /** One before each row. */
  readonly rows?: readonly string[];
  /** One below each cell, in the order of the cells. */
  readonly cells?: readonly string[];
}

export interface GridOptions {
  /** Pictures in a row. Default: the side of the smallest square that holds them all. */
  readonly columns?: number;
  /** Whole number by which pixels are enlarged. Default 1. */
  readonly scale?: number;
  /** Pixels of ground between pictures. Default 4. */
  readonly gap?: number;
  readonly labels?: GridLabels;
}

const size = 11;
const line = 14;
const margin = 8;

export interface CellGrid {
  readonly raster: Raster;
  readonly labels: readonly Label[];
}

/** The most lines that any of the labels takes in a cell of this width, at most three. */
function lineCount(labels: readonly string[], width: number): number {
  return Math.min(3, Math.max(0, ...labels.map((label) => wrap(label, width, size).length)));
}

function labelLines(label: string, width: number, lines: number): string[] {
  const wrapped = wrap(label, width, size);
  if (wrapped.length <= lines) return wrapped;
  return [...wrapped.slice(0, lines - 1), shorten(wrapped.slice(lines - 1).join(' '), width, size)];
}

/** RGB cells of one size side by side on neutral ground, `foot` free pixels below; the labels still to be drawn. */
export function layOutCells(cells: readonly Raster[], options: GridOptions, foot = 0): CellGrid {
  const first = cells[0];
  if (first === undefined) throw new RangeError('a grid needs at least one picture');
  const { columns = Math.ceil(Math.sqrt(cells.length)), scale = 1, gap = 4, labels = {} } = options;
  requireWhole('columns', columns, 1);
  requireWhole('gap', gap, 0);
  const width = first.width * scale;
  const height = first.height * scale;
  const { title = '', columns: above = [], rows: before = [], cells: below = [] } = labels;
  const rowCount = Math.ceil(cells.length / columns);
  const used = Math.min(columns, cells.length);
  const aboveLines = lineCount(above, width);
  const belowLines = lineCount(below, width);
  const head = (title === '' ? 0 : line + 4) + aboveLines * line;
  const side =
    before.length === 0 ? 0 : Math.ceil(Math.max(...before.map((row) => textWidth(row, size)))) + margin;
  const step = height + belowLines * line + gap;
  const left = margin + side;
  const top = margin + head;
  const wanted = left + used * (width + gap) - gap + margin;
  const raster = filledRaster(
    Math.max(wanted, Math.ceil(textWidth(title, 12, true)) + 2 * margin),
    top + rowCount * step - gap + margin + foot,
    groundBytes,
  );
  const written: Label[] = [];
  if (title !== '')
    written.push({ x: margin, y: margin + 10, content: title, size: 12, bold: true, colour: colours.ink });
  const centred = (label: string, x: number, y: number, lines: number): void => {
    labelLines(label, width, lines).forEach((content, i) => {
      written.push({ x: x + width / 2, y: y + i * line, content, anchor: 'middle' });
    });
  };
  cells.forEach((cell, i) => {
    const x = left + (i % columns) * (width + gap);
    const y = top + Math.floor(i / columns) * step;
    paste(raster, enlarge(cell, scale), x, y);
    const label = below[i];
    if (label !== undefined) centred(label, x, y + height + 11, belowLines);
  });
  above.slice(0, used).forEach((label, i) => {
    const lines = labelLines(label, width, aboveLines).length;
    centred(label, left + i * (width + gap), top - 5 - (lines - 1) * line, aboveLines);
  });
  before.slice(0, rowCount).forEach((content, i) => {
    written.push({ x: margin, y: top + i * step + height / 2 + 4, content });
  });
  return { raster, labels: written };
}

/** Splits a batch into rasters that share its memory. Throws a RangeError if the shape does not fit the data. */
export function cellsOf(images: PictureBatch): (Raster & { readonly channels: 3 })[] {
  const { data, count, width, height } = images;
  requireLength('pictures', data.length, count, height, width, 3);
  const each = width * height * 3;
  return Array.from({ length: count }, (_, i) => ({
    data: data.subarray(i * each, (i + 1) * each),
    width,
    height,
    channels: 3 as const,
  }));
}

/**
 * A PNG of many pictures, row by row, whole multiples of their own pixels on the neutral ground #DFDFDF with a
 * margin of 8. Labels that do not fit their column run over up to three lines.
 */
export async function pictureGrid(images: PictureBatch, options: GridOptions = {}): Promise<Buffer> {
  const { raster, labels } = layOutCells(cellsOf(images), options);
  return encodeLabelled(raster, labels);
}
