/** Viridis for magnitudes, magma for spectra, signed (blue, white at zero, orange) for values of both signs. */
export type ColourMapName = 'viridis' | 'magma' | 'signed';

/**
 * Equally spaced stops, six hex digits each, with straight lines of sRGB between them. 33 stops of viridis and magma
 * (van der Walt and Smith, dedicated to the public domain, CC0) stay within 2 of 255 levels of their 256 colours;
 * the signed map is the product's own.
 */
const stops: Readonly<Record<ColourMapName, string>> = {
  viridis:
    '440154470D6048186A482374472D7B4537814240863E49893B528B375B8D33638D' +
    '2F6B8E2C728E297A8E26828E23898E21918C1F978B1F9F8821A68527AD8131B57B' +
    '3DBC744CC26C5CC8636ECE5881D34D95D840AADC32C0DF25D5E21AEAE51AFDE725',
  magma:
    '0000040303120A0822130D341D114729115A36106B440F7651127C5D177F6A1C81' +
    '762181832681902A819C2E7FAA337DB73779C23B75CF4070DB476AE55064EE5B5E' +
    'F4695CF9785DFB8761FD9668FEA571FEB47BFEC287FED194FDE0A1FCEEB0FCFDBF',
  signed: '1856A08DAAC8F0F0EEDE9E7CC44C0E',
};

const steps = 1024;

function makeTable(hex: string): Uint8Array {
  const levels = Uint8Array.from({ length: hex.length / 2 }, (_, i) =>
    Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16),
  );
  const last = levels.length / 3 - 1;
  const table = new Uint8Array((steps + 1) * 3);
  for (let step = 0; step <= steps; step++) {
    const at = (step / steps) * last;
    const below = Math.min(Math.floor(at), last - 1);
    const share = at - below;
    for (let c = 0; c < 3; c++) {
      const low = levels[below * 3 + c]!;
      table[step * 3 + c] = Math.round(low + share * (levels[(below + 1) * 3 + c]! - low));
    }
  }
  return table;
}

const tables: Readonly<Record<ColourMapName, Uint8Array>> = {
  viridis: makeTable(stops.viridis),
  magma: makeTable(stops.magma),
  signed: makeTable(stops.signed),
};

/** The colour (sRGB bytes) of a place in the map, 0 to 1; outside it the end colours. NaN is refused with a RangeError. */
export function colourAt(name: ColourMapName, place: number): [number, number, number] {
  if (Number.isNaN(place)) throw new RangeError('colourAt: not a number');
  const step = Math.round(Math.min(1, Math.max(0, place)) * steps) * 3;
  const table = tables[name];
  return [table[step]!, table[step + 1]!, table[step + 2]!];
}

export interface ValueRange {
  readonly low: number;
  readonly high: number;
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
  const table = tables[name];
  const factor = steps / (range.high - range.low);
  const bytes = new Uint8Array(values.length * 3);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) {
      bytes.set(missing, i * 3);
      continue;
    }
    const step = Math.round(Math.min(steps, Math.max(0, (value - range.low) * factor))) * 3;
    bytes[i * 3] = table[step]!;
    bytes[i * 3 + 1] = table[step + 1]!;
    bytes[i * 3 + 2] = table[step + 2]!;
  }
  return bytes;
}
