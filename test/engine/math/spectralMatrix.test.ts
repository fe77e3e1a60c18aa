import { describe, expect, it } from 'vitest';
import { powerSpectrum2d } from '../../../src/engine/math/dft.ts';
import { createRandom } from '../../../src/engine/math/random.ts';
import { quadraticForm, spectralMatrix } from '../../../src/engine/math/spectralMatrix.ts';

function noise(count: number, seed: number): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length: count }, () => random.normal());
}

/** The kernel's taps on the grid; beyond the border they come in again on the other side. */
function onGrid(kernel: Float64Array, kernelWidth: number, height: number, width: number): Float64Array {
  const grid = new Float64Array(height * width);
  kernel.forEach((tap, at) => {
    grid[(Math.floor(at / kernelWidth) % height) * width + ((at % kernelWidth) % width)]! += tap;
  });
  return grid;
}

describe('the matrix that averages over frequencies', () => {
  // From the definition <S ⊙ |k̂|²> over the frequencies that are kept; dft.test.ts holds |k̂|² to NumPy's.
  it.each([
    { height: 7, width: 7, dropped: [0] },
    { height: 6, width: 9, dropped: [0] },
    { height: 6, width: 9, dropped: [0, 5, 5, 17] },
    { height: 3, width: 2, dropped: [] },
  ])('$height × $width without the frequencies $dropped', ({ height, width, dropped }) => {
    const kernel = noise(3 * 4, 1);
    const power = powerSpectrum2d(noise(height * width, 2), height, width);
    const matrix = spectralMatrix(power, { height, width }, { height: 3, width: 4 }, dropped);
    const kernelPower = powerSpectrum2d(onGrid(kernel, 4, height, width), height, width);
    const kept = [...power.keys()].filter((place) => !dropped.includes(place));
    const expected = kept.reduce((sum, place) => sum + power[place]! * kernelPower[place]!, 0) / kept.length;
    expect(quadraticForm(matrix, kernel) / expected).toBeCloseTo(1, 10);
  });

  it('leaves the constant out where nothing is said, and the spectrum as it is', () => {
    const power = powerSpectrum2d(noise(30, 3), 5, 6);
    const before = power.slice();
    const [grid, kernel] = [
      { height: 5, width: 6 },
      { height: 2, width: 2 },
    ];
    expect(spectralMatrix(power, grid, kernel)).toEqual(spectralMatrix(power, grid, kernel, [0]));
    expect(power).toEqual(before);
    expect(() => spectralMatrix(power, { height: 6, width: 6 }, kernel)).toThrow(
      'a spectrum of 30 numbers is not 6 × 6',
    );
  });

  it('takes the taps from where they lie', () => {
    // By hand: (2, 3) in [[1, 4], [0, 5]] gives 2·(2 + 12) + 3·15 = 73.
    expect(quadraticForm(Float64Array.of(1, 4, 0, 5), [2, 3])).toBe(73);
    expect(quadraticForm(Float64Array.of(1, 4, 0, 5), [9, 2, 9, 9, 3], 1, 3)).toBe(73);
  });
});
