/** Taps along an axis of the kernels that are looked at. */
export const tapsPerAxis = 5;

/** On which frequencies a kernel meets its map: those of the map it slides over, or those of the layer's own input. */
export type SpectralGrid = 'filtered' | 'native';

/** Differences of position between two taps of a kernel run from −4 to 4 along an axis. */
export const reach = tapsPerAxis - 1;
export const lagsPerAxis = 2 * reach + 1;
export const lagCount = lagsPerAxis ** 2;
export const tapCount = tapsPerAxis ** 2;

/** Place of the lag (0, 0). */
export const zeroLag = (lagCount - 1) / 2;

/**
 * Where a layer's maps are looked at in lags, the 81 differences l between taps: of a map of power S
 *
 *   r(l) = (1/M) Σ_u S(u) cos(2π u·l/N) over the M frequencies kept,   r₁ the same with S = 1.
 *
 * Equations (8) and (13) for small kernels are sums of these.
 */
export interface LagTable {
  /** Side of the map. */
  readonly size: number;
  /** For each lag its place in the map's own plane of lags (size × size, row by row), or −1 where r(l) is 0. */
  readonly place: Int32Array;
  /** r₁(l). */
  readonly flat: Float64Array;
  /** size² − 1: what a sum over the map's own frequencies without the constant is divided by. */
  readonly kept: number;
}

/**
 * The table of a layer whose input maps have side `size`; `up` is a transposed convolution with stride 2.
 *
 * A transposed convolution with stride 2 acts on the map with zeros between its pixels. That map's power is the input's
 * tiled 2 × 2, so its constant appears four times, and all four are dropped. The tiling makes r(l) the input's own r(l/2)
 * where both parts of the lag are even, and 0 elsewhere: the larger grid is never made. Lags wrap around a map that is
 * smaller than the kernel.
 */
export function lagTable(direction: 'down' | 'up' | 'same', size: number, grid: SpectralGrid): LagTable {
  const widened = direction === 'up' && grid === 'filtered';
  const step = widened ? 2 : 1;
  const pixels = size * size;
  const place = new Int32Array(lagCount);
  const flat = new Float64Array(lagCount);
  for (let index = 0; index < lagCount; index++) {
    const y = Math.floor(index / lagsPerAxis) - reach;
    const x = (index % lagsPerAxis) - reach;
    if (y % step !== 0 || x % step !== 0) {
      place[index] = -1;
      continue;
    }
    const at = wrap(y / step, size) * size + wrap(x / step, size);
    place[index] = at;
    flat[index] = ((at === 0 ? pixels : 0) - 1) / (pixels - 1);
  }
  return { size, place, flat, kept: pixels - 1 };
}

function wrap(lag: number, size: number): number {
  return ((lag % size) + size) % size;
}

/** Place among the 81 lags of the difference between taps a and b, 0 … 24, row by row. */
function lagBetween(a: number, b: number): number {
  const y = Math.floor(a / tapsPerAxis) - Math.floor(b / tapsPerAxis) + reach;
  const x = (a % tapsPerAxis) - (b % tapsPerAxis) + reach;
  return y * lagsPerAxis + x;
}

/** For taps a and b, the entry a · 25 + b: the place of the lag between them. */
export const lagsBetweenTaps = Int32Array.from({ length: tapCount * tapCount }, (_, index) =>
  lagBetween(Math.floor(index / tapCount), index % tapCount),
);

/**
 * r(l) as a product with half a power spectrum, [size · (size/2 + 1) · 2, 81], for a map of even size: maps are real, so a
 * column within stands for its mirror image too. (Re V̂)² and (Im V̂)² lie side by side, and both count.
 */
export function halfSpectrumLags({ size, place, kept }: LagTable): Float32Array {
  const columns = size / 2 + 1;
  const out = new Float32Array(size * columns * 2 * lagCount);
  for (let v = 0; v < size; v++) {
    for (let u = 0; u < columns; u++) {
      if (u === 0 && v === 0) continue;
      const weight = (u === 0 || u === size / 2 ? 1 : 2) / kept;
      for (let lag = 0; lag < lagCount; lag++) {
        const at = place[lag]!;
        if (at < 0) continue;
        const turns = (v * Math.floor(at / size) + u * (at % size)) % size;
        const value = weight * Math.cos((2 * Math.PI * turns) / size);
        const row = 2 * (v * columns + u);
        out[row * lagCount + lag] = out[(row + 1) * lagCount + lag] = value;
      }
    }
  }
  return out;
}
