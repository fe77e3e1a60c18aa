import { interpolateMagma, interpolateViridis } from 'd3-scale-chromatic';

import type { ValueRange } from '../../charts/ticks.ts';

/** Viridis for magnitudes, magma for spectra, signed (blue, white at zero, orange) for values of both signs. */
export type ColourMapName = 'viridis' | 'magma' | 'signed';

/** RGB bytes of a map's colours, and which of them stands for a place from 0 to 1. */
interface Table {
  readonly bytes: Uint8Array;
  readonly colourOf: (place: number) => number;
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) =>
    Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16),
  );
}

/** The 256 colours of a published map (van der Walt and Smith, CC0) in as many equal parts of [0, 1], as d3 and Matplotlib have them. */
function published(colour: (place: number) => string): Table {
  const hex = Array.from({ length: 256 }, (_, i) => colour((i + 0.5) / 256).slice(1));
  return { bytes: bytesOf(hex.join('')), colourOf: (place) => Math.min(255, Math.floor(place * 256)) };
}

const steps = 1024;

/** Straight lines of sRGB between equally spaced stops, six hex digits each. */
function between(stops: string): Table {
  const levels = bytesOf(stops);
  const last = levels.length / 3 - 1;
  const bytes = new Uint8Array((steps + 1) * 3);
  for (let step = 0; step <= steps; step++) {
    const at = (step / steps) * last;
    const below = Math.min(Math.floor(at), last - 1);
    const share = at - below;
    for (let c = 0; c < 3; c++) {
      const low = levels[below * 3 + c]!;
      bytes[step * 3 + c] = Math.round(low + share * (levels[(below + 1) * 3 + c]! - low));
    }
  }
  return { bytes, colourOf: (place) => Math.round(place * steps) };
}

const tables: Readonly<Record<ColourMapName, Table>> = {
  viridis: published(interpolateViridis),
  magma: published(interpolateMagma),
  // The product's own: white at zero.
  signed: between('1856A08DAAC8F0F0EEDE9E7CC44C0E'),
};

/** The colour (sRGB bytes) of a place in the map, 0 to 1; outside it the end colours. NaN is refused with a RangeError. */
export function colourAt(name: ColourMapName, place: number): [number, number, number] {
  if (Number.isNaN(place)) throw new RangeError('colourAt: not a number');
  const { bytes, colourOf } = tables[name];
  const at = colourOf(Math.min(1, Math.max(0, place))) * 3;
  return [bytes[at]!, bytes[at + 1]!, bytes[at + 2]!];
}

/**
 * The range that a map's colours span: viridis [min(0, least), greatest], magma [least, greatest], signed
 * [−m, m] with m the greatest magnitude. Values that are not finite do not count; with none left, or all equal, the
 * range is one wide.
 */
export function valueRange(name: ColourMapName, values: Iterable<number>): ValueRange {
  let least = Infinity;
  let greatest = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  if (least > greatest) return { low: name === 'signed' ? -1 : 0, high: 1 };
  switch (name) {
    case 'signed': {
      const bound = Math.max(-least, greatest) || 1;
      return { low: -bound, high: bound };
    }
    case 'viridis':
      least = Math.min(0, least);
      return { low: least, high: greatest > least ? greatest : least + 1 };
    case 'magma':
      return { low: least, high: greatest > least ? greatest : least + 1 };
  }
}

/** Colours of the values: RGB bytes, three for each value. Values that are not finite get `missing`, neutral grey. */
export function colourValues(
  name: ColourMapName,
  values: ArrayLike<number>,
  range: ValueRange,
  missing: readonly [number, number, number] = [0x82, 0x8a, 0x93],
): Uint8Array {
  const { bytes: table, colourOf } = tables[name];
  const factor = 1 / (range.high - range.low);
  const bytes = new Uint8Array(values.length * 3);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) {
      bytes.set(missing, i * 3);
      continue;
    }
    const at = colourOf(Math.min(1, Math.max(0, (value - range.low) * factor))) * 3;
    bytes[i * 3] = table[at]!;
    bytes[i * 3 + 1] = table[at + 1]!;
    bytes[i * 3 + 2] = table[at + 2]!;
  }
  return bytes;
}
