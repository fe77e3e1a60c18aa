import { describe, expect, it } from 'vitest';
import { StudioError } from '../../../src/contract/errors.ts';
import { frequencyMean, frequencyMeanOfProduct } from '../../../src/engine/equations/frequencyMean.ts';
import { balancedOmega } from '../../../src/engine/equations/solutionSet.eq4.ts';

function failure(compute: () => unknown): string {
  try {
    compute();
  } catch (error) {
    if (error instanceof StudioError) return `${error.code}: ${error.message}`;
  }
  return 'it can be computed';
}

// By hand.
describe('means over frequencies', () => {
  it('leave out the constant, or the places that are named, each once', () => {
    expect(frequencyMean([100, 1, 2, 6])).toBe(3);
    expect(frequencyMean([100, 1, 2, 6], [])).toBe(27.25);
    expect(frequencyMean([100, 1, 2, 6], [3, 0, 3])).toBe(1.5);
    expect(frequencyMean([100, 7])).toBe(7);
    expect(frequencyMeanOfProduct([100, 1, 2, 6], [5, 2, 3, 4], [1, 0])).toBe(15);
  });

  it('do not lose small numbers beside a large constant', () => {
    expect(frequencyMean([1e30, 1, 2])).toBe(1.5);
  });

  it('say what cannot be averaged', () => {
    for (const place of [-1, 3, 1.5])
      expect(failure(() => frequencyMean([1, 2, 3], [place]))).toBe(
        `wrong-usage: Frequency ${place} cannot be dropped: this spectrum has the frequencies 0 to 2.`,
      );
    expect(failure(() => frequencyMean([1, 2], [0, 1]))).toBe(
      'wrong-usage: A spectrum of 2 frequencies with 2 dropped leaves none to average over.',
    );
    expect(failure(() => frequencyMeanOfProduct([1, 2], [1, 2, 3]))).toBe(
      'wrong-usage: Two spectra of 2 and 3 frequencies cannot be multiplied: give both on one grid.',
    );
  });
});

it('the balanced solution names the kernel that has a zero, and where', () => {
  const whole = { re: Float64Array.of(1, 2, 3), im: new Float64Array(3) };
  const holed = { re: Float64Array.of(1, 0, 3), im: new Float64Array(3) };
  const sentence = (name: string): string =>
    `wrong-usage: The kernel ${name} has a zero in its spectrum, at frequency 1: `;
  expect(failure(() => balancedOmega({ first: holed, second: whole })).startsWith(sentence('k1'))).toBe(true);
  expect(failure(() => balancedOmega({ first: whole, second: holed })).startsWith(sentence('k2'))).toBe(true);
  // A share of the largest modulus counts as zero, not a size: 1e-9 of 1,000 does not, 1e-10 does.
  const large = (least: number): typeof whole => ({
    re: Float64Array.of(1000, least),
    im: new Float64Array(2),
  });
  expect(failure(() => balancedOmega({ first: large(1.1e-9), second: large(1) }))).toBe('it can be computed');
  expect(failure(() => balancedOmega({ first: large(0.9e-9), second: large(1) }))).not.toBe(
    'it can be computed',
  );
});
