import type { Verdict } from '../../../contract/verdicts.ts';
import { decide, read, times } from './decideFig1.ts';
import { groups } from './drawFig1.ts';
import { measuredMaps } from './measureFig1.ts';
import type { MeasuredFluoHair } from './measureFig1.ts';
import { portraitVerdicts } from './portraitClaims.ts';

/**
 * The claims of Fig. 1, and what stands against them, decided over seeds. Those that need to know where the hair is are not
 * measured where nobody knows, and the module's own region, of which they say nothing, has a claim of its own.
 */
export function fig1Verdicts(measured: readonly MeasuredFluoHair[]): Verdict[] {
  const isMarked = measured.some(({ marked }) => marked !== undefined);
  const isDrawn = measured.some(({ marked }) => marked?.source === 'truth');
  const own = isMarked ? [] : measuredMaps.map(({ name }) => againstOwnRegion(measured, name));
  const ofHair = [
    ...measuredMaps.map(({ name }) => againstRest(measured, name)),
    ...againstRandom(measured),
    ...shapes(measured),
  ];
  const onPortraits = portraitVerdicts(measured);
  return [
    ...own,
    ...(isMarked ? ofHair : ofHair.map(notMeasured)),
    sameMaps(measured),
    ...(isDrawn ? [againstTones(measured)] : isMarked ? onPortraits : onPortraits.map(notMeasured)),
  ];
}

/** What is not known is said to be so, and is neither held nor refuted. */
function notMeasured(verdict: Verdict): Verdict {
  const because = 'Not measured: nothing says where the hair is on these photographs.';
  return { ...verdict, outcome: 'undecidable', because };
}

function measurementOf({ marked }: MeasuredFluoHair, map: string) {
  return marked?.fluoHair.measurements.find(({ name }) => name === map)?.measured;
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

function againstRandom(measured: readonly MeasuredFluoHair[]): Verdict[] {
  const random = (each: MeasuredFluoHair) => each.marked?.fluoHair.random;
  return [
    decide(
      {
        claim:
          'The module’s ratio of hair to rest is at least twice the median of random sets of as many channels, in every seed.',
        place: 'beyond the paper: whether the module’s channels matter',
      },
      [
        read(measured, 'module', ({ marked }) => marked?.fluoHair.moduleOnSameFaces),
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
        read(measured, 'module', ({ marked }) => marked?.fluoHair.moduleOnSameFaces),
        read(measured, '90 % of random sets lie below', (each) => random(each)?.ninetieth),
      ],
      ([module, ninetieth]) => module! > ninetieth!,
    ),
  ];
}

function sameMaps(measured: readonly MeasuredFluoHair[]): Verdict {
  return decide(
    {
      claim: 'The maps of the fine level are the same to the bit before and after, in every seed.',
      place: 'Sec. 1: the layers above the last kernel are untouched',
      gate: true,
    },
    [read(measured, 'same to the bit', ({ fineMapsIdentical }) => Number(fineMapsIdentical))],
    ([same]) => same === 1,
  );
}

function againstTones(measured: readonly MeasuredFluoHair[]): Verdict {
  const negate = measuredMaps[0]!.name;
  return decide(
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
  );
}

/** “While the shape of the hair cut remains the same” (Sec. 1). */
function shapes(measured: readonly MeasuredFluoHair[]): Verdict[] {
  return measuredMaps.map(({ name: map }) => {
    const edges = ({ marked }: MeasuredFluoHair) => marked?.edges.find((each) => each.map === map);
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
