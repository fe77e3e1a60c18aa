import { figure } from '../../contract/figures.ts';
import type { ValueRange } from '../../charts/ticks.ts';
import { colourAt, colourValues, valueRange } from '../math/colourMaps.ts';
import type { ColourMapName } from '../math/colourMaps.ts';
import { encodeLabelled } from './labels.ts';
import type { Label } from './labels.ts';
import { layOutCells } from './pictureGrid.ts';
import type { GridOptions } from './pictureGrid.ts';
import { filledRaster, paste, requireLength, requireWhole } from './raster.ts';
import type { Raster } from './raster.ts';
import { textWidth } from './textWidth.ts';
import { colours, groundBytes } from './tokens.ts';

/** Many maps of one size: `data` is [count, height, width]. */
export interface MapBatch {
  readonly data: ArrayLike<number> & {
    subarray(begin: number, end: number): ArrayLike<number> & Iterable<number>;
  };
  readonly count: number;
  readonly width: number;
  readonly height: number;
}

export interface MapGridOptions extends GridOptions {
  /** viridis for magnitudes, magma for spectra (take their logarithm before), signed for values of both signs. */
  readonly colourMap: ColourMapName;
  /** Each map on its own range (default), all on their common one, or a given one. */
  readonly range?: 'per map' | 'common' | ValueRange;
}

/** RGB picture of one map [height, width] over a range; not finite is grey. */
export function colourMapPicture(
  colourMap: ColourMapName,
  values: ArrayLike<number>,
  width: number,
  height: number,
  range: ValueRange,
): Raster & { readonly channels: 3 } {
  requireLength('map', values.length, height, width);
  return { data: colourValues(colourMap, values, range), width, height, channels: 3 };
}

/** A ramp of the colour map, RGB. */
function ramp(colourMap: ColourMapName, width: number, height: number): Raster {
  const raster = filledRaster(width, height, groundBytes);
  for (let x = 0; x < width; x++) {
    const colour = colourAt(colourMap, x / (width - 1));
    for (let y = 0; y < height; y++) raster.data.set(colour, (y * width + x) * 3);
  }
  return raster;
}

/** The words at both ends of the ramp. */
function endsOf(
  colourMap: ColourMapName,
  range: 'per map' | ValueRange,
  ranges: readonly ValueRange[],
): [string, string] {
  if (range !== 'per map') return [figure(range.low), figure(range.high)];
  switch (colourMap) {
    case 'viridis':
      return [ranges.every(({ low }) => low === 0) ? '0' : 'min', 'max'];
    case 'magma':
      return ['min', 'max'];
    case 'signed':
      return ['−max', 'max'];
  }
}

/**
 * A PNG of maps as coloured cells on neutral ground with a label each, and one scale bar below that says its ends and
 * whether they are of each map or common to all.
 */
export async function mapGrid(maps: MapBatch, options: MapGridOptions): Promise<Buffer> {
  const { colourMap, range = 'per map' } = options;
  const { data, count, width, height } = maps;
  requireWhole('count', count, 1);
  requireLength('maps', data.length, count, height, width);
  const cells = Array.from({ length: count }, (_, i) =>
    data.subarray(i * width * height, (i + 1) * width * height),
  );
  const common = range === 'common' ? valueRange(colourMap, everyValue(cells)) : range;
  const ranges = cells.map((values) => (common === 'per map' ? valueRange(colourMap, values) : common));
  const pictures = cells.map((values, i) => colourMapPicture(colourMap, values, width, height, ranges[i]!));
  const foot = 20;
  const { raster, labels } = layOutCells(pictures, options, foot);
  const [low, high] = endsOf(colourMap, common, ranges);
  const words = `${high} · ${common === 'per map' ? 'per map' : 'common scale'}`;
  const from = 8 + Math.ceil(textWidth(low, 11)) + 6;
  const bar = ramp(colourMap, 64, 8);
  const needed = Math.ceil(from + 64 + 6 + textWidth(words, 11) + 8);
  const whole = filledRaster(Math.max(raster.width, needed), raster.height, groundBytes);
  paste(whole, raster, 0, 0);
  const top = raster.height - foot;
  paste(whole, bar, from, top);
  const scaleWords: Label[] = [
    { x: 8, y: top + 8, content: low, colour: colours.ink2 },
    { x: from + 64 + 6, y: top + 8, content: words, colour: colours.ink2 },
  ];
  return encodeLabelled(whole, [...labels, ...scaleWords]);
}

function* everyValue(cells: readonly Iterable<number>[]): Generator<number> {
  for (const cell of cells) yield* cell;
}
