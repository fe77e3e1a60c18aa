import { expect, it } from 'vitest';
import { dft2d } from '../../../src/engine/math/dft.ts';
import {
  halfSpectrumLags,
  lagCount,
  lagTable,
  lagsBetweenTaps,
  tapCount,
} from '../../../src/engine/math/lagTable.ts';
import { createRandom } from '../../../src/engine/math/random.ts';

it('the lag between two taps is their difference, at its place among 9 × 9', () => {
  const expected = Array.from({ length: tapCount * tapCount }, (_, index) => {
    const [a, b] = [Math.floor(index / tapCount), index % tapCount];
    return (Math.floor(a / 5) - Math.floor(b / 5) + 4) * 9 + (a % 5) - (b % 5) + 4;
  });
  expect([...lagsBetweenTaps]).toEqual(expected);
});

it.each([
  ['same', 8, 'filtered'],
  ['up', 4, 'filtered'],
  ['up', 6, 'native'],
] as const)(
  'half a spectrum says what the whole one does: %s, side %i, %s (from the definition)',
  (direction, size, grid) => {
    const random = createRandom(7);
    const map = Float64Array.from({ length: size * size }, () => random.normal());
    const { re, im } = dft2d(map, size, size);
    const table = lagTable(direction, size, grid);
    const transform = halfSpectrumLags(table);
    const half: number[] = [];
    for (let v = 0; v < size; v++)
      for (let u = 0; u <= size / 2; u++) half.push(re[v * size + u]! ** 2, im[v * size + u]! ** 2);
    expect(transform).toHaveLength(half.length * lagCount);
    table.place.forEach((place, lag) => {
      const found = half.reduce((sum, value, row) => sum + value * transform[row * lagCount + lag]!, 0);
      let expected = 0;
      // r(l) = (1/M) Σ_{u ≠ 0} S(u) cos(2π u·l/N), and 0 where the lag has no place.
      for (let at = 1; at < size * size && place >= 0; at++) {
        const turns =
          (Math.floor(at / size) * Math.floor(place / size) + (at % size) * (place % size)) % size;
        expected +=
          ((re[at]! ** 2 + im[at]! ** 2) * Math.cos((2 * Math.PI * turns) / size)) / (size * size - 1);
      }
      expect(found).toBeCloseTo(expected, 4);
    });
  },
);
