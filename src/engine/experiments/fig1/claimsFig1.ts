import type { Verdict } from '../../../contract/verdicts.ts';
import { spreadOf, verdictOverSeeds } from '../../analysis/verdicts/verdictRules.ts';
import { groups } from './drawFig1.ts';
import { measuredMaps } from './measureFig1.ts';
import type { MeasuredFluoHair } from './measureFig1.ts';

interface Column {
  name: string;
  values: (number | null)[];
}

const times = (a: number | null | undefined, b: number): number | null =>
  a === null || a === undefined || b === 0 ? null : a / b;

/** The claims of Fig. 1, and what stands against them, decided over seeds. */
export function fig1Verdicts(measured: readonly MeasuredFluoHair[]): Verdict[] {
  const withTruth = measured.some(({ truth }) => truth !== undefined);
  return withTruth
    ? [...measuredMaps.map(({ name }) => againstRest(measured, name)), ...againstTruth(measured)]
    : [...measuredMaps.map(({ name }) => againstOwnRegion(measured, name)), ...shapes(measured)];
}

function read(
  measured: readonly MeasuredFluoHair[],
  name: string,
  value: (each: MeasuredFluoHair) => number | null | undefined,
): Column {
  return { name, values: measured.map((each) => value(each) ?? null) };
}

function decide(
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

function measurementOf({ truth }: MeasuredFluoHair, map: string) {
  return truth?.fluoHair.measurements.find(({ name }) => name === map)?.measured;
}

function againstRest(measured: readonly MeasuredFluoHair[], map: string): Verdict {
  return decide(
    {
      claim: `With ${map} the hair changes at least 3 times as much as the rest of the picture, in every seed.`,
      place: 'Sec. 1, Fig. 1; the bound is our choice',
    },
    [read(measured, 'hair ÷ rest', (each) => measurementOf(each, map)?.ratioOutside)],
    ([ratio]) => ratio! >= 3,
  );
}

function againstOwnRegion(measured: readonly MeasuredFluoHair[], map: string): Verdict {
  const ofMap = ({ region }: MeasuredFluoHair) => region.find((each) => each.map === map);
  return decide(
    {
      claim: `With ${map} the module’s own region changes at least 3 times as much as the rest of the picture, in every seed.`,
      place: 'Sec. 1, Fig. 1; region and bound are our choice',
    },
    [read(measured, 'region ÷ rest', (each) => times(ofMap(each)?.inside, ofMap(each)?.outside ?? 0))],
    ([ratio]) => ratio! >= 3,
  );
}

function againstTruth(measured: readonly MeasuredFluoHair[]): Verdict[] {
  const negate = measuredMaps[0]!.name;
  const random = (each: MeasuredFluoHair) => each.truth?.fluoHair.random;
  return [
    decide(
      {
        claim:
          'The module’s ratio of hair to rest is at least twice the median of random sets of as many channels, in every seed.',
        place: 'beyond the paper: whether the module’s channels matter',
      },
      [
        read(measured, 'module', ({ truth }) => truth?.fluoHair.moduleOnSameFaces),
        read(measured, 'median of random sets', (each) => random(each)?.median),
        read(measured, '90 % of random sets lie below', (each) => random(each)?.ninetieth),
      ],
      ([module, middle]) => module! >= 2 * middle!,
    ),
    decide(
      {
        claim: 'The module’s ratio of hair to rest lies above that of 90 % of random sets, in every seed.',
        place: 'beyond the paper: a random set may hold a hair channel by luck',
      },
      [
        read(measured, 'module', ({ truth }) => truth?.fluoHair.moduleOnSameFaces),
        read(measured, '90 % of random sets lie below', (each) => random(each)?.ninetieth),
      ],
      ([module, ninetieth]) => module! > ninetieth!,
    ),
    ...shapes(measured),
    decide(
      {
        claim: 'The maps of the fine level are the same to the bit before and after, in every seed.',
        place: 'Sec. 1: the layers above the last kernel are untouched',
        gate: true,
      },
      [
        read(measured, 'same to the bit', ({ truth }) =>
          truth === undefined ? null : Number(truth.fluoHair.fineMapsIdentical),
        ),
      ],
      ([same]) => same === 1,
    ),
    decide(
      {
        claim: `With ${negate} the hair changes at least twice as much as the face in each of the four groups of hair and skin tone, in every seed.`,
        place: 'beyond the paper: hair, or tone?',
      },
      groups.map(({ hair, skin }) =>
        read(
          measured,
          `${hair} hair, ${skin} skin`,
          (each) =>
            measurementOf(each, negate)?.groups.find((group) => group.hair === hair && group.skin === skin)
              ?.ratioFace,
        ),
      ),
      (ratios) => ratios.every((ratio) => ratio >= 2),
    ),
  ];
}

/** “While the shape of the hair cut remains the same” (Sec. 1). */
function shapes(measured: readonly MeasuredFluoHair[]): Verdict[] {
  return measuredMaps.map(({ name: map }) => {
    const edges = ({ truth, region }: MeasuredFluoHair) =>
      (truth?.edges ?? region).find((each) => each.map === map);
    return decide(
      {
        claim: `With ${map} the edges in the hair keep their places: their strengths before and after correlate by at least 0.7 within hair and 0.9 outside, in every seed.`,
        place: 'Sec. 1: “the shape of the hair cut remains the same”; measure and bounds are our choice',
      },
      [
        read(measured, 'within', (each) => edges(each)?.edgesInside),
        read(measured, 'outside', (each) => edges(each)?.edgesOutside),
      ],
      ([inside, outside]) => inside! >= 0.7 && outside! >= 0.9,
    );
  });
}
