import type { ComplexArray } from './complexArray.ts';
import { complexFromReal, complexZeros, squaredModulus } from './complexArray.ts';

/**
 * The discrete Fourier transform of one length, in place and unnormalised:
 * forward  x̂(u) = Σ_m x(m) e^{−2πi·u·m/N};  inverse  x(m) = (1/N) Σ_u x̂(u) e^{+2πi·u·m/N}.
 */
export interface Transform {
  readonly length: number;
  forward(re: Float64Array, im: Float64Array): void;
  inverse(re: Float64Array, im: Float64Array): void;
}

type Forward = (re: Float64Array, im: Float64Array) => void;

/** Up to this length the plain sum with exact twiddles is both the most accurate and fast enough. */
const longestDirect = 160;

/** cos and sin of 2πk/N for k = 0 … N − 1, each from its own angle so that no error builds up. */
function twiddles(length: number): { cos: Float64Array; sin: Float64Array } {
  const cos = new Float64Array(length);
  const sin = new Float64Array(length);
  for (let k = 0; k < length; k++) {
    cos[k] = Math.cos((2 * Math.PI * k) / length);
    sin[k] = Math.sin((2 * Math.PI * k) / length);
  }
  return { cos, sin };
}

/** Iterative radix-2 transform (Cooley and Tukey) for powers of two. */
function radix2(length: number): Forward {
  const { cos, sin } = twiddles(length);
  const reversed = new Uint32Array(length);
  for (let i = 1; i < length; i++) reversed[i] = (reversed[i >> 1]! >> 1) | (i & 1 ? length >> 1 : 0);
  return (re, im) => {
    for (let i = 0; i < length; i++) {
      const j = reversed[i]!;
      if (j <= i) continue;
      const keptRe = re[i]!;
      const keptIm = im[i]!;
      re[i] = re[j]!;
      im[i] = im[j]!;
      re[j] = keptRe;
      im[j] = keptIm;
    }
    for (let half = 1; half < length; half *= 2) {
      const stride = length / (2 * half);
      for (let k = 0; k < half; k++) {
        const wr = cos[k * stride]!;
        const wi = -sin[k * stride]!;
        for (let p = k; p < length; p += 2 * half) {
          const q = p + half;
          const tr = re[q]! * wr - im[q]! * wi;
          const ti = re[q]! * wi + im[q]! * wr;
          re[q] = re[p]! - tr;
          im[q] = im[p]! - ti;
          re[p] = re[p]! + tr;
          im[p] = im[p]! + ti;
        }
      }
    }
  };
}

/**
 * The sum itself, for short lengths that are no power of two. The places m and N − m share their cosine and differ in the
 * sign of their sine, and so do the frequencies u and N − u: a quarter of the products gives all of them. Two frequencies
 * are summed at a time, from numbers that lie in the order in which they are read: this loop is most of Figure 2's time.
 */
function direct(length: number): Forward {
  const half = Math.floor((length - 1) / 2);
  const isEven = length % 2 === 0;
  const last = Math.floor(length / 2);
  const table = directTable(length, last, half);
  /** For each m: the sum of both places, re and im, and their difference. */
  const folded = new Float64Array(4 * half);
  const outRe = new Float64Array(length);
  const outIm = new Float64Array(length);
  const put = (u: number, cosRe: number, cosIm: number, sinRe: number, sinIm: number): void => {
    outRe[u] = cosRe + sinIm;
    outIm[u] = cosIm - sinRe;
    if (u === 0) return;
    outRe[length - u] = cosRe - sinIm;
    outIm[length - u] = cosIm + sinRe;
  };
  return (re, im) => {
    for (let m = 0; m < half; m++) {
      const [near, far] = [m + 1, length - 1 - m];
      folded[4 * m] = re[near]! + re[far]!;
      folded[4 * m + 1] = im[near]! + im[far]!;
      folded[4 * m + 2] = re[near]! - re[far]!;
      folded[4 * m + 3] = im[near]! - im[far]!;
    }
    const middleRe = isEven ? re[last]! : 0;
    const middleIm = isEven ? im[last]! : 0;
    for (let u = 0, at = 0; u <= last; u += 2) {
      let cosRe = re[0]! + middleRe;
      let cosIm = im[0]! + middleIm;
      let sinRe = 0;
      let sinIm = 0;
      let nextCosRe = re[0]! - middleRe;
      let nextCosIm = im[0]! - middleIm;
      let nextSinRe = 0;
      let nextSinIm = 0;
      for (let m = 0; m < 4 * half; m += 4, at += 4) {
        const evenRe = folded[m]!;
        const evenIm = folded[m + 1]!;
        const oddRe = folded[m + 2]!;
        const oddIm = folded[m + 3]!;
        const cos = table[at]!;
        const sin = table[at + 1]!;
        const nextCos = table[at + 2]!;
        const nextSin = table[at + 3]!;
        cosRe += evenRe * cos;
        cosIm += evenIm * cos;
        sinRe += oddRe * sin;
        sinIm += oddIm * sin;
        nextCosRe += evenRe * nextCos;
        nextCosIm += evenIm * nextCos;
        nextSinRe += oddRe * nextSin;
        nextSinIm += oddIm * nextSin;
      }
      put(u, cosRe, cosIm, sinRe, sinIm);
      if (u < last) put(u + 1, nextCosRe, nextCosIm, nextSinRe, nextSinIm);
    }
    re.set(outRe);
    im.set(outIm);
  };
}

/** For u = 0, 2, … and m = 1 … `half`: cos and sin of 2πum/N, and of 2π(u + 1)m/N. */
function directTable(length: number, last: number, half: number): Float64Array {
  const { cos, sin } = twiddles(length);
  const table = new Float64Array(4 * half * (Math.floor(last / 2) + 1));
  for (let u = 0, at = 0; u <= last; u += 2) {
    for (let m = 1; m <= half; m++, at += 4) {
      const [here, next] = [(u * m) % length, ((u + 1) * m) % length];
      table.set([cos[here]!, sin[here]!, cos[next]!, sin[next]!], at);
    }
  }
  return table;
}

/** Bluestein's transform: any length as a circular convolution of a power of two, through u·m = (u² + m² − (u − m)²)/2. */
function bluestein(length: number): Forward {
  let padded = 1;
  while (padded < 2 * length - 1) padded *= 2;
  const inner = radix2(padded);
  const chirp = twiddles(2 * length);
  // m² is taken modulo 2N in whole numbers: the angle stays exact however long the signal is.
  const square = Uint32Array.from({ length }, (_, m) => (m * m) % (2 * length));
  const filterRe = new Float64Array(padded);
  const filterIm = new Float64Array(padded);
  for (let m = 0; m < length; m++) {
    const at = (padded - m) % padded;
    filterRe[m] = filterRe[at] = chirp.cos[square[m]!]!;
    filterIm[m] = filterIm[at] = chirp.sin[square[m]!]!;
  }
  inner(filterRe, filterIm);
  const workRe = new Float64Array(padded);
  const workIm = new Float64Array(padded);
  return (re, im) => {
    workRe.fill(0);
    workIm.fill(0);
    for (let m = 0; m < length; m++) {
      const c = chirp.cos[square[m]!]!;
      const s = chirp.sin[square[m]!]!;
      workRe[m] = re[m]! * c + im[m]! * s;
      workIm[m] = im[m]! * c - re[m]! * s;
    }
    inner(workRe, workIm);
    for (let k = 0; k < padded; k++) {
      const r = workRe[k]! * filterRe[k]! - workIm[k]! * filterIm[k]!;
      workIm[k] = -(workRe[k]! * filterIm[k]! + workIm[k]! * filterRe[k]!); // conjugated: the next forward inverts
      workRe[k] = r;
    }
    inner(workRe, workIm);
    for (let u = 0; u < length; u++) {
      const c = chirp.cos[square[u]!]!;
      const s = chirp.sin[square[u]!]!;
      const r = workRe[u]! / padded;
      const i = -workIm[u]! / padded;
      re[u] = r * c + i * s;
      im[u] = i * c - r * s;
    }
  };
}

const known = new Map<number, Transform>();

/** The transform of this length: radix 2 for powers of two, the plain sum for other short lengths, Bluestein beyond. */
export function createTransform(length: number): Transform {
  const made = known.get(length);
  if (made) return made;
  if (!Number.isInteger(length) || length < 1)
    throw new RangeError(`a transform of length ${length}: it must be a whole number of at least 1`);
  const powerOfTwo = Number.isInteger(Math.log2(length));
  const forward = powerOfTwo ? radix2(length) : length <= longestDirect ? direct(length) : bluestein(length);
  const transform: Transform = {
    length,
    forward,
    inverse: (re, im) => {
      // Swapping real and imaginary parts turns the forward sum into the inverse one.
      forward(im, re);
      for (let i = 0; i < length; i++) {
        re[i] = re[i]! / length;
        im[i] = im[i]! / length;
      }
    },
  };
  known.set(length, transform);
  return transform;
}

/** x̂ of real numbers. */
export function dft(values: ArrayLike<number>): ComplexArray {
  const out = complexFromReal(values);
  createTransform(values.length).forward(out.re, out.im);
  return out;
}

/** The numbers whose transform this is. */
export function inverseDft(spectrum: ComplexArray): ComplexArray {
  const out = { re: spectrum.re.slice(), im: spectrum.im.slice() };
  createTransform(spectrum.re.length).inverse(out.re, out.im);
  return out;
}

/** The real numbers whose transform this is; what is imaginary (rounding, for a Hermitian spectrum) is left out. */
export function inverseDftReal(spectrum: ComplexArray): Float64Array {
  return inverseDft(spectrum).re;
}

/** |x̂(u)|² for u = 0 … N − 1. */
export function powerSpectrum(values: ArrayLike<number>): Float64Array {
  return squaredModulus(dft(values));
}

/** Both axes of a height × width field (row by row) transformed in place. */
export function transform2d(
  field: ComplexArray,
  height: number,
  width: number,
  direction: 'forward' | 'inverse',
): void {
  if (field.re.length !== height * width) {
    throw new RangeError(`a field of ${field.re.length} numbers is not ${height} × ${width}`);
  }
  const row = createTransform(width);
  for (let y = 0; y < height; y++) {
    const span: [number, number] = [y * width, (y + 1) * width];
    row[direction](field.re.subarray(...span), field.im.subarray(...span));
  }
  const column = createTransform(height);
  const re = new Float64Array(height);
  const im = new Float64Array(height);
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) {
      re[y] = field.re[y * width + x]!;
      im[y] = field.im[y * width + x]!;
    }
    column[direction](re, im);
    for (let y = 0; y < height; y++) {
      field.re[y * width + x] = re[y]!;
      field.im[y * width + x] = im[y]!;
    }
  }
}

/** x̂ of a real height × width image, height × width frequencies, row by row. */
export function dft2d(image: ArrayLike<number>, height: number, width: number): ComplexArray {
  const out = complexFromReal(image);
  transform2d(out, height, width, 'forward');
  return out;
}

/** The real height × width image whose transform this is. */
export function inverseDft2dReal(spectrum: ComplexArray, height: number, width: number): Float64Array {
  const out = { re: spectrum.re.slice(), im: spectrum.im.slice() };
  transform2d(out, height, width, 'inverse');
  return out.re;
}

/**
 * Two real height × width images from their transforms, by one complex transform: a is its real part and b its imaginary
 * one. What of a spectrum is not Hermitian, which is rounding, ends in the other image.
 */
export function inverseDft2dRealPair(
  [a, b]: readonly [ComplexArray, ComplexArray],
  height: number,
  width: number,
): [Float64Array, Float64Array] {
  const both = complexZeros(a.re.length);
  for (let i = 0; i < a.re.length; i++) {
    both.re[i] = a.re[i]! - b.im[i]!;
    both.im[i] = a.im[i]! + b.re[i]!;
  }
  transform2d(both, height, width, 'inverse');
  return [both.re, both.im];
}

/**
 * Adds |x̂(u,v)|² of one real height × width image to `into` (height × width, row by row).
 * The pixel (y, x) is `image[offset + (y·width + x)·pixelStride]`, so that one channel of an interleaved tensor can be
 * read where it lies. Two rows share a complex transform, and half of the columns follow from the other half.
 */
export function addPowerSpectrum2d(
  into: Float64Array,
  image: ArrayLike<number>,
  height: number,
  width: number,
  offset = 0,
  pixelStride = 1,
): void {
  const half = Math.floor(width / 2) + 1;
  const rows = complexZeros(height * half);
  const row = createTransform(width);
  const pair = complexZeros(width);
  for (let y = 0; y < height; y += 2) {
    const second = y + 1 < height;
    for (let x = 0; x < width; x++) {
      pair.re[x] = image[offset + (y * width + x) * pixelStride]!;
      pair.im[x] = second ? image[offset + ((y + 1) * width + x) * pixelStride]! : 0;
    }
    row.forward(pair.re, pair.im);
    for (let u = 0; u < half; u++) {
      const mirror = (width - u) % width;
      const at = u * height + y; // columns lie one after the other: the next pass works in place
      rows.re[at] = (pair.re[u]! + pair.re[mirror]!) / 2;
      rows.im[at] = (pair.im[u]! - pair.im[mirror]!) / 2;
      if (!second) continue;
      rows.re[at + 1] = (pair.im[u]! + pair.im[mirror]!) / 2;
      rows.im[at + 1] = (pair.re[mirror]! - pair.re[u]!) / 2;
    }
  }
  const column = createTransform(height);
  for (let u = 0; u < half; u++) {
    const re = rows.re.subarray(u * height, (u + 1) * height);
    const im = rows.im.subarray(u * height, (u + 1) * height);
    column.forward(re, im);
    const mirror = (width - u) % width;
    for (let v = 0; v < height; v++) {
      const power = re[v]! * re[v]! + im[v]! * im[v]!;
      into[v * width + u] = into[v * width + u]! + power;
      if (mirror === u) continue;
      const at = ((height - v) % height) * width + mirror;
      into[at] = into[at]! + power;
    }
  }
}

/** |x̂(u,v)|² of a real height × width image, row by row. */
export function powerSpectrum2d(image: ArrayLike<number>, height: number, width: number): Float64Array {
  const power = new Float64Array(height * width);
  addPowerSpectrum2d(power, image, height, width);
  return power;
}
