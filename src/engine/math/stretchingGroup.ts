import type { ComplexArray } from './complexArray.ts';
import { complexZeros } from './complexArray.ts';
import { isPrime, modularInverse, smallestDivisor } from './primes.ts';

/**
 * The multiplicative group S of the integers modulo a prime d, acting by stretching (paper, Section 2.4).
 * The axis is cyclic of length d (our choice among the paper's two readings: it makes the Fourier identity exact):
 * (g·k)(n) = k(gn mod d), and so (g·k)^(u) = k̂(g⁻¹u mod d).
 */
export function stretchingGroup(length: number): number[] {
  if (!isPrime(length)) {
    const why =
      Number.isInteger(length) && length > 1
        ? `${length} is divisible by ${smallestDivisor(length)}`
        : `${length} is not`;
    throw new RangeError(`the stretching group needs a prime length, and ${why}`);
  }
  return Array.from({ length: length - 1 }, (_, index) => index + 1);
}

function requireUnit(g: number, length: number): number {
  if (!Number.isInteger(g) || g % length === 0) {
    throw new RangeError(
      `${g} is not an element of the stretching group modulo ${length}: take a whole number that is no multiple of it`,
    );
  }
  return ((g % length) + length) % length;
}

/** (g·k)(n) = k(gn mod d). What stood at D moves to g⁻¹D: g = 2⁻¹ doubles a distance. */
export function stretch(signal: Float64Array, g: number): Float64Array {
  const factor = requireUnit(g, signal.length);
  return signal.map((_, n) => signal[(factor * n) % signal.length]!);
}

/** (g·k̂)(u) = k̂(g⁻¹u mod d): the same action, on spectra. Frequency 0 stays. */
export function stretchSpectrum(spectrum: ComplexArray, g: number): ComplexArray {
  const length = spectrum.re.length;
  const inverse = modularInverse(requireUnit(g, length), length);
  const out = complexZeros(length);
  for (let u = 0; u < length; u++) {
    const from = (inverse * u) % length;
    out.re[u] = spectrum.re[from]!;
    out.im[u] = spectrum.im[from]!;
  }
  return out;
}

/** An element of the product group: how far each axis is stretched; 1 leaves an axis as it is. */
export interface Stretch2d {
  readonly vertical: number;
  readonly horizontal: number;
}

/** (g·k)(m, n) = k(g_v·m, g_h·n), row by row. */
export function stretch2d(image: Float64Array, height: number, width: number, g: Stretch2d): Float64Array {
  const vertical = g.vertical === 1 ? 1 : requireUnit(g.vertical, height);
  const horizontal = g.horizontal === 1 ? 1 : requireUnit(g.horizontal, width);
  const out = new Float64Array(image.length);
  const columns = new Uint32Array(width);
  for (let n = 0; n < width; n++) columns[n] = (horizontal * n) % width;
  for (let m = 0; m < height; m++) {
    const from = ((vertical * m) % height) * width;
    const to = m * width;
    for (let n = 0; n < width; n++) out[to + n] = image[from + columns[n]!]!;
  }
  return out;
}

/** (g·k̂)(v, u) = k̂(g_v⁻¹v, g_h⁻¹u), row by row. */
export function stretchSpectrum2d(
  spectrum: ComplexArray,
  height: number,
  width: number,
  g: Stretch2d,
): ComplexArray {
  const inverse: Stretch2d = {
    vertical: g.vertical === 1 ? 1 : modularInverse(requireUnit(g.vertical, height), height),
    horizontal: g.horizontal === 1 ? 1 : modularInverse(requireUnit(g.horizontal, width), width),
  };
  return {
    re: stretch2d(spectrum.re, height, width, inverse),
    im: stretch2d(spectrum.im, height, width, inverse),
  };
}
