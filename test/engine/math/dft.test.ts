import { describe, expect, it } from 'vitest';
import type { ComplexArray } from '../../../src/engine/math/complexArray.ts';
import {
  addPowerSpectrum2d,
  createTransform,
  dft,
  dft2d,
  inverseDft,
  inverseDft2dReal,
  inverseDft2dRealPair,
  powerSpectrum2d,
} from '../../../src/engine/math/dft.ts';
import oracle from '../../oracles/theoryTransforms.json' with { type: 'json' };

/** The same signal as in test/oracles/theoryTransforms.py. */
function signal(length: number, first = 0, of = length): Float64Array {
  return Float64Array.from({ length }, (_, i) => {
    const m = i + first;
    return Math.sin(0.37 * m * m + 0.2) + 0.5 * Math.cos(1.7 * m) + (0.1 * m) / of;
  });
}

function checksum(values: ComplexArray): number[] {
  const sums = [0, 0, 0, 0, 0];
  for (let k = 0; k < values.re.length; k++) {
    const re = values.re[k]!;
    const im = values.im[k]!;
    const terms = [re, im, re * Math.sin(k + 1), im * Math.cos(2 * k + 1), re * re + im * im];
    terms.forEach((term, i) => (sums[i] = sums[i]! + term));
  }
  return sums;
}

/** The last sum is a power: the others are held to its square root, which is the size of a transform. */
function expectClose(actual: number[], expected: number[]): void {
  const power = Math.max(1, expected[4]!);
  const worst = Math.max(
    ...actual.map((value, i) => Math.abs(value - expected[i]!) / (i === 4 ? power : Math.sqrt(power))),
  );
  expect(worst).toBeLessThan(1e-12);
}

describe('transforms of any length', () => {
  // Oracle: NumPy's FFT, test/oracles/theoryTransforms.py.
  it.each(oracle.lengths)(
    'length $length agrees with NumPy to 1e-12',
    ({ length, real, complex, inverse }) => {
      const x = signal(length);
      const z = { re: x, im: signal(length, 3, length + 3) };
      expectClose(checksum(dft(x)), real);
      const transformed = { re: z.re.slice(), im: z.im.slice() };
      createTransform(length).forward(transformed.re, transformed.im);
      expectClose(checksum(transformed), complex);
      expectClose(checksum(inverseDft(z)), inverse);
    },
  );

  it.each([61, 127, 1021, 1024])('the transform back restores a signal of length %i to 1e-12', (length) => {
    const x = signal(length);
    const back = inverseDft(dft(x));
    const error = Math.max(...x.map((value, i) => Math.abs(value - back.re[i]!)), ...back.im.map(Math.abs));
    expect(error).toBeLessThan(1e-12);
  });

  it('holds Parseval’s formula Σ|x|² = (1/N) Σ|x̂|²', () => {
    const x = signal(509);
    const spectrum = dft(x);
    const power = spectrum.re.reduce((sum, re, u) => sum + re * re + spectrum.im[u]! ** 2, 0) / 509;
    expect(power).toBeCloseTo(
      x.reduce((sum, value) => sum + value * value, 0),
      10,
    );
  });

  it('refuses a length that is no whole number', () => {
    expect(() => createTransform(2.5)).toThrow('a transform of length 2.5');
  });
});

describe('transforms of pictures', () => {
  // Oracle: NumPy's FFT, test/oracles/theoryTransforms.py.
  it.each(oracle.grids)(
    '$height × $width agrees with NumPy to 1e-12',
    ({ height, width, spectrum, power }) => {
      const image = signal(height * width);
      const transformed = dft2d(image, height, width);
      expectClose(checksum(transformed), spectrum);
      const fast = powerSpectrum2d(image, height, width);
      expectClose(checksum({ re: fast, im: new Float64Array(fast.length) }), power);
      const back = inverseDft2dReal(transformed, height, width);
      expect(Math.max(...image.map((value, i) => Math.abs(value - back[i]!)))).toBeLessThan(1e-12);
    },
  );

  it.each([
    [61, 61],
    [1, 61],
    [12, 10],
  ])('%i × %i: two pictures come back from one transform, each as it was', (height, width) => {
    const [a, b] = [signal(height * width), signal(height * width, 5).map((value) => 100 * value)];
    const [first, second] = inverseDft2dRealPair(
      [dft2d(a, height, width), dft2d(b, height, width)],
      height,
      width,
    );
    // Closed form: the transform back of a transform is the signal; the larger picture's rounding is in both.
    expect(Math.max(...a.map((value, i) => Math.abs(value - first[i]!)))).toBeLessThan(1e-11);
    expect(Math.max(...b.map((value, i) => Math.abs(value - second[i]!)))).toBeLessThan(1e-11);
  });

  it('adds the power of one channel of an interleaved tensor', () => {
    const image = signal(6 * 5);
    const tensor = new Float32Array(6 * 5 * 3 + 7);
    image.forEach((value, i) => (tensor[7 + i * 3 + 2] = value));
    const sum = new Float64Array(30);
    addPowerSpectrum2d(sum, tensor, 6, 5, 9, 3);
    const alone = powerSpectrum2d(Float32Array.from(image), 6, 5);
    expect(Array.from(sum)).toEqual(Array.from(alone));
  });
});
