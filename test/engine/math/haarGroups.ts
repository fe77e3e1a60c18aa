import { createNormal } from '../../../src/engine/math/normal.ts';
import type { Random } from '../../../src/engine/math/random.ts';

/** Groups beside the stretching group for which the paper defines genericity (Section 2.5), with their Haar measures. */

/** E_{g ~ Haar} f(g) from `samples` draws. */
export function haarSample<G>(
  draw: (random: Random) => G,
  f: (g: G) => number,
  samples: number,
  random: Random,
): number {
  let sum = 0;
  for (let i = 0; i < samples; i++) sum += f(draw(random));
  return sum / samples;
}

/** Translations of a cyclic axis. */
export function translations(length: number): number[] {
  return Array.from({ length }, (_, shift) => shift);
}

/** All orders of `count` channels, for example the 6 exchanges of red, green and blue. */
export function permutations(count: number): (readonly number[])[] {
  let orders: number[][] = [[]];
  for (let item = 0; item < count; item++) {
    orders = orders.flatMap((order) =>
      Array.from({ length: order.length + 1 }, (_, at) => [...order.slice(0, at), item, ...order.slice(at)]),
    );
  }
  return orders;
}

/**
 * Draws one of the rotations and reflections O(n) of n channels, row by row: Gram and Schmidt on normal numbers draws from
 * the Haar measure. All of GL(n) is not compact and has no uniform distribution; O(n) is its largest compact subgroup.
 */
export function orthogonalGroup(size: number): (random: Random) => Float64Array {
  return (random) => {
    const normal = createNormal(random);
    const matrix = Float64Array.from({ length: size * size }, () => normal());
    for (let i = 0; i < size; i++) {
      const row = matrix.subarray(i * size, (i + 1) * size);
      for (let j = 0; j < i; j++) {
        const other = matrix.subarray(j * size, (j + 1) * size);
        const overlap = row.reduce((sum, value, k) => sum + value * other[k]!, 0);
        row.forEach((value, k) => (row[k] = value - overlap * other[k]!));
      }
      const norm = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
      row.forEach((value, k) => (row[k] = value / norm));
    }
    return matrix;
  };
}
