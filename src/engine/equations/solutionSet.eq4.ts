import { StudioError } from '../../contract/errors.ts';
import type { ComplexArray } from '../math/complexArray.ts';
import { complexDivide, complexZeros, modulus } from '../math/complexArray.ts';
import type { Random } from '../math/random.ts';
import { convolve } from './circularConvolution.eq3.ts';

/** Both kernels of Model 1 as spectra of one length. */
export interface KernelPair {
  readonly first: ComplexArray;
  readonly second: ComplexArray;
}

/** A spectrum with a modulus below this share of its largest has a zero as far as numbers can tell. */
const zeroShare = 1e-12;

/** Throws `wrong-usage`, with the frequency, where a kernel is not invertible: where its spectrum has a zero. */
export function requireInvertible(spectrum: ComplexArray, name: string): void {
  const sizes = modulus(spectrum);
  const largest = sizes.reduce((a, b) => Math.max(a, b), 0);
  const at = sizes.findIndex((value) => !(value > zeroShare * largest));
  if (at < 0) return;
  throw new StudioError(
    'wrong-usage',
    `The kernel ${name} has a zero in its spectrum, at frequency ${at}: Model 1 needs kernels that can be inverted. Change its size, its distance or its shape.`,
  );
}

/**
 * Equation (4), the Composed Over-parameterisation Set of Model 1 (paper, Section 2.3): the pair (ω⁻¹ ⊗ k1, k2 ⊗ ω),
 * as spectra (k̂1/ω̂, k̂2·ω̂). The product k̂1 k̂2, and so the distribution of X, stays. ω̂ must vanish nowhere.
 * `omegaOfSecond` is ω̂ on the grid of k2, where a stride makes that one larger.
 */
export function composeWith(
  pair: KernelPair,
  omega: ComplexArray,
  omegaOfSecond: ComplexArray = omega,
): KernelPair {
  requireInvertible(omega, 'omega');
  return { first: complexDivide(pair.first, omega), second: convolve(pair.second, omegaOfSecond) };
}

/**
 * A random ω̂ = exp(l + iθ) that keeps kernels real: l even and normal with standard deviation `spread`, θ odd and uniform,
 * or zero. Height × width frequencies, row by row; height 1 in one dimension.
 */
export function randomOmega(
  grid: { height: number; width: number },
  options: { spread: number; phase: 'zero' | 'uniform' },
  random: Random,
): ComplexArray {
  const { height, width } = grid;
  const out = complexZeros(height * width);
  for (let index = 0; index < height * width; index++) {
    const mirror =
      ((height - Math.floor(index / width)) % height) * width + ((width - (index % width)) % width);
    if (mirror < index) {
      out.re[index] = out.re[mirror]!;
      out.im[index] = -out.im[mirror]!;
      continue;
    }
    const size = Math.exp(options.spread * random.normal());
    const angle = mirror === index || options.phase === 'zero' ? 0 : random.between(-Math.PI, Math.PI);
    out.re[index] = size * Math.cos(angle);
    out.im[index] = size * Math.sin(angle);
  }
  return out;
}

/**
 * ω̂ = sqrt(|k̂1|/|k̂2|), which leads to the balanced solution |k̂1| = |k̂2| = sqrt|k̂1* k̂2*|: where stochastic gradient
 * descent goes (paper, Section 3.3).
 */
export function balancedOmega(pair: KernelPair): ComplexArray {
  requireInvertible(pair.first, 'k1');
  requireInvertible(pair.second, 'k2');
  const first = modulus(pair.first);
  const second = modulus(pair.second);
  return { re: first.map((value, u) => Math.sqrt(value / second[u]!)), im: new Float64Array(first.length) };
}
