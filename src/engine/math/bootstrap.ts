import { createRandom } from './random.ts';
import { quantile } from './statistics.ts';

export interface Interval {
  low: number;
  high: number;
}

const bootstrapStream = 0xb007;

/**
 * Between which bounds a statistic lies when what was measured had been other things of the same kind (Efron's bootstrap,
 * percentile method): groups are drawn with replacement, as many as there are, and the middle `share` of the statistic
 * over the draws is the interval. Values of one group (two eyes of a face) stay together, since they are not independent.
 *
 * @param groups without empty ones; one group at least, else a RangeError
 */
export function bootstrapInterval(
  groups: readonly (readonly number[])[],
  statistic: (values: readonly number[]) => number,
  { seed, draws = 400, share = 0.95 }: { seed: number; draws?: number; share?: number },
): Interval {
  if (groups.length === 0) throw new RangeError('bootstrapInterval: nothing was measured');
  const random = createRandom(seed, bootstrapStream);
  const values = Array.from({ length: draws }, () =>
    statistic(groups.flatMap(() => groups[random.integer(groups.length)]!)),
  );
  return { low: quantile(values, (1 - share) / 2), high: quantile(values, (1 + share) / 2) };
}
