import type { ModulePreparation } from '../../contract/modules.ts';
import { boxFilter } from '../math/boxFilter.ts';
import { quantile } from '../math/statistics.ts';

/** Side of the square that influence maps are smoothed with. */
const smoothing = 3;
/** A channel whose smoothed map is this much weaker than the strongest changes nothing. */
const deadShare = 1e-6;
/** The binary preparation keeps the quarter of a map where it is strongest. */
const binaryShare = 0.75;

export interface ModuleMatrix {
  /** The channels that change something; the rows. */
  readonly channels: readonly number[];
  readonly columns: number;
  /** [rows, columns], not negative */
  readonly values: Float64Array;
}

/**
 * Influence maps as the rows of the matrix that is factorised: smoothed over 3 × 3 pixels, then
 *   weighted    scaled to the root of their length, so that channels that hardly change anything do not make modules
 *               of their own, and no strong one drowns the rest (our choice; docs/decisions/modules.md),
 *   normalised  scaled to Euclidean length 1, or
 *   binary      1 above their own 75th percentile, 0 below.
 * @param maps [channels, size · size]
 */
export function moduleMatrix(
  maps: Float32Array,
  channels: number,
  size: number,
  preparation: ModulePreparation,
): ModuleMatrix {
  const pixels = size * size;
  const smooth = Array.from({ length: channels }, (_, channel) =>
    boxFilter(maps.subarray(channel * pixels, (channel + 1) * pixels), size, size, smoothing),
  );
  const lengths = smooth.map((map) => Math.sqrt(map.reduce((sum, value) => sum + value * value, 0)));
  const strongest = Math.max(...lengths);
  const living = lengths.flatMap((length, channel) => (length > strongest * deadShare ? [channel] : []));
  const values = new Float64Array(living.length * pixels);
  living.forEach((channel, row) => {
    values.set(prepare(smooth[channel]!, lengths[channel]!, strongest, preparation), row * pixels);
  });
  return { channels: living, columns: pixels, values };
}

function prepare(
  map: Float64Array,
  length: number,
  strongest: number,
  preparation: ModulePreparation,
): Float64Array {
  switch (preparation) {
    case 'weighted':
      return map.map((value) => value / Math.sqrt(length * strongest));
    case 'normalised':
      return map.map((value) => value / length);
    case 'binary': {
      const threshold = quantile(map, binaryShare);
      return map.map((value) => (value > threshold ? 1 : 0));
    }
  }
}

/** Every row at half the resolution, means over 2 × 2 pixels: smoothed maps lose nothing by it, and fits take a quarter of the time. */
export function halveResolution(matrix: ModuleMatrix, size: number): ModuleMatrix {
  const half = size / 2;
  const columns = half * half;
  const values = new Float64Array(matrix.channels.length * columns);
  for (let row = 0; row < matrix.channels.length; row++) {
    const from = row * size * size;
    for (let y = 0; y < half; y++) {
      for (let x = 0; x < half; x++) {
        const at = from + 2 * y * size + 2 * x;
        const sum =
          matrix.values[at]! +
          matrix.values[at + 1]! +
          matrix.values[at + size]! +
          matrix.values[at + size + 1]!;
        values[row * columns + y * half + x] = sum / 4;
      }
    }
  }
  return { channels: matrix.channels, columns, values };
}
