import type { Verdict } from '../../../contract/verdicts.ts';
import { spreadOf, verdictOverSeeds } from '../../analysis/verdicts/verdictRules.ts';
import type { MeasuredFluoHair } from './measureFig1.ts';

/** A number of each seed, with its name. */
export interface Column {
  name: string;
  values: (number | null)[];
}

/** a / b; null where either is not known or b is 0. */
export const times = (a: number | null | undefined, b: number): number | null =>
  a === null || a === undefined || b === 0 ? null : a / b;

/** A number of each seed; null where a seed does not have it. */
export function read(
  measured: readonly MeasuredFluoHair[],
  name: string,
  value: (each: MeasuredFluoHair) => number | null | undefined,
): Column {
  return { name, values: measured.map((each) => value(each) ?? null) };
}

/** The verdict on what is asked of the numbers of each seed. */
export function decide(
  claim: Pick<Verdict, 'claim' | 'place'> & { gate?: boolean },
  columns: readonly Column[],
  asks: (numbers: readonly number[]) => boolean,
): Verdict {
  const count = columns[0]?.values.length ?? 0;
  const truths = Array.from({ length: count }, (_, seed) => {
    const known = columns.map(({ values }) => values[seed] ?? null).filter((value) => value !== null);
    return known.length < columns.length ? null : asks(known);
  });
  return verdictOverSeeds({
    ...claim,
    gate: claim.gate ?? false,
    truths,
    values: columns.map(({ name, values }) => ({ name, unit: null, perSeed: values })),
    numbers: `${columns.map(({ name, values }) => `${name}: ${spreadOf(values)}`).join('; ')}.`,
  });
}
