import type { Verdict } from '../../../contract/verdicts.ts';
import type { StretchingLevel } from '../../../contract/analysis.ts';
import type { HiddenLevel } from '../../../contract/levels.ts';
import { localisedClaim, smallerErrorClaim } from '../../analysis/verdicts/sharedClaims.ts';
import { comparisons, spreadOf, verdictOverSeeds } from '../../analysis/verdicts/verdictRules.ts';
import { measuredAt } from './measureFig4.ts';
import type { Fig4Measurement, Moments } from './measureFig4.ts';

type Measure = 'error' | 'normalisedError' | 'participationRatio';

/** A number of each seed. */
interface Column {
  name: string;
  values: (number | null)[];
}

const at = (step: number): string => step.toLocaleString('en');

/** The claims of Sec. 4.1 and Fig. 4 about errors, decided over seeds; the long seed's by themselves. */
export function fig4Verdicts(measurement: Fig4Measurement, seeds: readonly number[]): Verdict[] {
  const { moments, far, sameBeginning } = measurement;
  const own = claimsAt(measurement, seeds, moments);
  const distant = far === undefined ? [] : claimsAt(measurement, seeds.slice(0, 1), far).slice(0, 6);
  const alike = verdictOverSeeds({
    claim: 'Both trainings begin with the same weights, to the bit, in every seed.',
    place: 'our condition for comparing them',
    gate: true,
    truths: sameBeginning,
    values: [
      {
        name: 'same weights at step 0',
        unit: null,
        perSeed: sameBeginning.map((same) => (same === null ? null : Number(same))),
      },
    ],
    numbers:
      'Checkpoints of step 0, compared; the order of pictures and the noise are functions of the seed.',
  });
  return [...own, ...distant, alike];
}

function claimsAt(
  { curves }: Fig4Measurement,
  seeds: readonly number[],
  { early, late }: Moments,
): Verdict[] {
  const column = (what: Measure, level: HiddenLevel, spectral: boolean, step: number): Column => ({
    name: `${spectral ? 'spectral' : 'classical'}, ${level}, step ${at(step)}`,
    values: seeds.map((seed) => pick(measuredAt(curves, { seed, spectral, step, level }), what)),
  });
  const grows = (what: Measure, level: HiddenLevel): [Column, Column] => [
    column(what, level, false, late),
    column(what, level, false, early),
  ];
  const treated = (what: Measure, level: HiddenLevel): [Column, Column] => [
    column(what, level, true, late),
    column(what, level, false, late),
  ];
  const overScaled = 'divided by the pictures’ gradient energy';
  return [
    compare({
      claim: `With classical training the error of stretching the fine level is larger at step ${at(late)} than at step ${at(early)}, in every seed.`,
      place: 'Sec. 4.1, Fig. 4g',
      columns: grows('error', 'fine'),
      is: 'larger',
    }),
    compare({
      claim: `The same ${overScaled}: larger at step ${at(late)} than at step ${at(early)}, in every seed.`,
      place: 'Sec. 4.1, Fig. 4g; the division is our choice',
      columns: grows('normalisedError', 'fine'),
      is: 'larger',
    }),
    compare({
      claim: smallerErrorClaim(`At step ${at(late)}`, 'fine', 'classical'),
      place: 'Sec. 4.1, Fig. 4c and g',
      columns: treated('error', 'fine'),
      is: 'smaller',
    }),
    compare({
      claim: `At step ${at(late)} the fine-level error ${overScaled} is smaller after spectral training, in every seed.`,
      place: 'Sec. 4.1, Fig. 4c and g; the division is our choice',
      columns: treated('normalisedError', 'fine'),
      is: 'smaller',
    }),
    compare({
      claim: smallerErrorClaim(`At step ${at(late)}`, 'intermediate', 'classical'),
      place: 'Sec. 4.1, Fig. 4c',
      columns: treated('error', 'intermediate'),
      is: 'smaller',
    }),
    compare({
      claim: `At step ${at(late)} the intermediate-level error ${overScaled} is smaller after spectral training, in every seed.`,
      place: 'Sec. 4.1, Fig. 4c; the division is our choice',
      columns: treated('normalisedError', 'intermediate'),
      is: 'smaller',
    }),
    growthVerdict(seeds, column, early, late),
    ...(['intermediate', 'fine'] as const).map((level) =>
      compare({
        claim: localisedClaim(`At step ${at(late)}`, level),
        place: 'Sec. 4.1, Fig. 4e and f; the measure is our choice',
        columns: treated('participationRatio', level),
        is: 'smaller',
      }),
    ),
  ];
}

function growthVerdict(
  seeds: readonly number[],
  column: (what: Measure, level: HiddenLevel, spectral: boolean, step: number) => Column,
  early: number,
  late: number,
): Verdict {
  const growth = (spectral: boolean): Column => {
    const [after, before] = [late, early].map((step) => column('error', 'fine', spectral, step).values);
    const values = seeds.map((_, place) => quotient(after?.[place] ?? null, before?.[place] ?? null));
    return { name: `${spectral ? 'spectral' : 'classical'}, step ${at(late)} ÷ step ${at(early)}`, values };
  };
  return compare({
    claim: `From step ${at(early)} to step ${at(late)} the fine-level error is multiplied by less with spectral training than without, in every seed.`,
    place: 'Sec. 4.1, Fig. 4g (“limiting the increase”)',
    columns: [growth(true), growth(false)],
    is: 'smaller',
  });
}

/** A claim that one number of each seed is larger or smaller than another of the same seed. */
function compare(request: {
  claim: string;
  place: string;
  columns: readonly [Column, Column];
  is: 'larger' | 'smaller';
}): Verdict {
  const { claim, place, columns, is } = request;
  const [first, second] = columns;
  const ratios = first.values.map((value, seed) => quotient(value, second.values[seed] ?? null));
  return verdictOverSeeds({
    claim,
    place,
    gate: false,
    truths: comparisons(first.values, second.values, is),
    values: columns.map(({ name, values }) => ({ name, unit: null, perSeed: values })),
    numbers: `${capital(first.name)}: ${spreadOf(first.values)}; ${second.name}: ${spreadOf(second.values)}; the first is ${spreadOf(ratios)} times the second.`,
  });
}

function pick(level: StretchingLevel | null, what: Measure): number | null {
  return level === null ? null : level[what];
}

function quotient(a: number | null, b: number | null): number | null {
  return a === null || b === null || b === 0 ? null : a / b;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
