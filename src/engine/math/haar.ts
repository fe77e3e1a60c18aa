import type { Random } from './random.ts';
import { createNormal } from './normal.ts';

/** A group with its uniform (Haar) measure: all of its elements, or a way to draw one. */
export type Group<G> =
  | { readonly kind: 'finite'; readonly elements: readonly G[] }
  | { readonly kind: 'compact'; readonly draw: (random: Random) => G };

/** E_{g ~ Haar} f(g): the mean over all elements of a finite group. */
export function haarAverage<G>(elements: readonly G[], f: (g: G) => number): number {
  if (elements.length === 0) throw new RangeError('a group has at least one element');
  let sum = 0;
  for (const g of elements) sum += f(g);
  return sum / elements.length;
}

/** E_{g ~ Haar} f(g) from `samples` draws. */
export function haarSample<G>(group: Group<G>, f: (g: G) => number, samples: number, random: Random): number {
  let sum = 0;
  for (let i = 0; i < samples; i++) {
    sum += f(group.kind === 'finite' ? random.pick(group.elements) : group.draw(random));
  }
  return sum / samples;
}

/** Translations of a cyclic axis. */
export function translations(length: number): Group<number> {
  return { kind: 'finite', elements: Array.from({ length }, (_, shift) => shift) };
}

/** All orders of `count` channels, for example the 6 exchanges of red, green and blue. */
export function permutations(count: number): Group<readonly number[]> {
  let orders: number[][] = [[]];
  for (let item = 0; item < count; item++) {
    orders = orders.flatMap((order) =>
      Array.from({ length: order.length + 1 }, (_, at) => [...order.slice(0, at), item, ...order.slice(at)]),
    );
  }
  return { kind: 'finite', elements: orders };
}

/**
 * The rotations and reflections O(n) of n channels, row by row: Gram and Schmidt on normal numbers draws from the Haar measure.
 * All of GL(n) is not compact and has no uniform distribution; O(n) is its largest compact subgroup.
 */
export function orthogonalGroup(size: number): Group<Float64Array> {
  return {
    kind: 'compact',
    draw: (random) => {
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
    },
  };
}
