import { describe, expect, it } from 'vitest';
import {
  composeWith,
  randomOmega,
  requireInvertible,
} from '../../../src/engine/equations/solutionSet.eq4.ts';
import { complexFromReal, modulus } from '../../../src/engine/math/complexArray.ts';
import { transform2d } from '../../../src/engine/math/dft.ts';
import { createRandom } from '../../../src/engine/math/random.ts';

describe('a random ω̂', () => {
  it.each([
    [1, 9],
    [4, 7],
    [6, 5],
    [5, 1],
  ])('of %i × %i frequencies has a real ω, and no zero', (height, width) => {
    const omega = randomOmega(
      { height, width },
      { spread: 0.5, phase: 'uniform' },
      createRandom(height, width),
    );
    expect(omega.re).toHaveLength(height * width);
    expect(() => {
      requireInvertible(omega, 'omega');
    }).not.toThrow();
    // Closed form: the transform back of a Hermitian spectrum is real.
    transform2d(omega, height, width, 'inverse');
    expect(Math.max(...omega.im.map(Math.abs))).toBeLessThan(1e-15);
    expect(Math.max(...omega.re.map(Math.abs))).toBeGreaterThan(0.01);
  });

  it('has a normal logarithm of its modulus and a uniform phase, or none', () => {
    const grid = { height: 101, width: 100 };
    const omega = randomOmega(grid, { spread: 0.3, phase: 'uniform' }, createRandom(3));
    const logarithms = modulus(omega).map(Math.log);
    const count = logarithms.length;
    const moment = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / count;
    // Half of the numbers are free: within five standard errors of N(0, 0.3²).
    const error = Math.sqrt(2 / count);
    expect(Math.abs(moment(logarithms))).toBeLessThan(5 * 0.3 * error);
    expect(Math.abs(moment(logarithms.map((l) => (l / 0.3) ** 2)) - 1)).toBeLessThan(5 * Math.SQRT2 * error);
    // The even moments of a uniform phase: E cos² θ = 1/2, E cos⁴ θ = 3/8, with variances 1/8 and 17/128.
    const cosines = omega.re.map((re, u) => re / Math.hypot(re, omega.im[u]!));
    expect(Math.abs(moment(cosines.map((c) => c ** 2)) - 1 / 2)).toBeLessThan(5 * Math.sqrt(1 / 8) * error);
    expect(Math.abs(moment(cosines.map((c) => c ** 4)) - 3 / 8)).toBeLessThan(
      5 * Math.sqrt(17 / 128) * error,
    );
    const even = randomOmega(grid, { spread: 0.3, phase: 'zero' }, createRandom(3));
    expect(even.im.every((value) => value === 0) && even.re.every((value) => value > 0)).toBe(true);
  });
});

it('an ω with a zero composes nothing, and is named', () => {
  const kernel = complexFromReal([1, 2]);
  expect(() => composeWith({ first: kernel, second: kernel }, complexFromReal([0, 1]))).toThrow(
    'The kernel omega has a zero in its spectrum, at frequency 0',
  );
});
