import type { Verdict } from '../../../contract/verdicts.ts';
import { hiddenLevels } from '../../../contract/levels.ts';
import type { Level } from '../../../contract/levels.ts';
import type { SideNames } from '../../analysis/analysisCharts.ts';
import { widerClaim } from '../../analysis/verdicts/sharedClaims.ts';
import { spreadOf, trueOfAll, verdictOverSeeds } from '../../analysis/verdicts/verdictRules.ts';
import { iqrOf, medianOf, modeOf, overSeeds, quotients, shareOf } from './measureFig5.ts';
import type { Fig5Measurement, Place } from './measureFig5.ts';

/** A number of each seed, with its name. */
interface Column {
  name: string;
  values: (number | null)[];
}

/** What is asked of the numbers of one seed. */
type Question = (numbers: readonly number[]) => boolean;

export interface Fig5Claims {
  measurement: Fig5Measurement;
  seeds: readonly number[];
  names: SideNames;
  /** Where the paper says it. */
  place: string;
  /** Whether the claims that our trials found safe are held to. */
  gates: boolean;
}

const nearest = { low: 0.75, high: 1.25 };

/** The claims of Sec. 4.2, Fig. 5, decided over seeds, and what stands against reading too much into them. */
export function fig5Verdicts(request: Fig5Claims): Verdict[] {
  const { names, place, gates } = request;
  const { decoder, encoder } = names;
  return [
    decide(request, {
      claim: `At every hidden level the mode of the ${decoder}’s ratios lies between ${nearest.low} and ${nearest.high}, in every seed.`,
      place,
      columns: (level) => [column(request, { side: 'decoder', level, spectral: false, of: 'own' }, 'mode')],
      asks: ([mode]) => within(mode!, nearest.low, nearest.high),
    }),
    decide(request, {
      claim: `At every hidden level the median of the ${decoder}’s ratios lies between 0.85 and 1.35, in every seed.`,
      place: `${place}; the bounds are our choice`,
      gate: gates,
      columns: (level) => [column(request, { side: 'decoder', level, spectral: false, of: 'own' }, 'median')],
      asks: ([median]) => within(median!, 0.85, 1.35),
    }),
    decide(request, {
      claim: `${widerClaim('At every hidden level', names)}, in every seed.`,
      place,
      gate: gates,
      columns: (level) => bothSides(request, level, 'own'),
      asks: wider,
    }),
    decide(request, {
      claim: `At the image level the ${encoder}’s ratios spread wider than the ${decoder}’s, in every seed.`,
      place,
      levels: ['image'],
      columns: (level) => bothSides(request, level, 'own'),
      asks: wider,
    }),
    nearerItsNull(request),
    decide(request, {
      claim: `Already before training the ${encoder}’s ratios spread wider than the ${decoder}’s at every hidden level, in every seed.`,
      place: 'beyond the paper: what the network has by its build',
      columns: (level) => bothSides(request, level, 'untrained'),
      asks: wider,
    }),
    decide(request, {
      claim: `At every hidden level the ${decoder}’s ratios spread wider after training than before, in every seed.`,
      place: 'beyond the paper: the drift that Sec. 3 predicts',
      columns: (level) =>
        (['own', 'untrained'] as const).map((of) =>
          column(request, { side: 'decoder', level, spectral: false, of }, 'IQR'),
        ),
      asks: wider,
    }),
    decide(request, {
      claim: `At every hidden level the ${decoder}’s kernels are nearer to a median of 1 with their own maps than with others of the layer, in every seed.`,
      place: 'beyond the paper: whether independence is of the pair',
      columns: (level) =>
        (['own', 'crossed'] as const).map((of) =>
          column(request, { side: 'decoder', level, spectral: false, of }, 'median'),
        ),
      asks: ([own, crossed]) => Math.abs(own! - 1) < Math.abs(crossed! - 1),
    }),
  ];
}

/** What spectral training is held to: it sets the ratio of the levels that it works on. */
export function spectralVerdict(request: Fig5Claims): Verdict {
  return decide(request, {
    claim: `After spectral training the ${request.names.decoder}’s median is within 0.05 of 1 and 95 % of the ratios lie between ${nearest.low} and ${nearest.high}, at the intermediate and fine level, in every seed.`,
    place: 'Sec. 3.4, eq. (13); the bounds are our choice',
    gate: request.gates,
    levels: ['intermediate', 'fine'],
    columns: (level) =>
      (['median', 'share near 1'] as const).map((what) =>
        column(request, { side: 'decoder', level, spectral: true, of: 'own' }, what),
      ),
    asks: ([median, share]) => Math.abs(median! - 1) <= 0.05 && share! >= 0.95,
  });
}

const wider: Question = ([first, second]) => first! > second!;

function within(value: number, low: number, high: number): boolean {
  return value >= low && value <= high;
}

const numbers = { mode: modeOf, median: medianOf, IQR: iqrOf, 'share near 1': shareOf } as const;

function column({ measurement, seeds, names }: Fig5Claims, place: Place, what: keyof typeof numbers): Column {
  const kinds = {
    own: '',
    random: ' of random filters',
    crossed: ' of crossed pairs',
    untrained: ' untrained',
  };
  return {
    name: `${names[place.side]} ${place.level}: ${what}${kinds[place.of]}`,
    values: overSeeds(measurement, seeds, place, numbers[what]),
  };
}

/** IQR of the encoder, then of the decoder. */
function bothSides(request: Fig5Claims, level: Level, of: Place['of']): Column[] {
  return (['encoder', 'decoder'] as const).map((side) =>
    column(request, { side, level, spectral: false, of }, 'IQR'),
  );
}

function nearerItsNull(request: Fig5Claims): Verdict {
  const { names } = request;
  return decide(request, {
    claim: `At every hidden level the ${names.decoder}’s spread is nearer to that of random filters on the same maps than the ${names.encoder}’s is (IQR ÷ IQR of random filters), in every seed.`,
    place: 'beyond the paper: a comparison that the colour of the maps cannot carry',
    columns: (level) =>
      (['encoder', 'decoder'] as const).map((side) => {
        const [own, random] = (['own', 'random'] as const).map((of) =>
          column(request, { side, level, spectral: false, of }, 'IQR'),
        );
        return {
          name: `${names[side]} ${level}: IQR ÷ random IQR`,
          values: quotients(own!.values, random!.values),
        };
      }),
    asks: wider,
  });
}

/** A claim about each of some levels, true of a seed where it is true of every level. */
function decide(
  { seeds }: Fig5Claims,
  claim: {
    claim: string;
    place: string;
    gate?: boolean;
    levels?: readonly Level[];
    columns: (level: Level) => Column[];
    asks: Question;
  },
): Verdict {
  const byLevel = (claim.levels ?? hiddenLevels).map((level) => ({ level, columns: claim.columns(level) }));
  const truths = seeds.map((_, seed) =>
    trueOfAll(
      byLevel.map(({ columns }) => {
        const known = columns.map(({ values }) => values[seed] ?? null).filter((value) => value !== null);
        return known.length < columns.length ? null : claim.asks(known);
      }),
    ),
  );
  const told = byLevel.map(({ columns }) =>
    columns.map(({ name, values }) => `${name} ${spreadOf(values)}`).join(', '),
  );
  return verdictOverSeeds({
    claim: claim.claim,
    place: claim.place,
    gate: claim.gate ?? false,
    truths,
    values: byLevel.flatMap(({ columns }) =>
      columns.map(({ name, values }) => ({ name, unit: null, perSeed: values })),
    ),
    numbers: `${told.join('; ')}.`,
  });
}
