import { figure } from '../../../contract/figures.ts';
import { leastSeeds } from '../../../contract/verdicts.ts';
import type { Verdict } from '../../../contract/verdicts.ts';

/** The rule by which every claim over seeds is decided, for the notes of a result. */
export const seedRule =
  `A claim “in every seed” holds where it is true of each of at least ${leastSeeds} seeds, does not hold where it is false ` +
  'of each of them, and cannot be decided otherwise: seeds that disagree, or too few of them.';

export interface SeedClaim {
  claim: string;
  place: string;
  gate: boolean;
  values: Verdict['values'];
  /** Whether the claim is true of each seed, in the order of the seeds; null where it could not be measured. */
  truths: readonly (boolean | null)[];
  /** The numbers in words, put before the count of seeds. */
  numbers: string;
}

/** The verdict on a claim about every seed; see `seedRule`. */
export function verdictOverSeeds({ claim, place, gate, values, truths, numbers }: SeedClaim): Verdict {
  const measured = truths.filter((truth) => truth !== null);
  const yes = measured.filter(Boolean).length;
  const counted = `True of ${yes} of ${measured.length} seed${measured.length === 1 ? '' : 's'}`;
  const missing = truths.length - measured.length;
  const left = missing === 0 ? '' : ` (${missing} could not be measured)`;
  const common = { claim, place, gate, values };
  if (measured.length < leastSeeds) {
    const because = `${numbers} ${counted}${left}; fewer than ${leastSeeds} decide nothing.`;
    return { ...common, outcome: 'undecidable', because };
  }
  if (yes === measured.length)
    return { ...common, outcome: 'holds', because: `${numbers} ${counted}${left}.` };
  if (yes === 0) return { ...common, outcome: 'does-not-hold', because: `${numbers} ${counted}${left}.` };
  return { ...common, outcome: 'undecidable', because: `${numbers} ${counted}${left}: the seeds disagree.` };
}

/**
 * The verdict on a claim about one model alone: it says nothing of other seeds.
 * @param truth whether it is true of the model; null where it could not be measured
 */
export function verdictOnModel({
  truth,
  because,
  ...claim
}: Omit<Verdict, 'outcome' | 'gate'> & { truth: boolean | null }): Verdict {
  const outcome = truth === null ? 'undecidable' : truth ? 'holds' : 'does-not-hold';
  return { ...claim, because, outcome, gate: false };
}

/** Whether something is true everywhere; null where one place could not be measured, whatever the others say, or there is none. */
export function trueOfAll(truths: readonly (boolean | null)[]): boolean | null {
  return truths.length === 0 || truths.includes(null) ? null : truths.every(Boolean);
}

/** Whether one number of each seed is larger or smaller than another of the same seed; null where either is. */
export function comparisons(
  first: readonly (number | null)[],
  second: readonly (number | null)[],
  is: 'larger' | 'smaller',
): (boolean | null)[] {
  return first.map((value, seed) => {
    const other = second[seed] ?? null;
    if (value === null || other === null) return null;
    return is === 'larger' ? value > other : value < other;
  });
}

/** Mean and range of a number over seeds, in words: “1.23 (1.10 to 1.31)”; “not measured” where no seed has it. */
export function spreadOf(values: readonly (number | null)[], digits = 3): string {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return 'not measured';
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const written = (value: number): string => figure(value, digits);
  if (known.length === 1) return written(mean);
  return `${written(mean)} (${written(Math.min(...known))} to ${written(Math.max(...known))})`;
}
