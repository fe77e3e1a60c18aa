import { figure } from '../../../contract/figures.ts';
import { fewPairs } from '../../../contract/analysis.ts';
import type { ModelSdr, RunVerdict, SdrLevel, SdrSample, SdrSummary } from '../../../contract/analysis.ts';
import { namesOfSides } from '../../../contract/hyperParameters.ts';
import type { ModelKind } from '../../../contract/hyperParameters.ts';
import { levels } from '../../../contract/levels.ts';
import { widerClaim } from './sharedClaims.ts';
import { comparisons, trueOfAll, verdictOnModel } from './verdictRules.ts';

type Summary = SdrSummary | null;

/** The ratios of one level; null what could not be measured there. */
interface MeasuredLevel {
  level: string;
  own: Summary;
  random: Summary;
  untrained: Summary;
  /** Undefined where there is no network that looks at pictures to measure. */
  encoder: Summary | undefined;
}

/** A claim that one number is larger than another at every level. */
interface LevelClaim {
  claim: string;
  place: string;
  of: 'shareNearOne' | 'iqr';
  larger: (one: MeasuredLevel) => Summary;
  than: (one: MeasuredLevel) => Summary;
  /** What both are called in the values. */
  names: readonly [string, string];
  reference: string;
}

/**
 * The claims about one model's spectra, over all levels that have pairs enough to say something. Those about the encoder
 * are undecidable where it was not measured.
 */
export function spectraVerdicts(
  result: ModelSdr,
  { kind, seed }: { kind: ModelKind; seed: number },
): RunVerdict[] {
  const { decoder, encoder } = namesOfSides(kind);
  const measured = measuredLevels(result);
  const isFew = ({ own }: MeasuredLevel): boolean => own !== null && own.count < fewPairs;
  const few = measured.filter(isFew).map(({ level }) => level);
  const compared = measured.filter((one) => !isFew(one));
  const both = compared.filter((one) => one.encoder !== undefined);
  const place = kind === 'vae' ? 'Sec. 4.2, Fig. 5' : 'Sec. 4.2, suppl. Fig. 5';
  const own = (one: MeasuredLevel): Summary => one.own;
  const encoderOf = (one: MeasuredLevel): Summary => one.encoder ?? null;
  const decide = (over: readonly MeasuredLevel[], claim: LevelClaim): RunVerdict => ({
    ...overLevels(over, few, claim),
    seeds: [seed],
  });
  const { missing } = result.source;
  const withBoth = (verdict: RunVerdict): RunVerdict =>
    missing === null ? verdict : { ...verdict, because: missing, reference: '' };
  return [
    withBoth(
      decide(both, {
        claim: `At every level more of the ${decoder}’s ratios than of the ${encoder}’s lie between 0.75 and 1.25: its filters and maps look more independent.`,
        place,
        of: 'shareNearOne',
        larger: own,
        than: encoderOf,
        names: [decoder, encoder],
        reference: `Random filters on the same maps: ${both.map(({ level, random }) => `${level} ${percent(random)}`).join(', ')}.`,
      }),
    ),
    withBoth(
      decide(both, {
        claim: `${widerClaim('At every level', { decoder, encoder })}.`,
        place,
        of: 'iqr',
        larger: encoderOf,
        than: own,
        names: [encoder, decoder],
        reference: 'Widths are those of the middle half of the pairs.',
      }),
    ),
    decide(compared, {
      claim: `It is the filters, and not the maps alone: at every level more of the ${decoder}’s ratios lie between 0.75 and 1.25 than with random filters on the same maps.`,
      place: 'beyond the paper: a control of ours',
      of: 'shareNearOne',
      larger: own,
      than: ({ random }) => random,
      names: [decoder, `${decoder}, random filters`],
      reference: `Untrained: ${compared.map(({ level, untrained }) => `${level} ${percent(untrained)}`).join(', ')}.`,
    }),
  ];
}

/** The levels that the result has, with both sides. */
function measuredLevels({ levels: measured }: ModelSdr): MeasuredLevel[] {
  const at = (level: string, side: SdrLevel['side']): SdrLevel | undefined =>
    measured.find((one) => one.level === level && one.side === side);
  return levels.flatMap((level) => {
    const [decoder, encoder] = [at(level, 'decoder'), at(level, 'encoder')];
    if (decoder === undefined) return [];
    const [own, random, untrained] = [decoder.own, decoder.random, decoder.untrained].map(summaryOf);
    return [
      {
        ...{ level, own: own ?? null, random: random ?? null, untrained: untrained ?? null },
        encoder: encoder === undefined ? undefined : summaryOf(encoder.own),
      },
    ];
  });
}

function summaryOf(sample: SdrSample): Summary {
  return sample?.summary ?? null;
}

function overLevels(
  compared: readonly MeasuredLevel[],
  few: readonly string[],
  { claim, place, of, larger, than, names, reference }: LevelClaim,
): Omit<RunVerdict, 'seeds'> {
  const write = of === 'iqr' ? width : percent;
  const numbersOf = (read: (one: MeasuredLevel) => Summary): (number | null)[] =>
    compared.map((one) => read(one)?.[of] ?? null);
  const [first, second] = [numbersOf(larger), numbersOf(than)];
  const truths = comparisons(first, second, 'larger');
  const told = compared.map((one) => `${one.level} ${write(larger(one))} against ${write(than(one))}`);
  const yes = truths.filter((truth) => truth === true).length;
  const left = few.length === 0 ? '' : ` Left out for too few pairs: ${few.join(', ')}.`;
  const what = of === 'iqr' ? 'IQR' : 'share near 1';
  const verdict = verdictOnModel({
    ...{ claim, place },
    truth: trueOfAll(truths),
    because:
      compared.length === 0
        ? `No level could be measured.${left}`
        : `${told.join(', ')}: true at ${yes} of ${compared.length} levels.${left}`,
    values: compared.flatMap(({ level }, at) => [
      { name: `${names[0]} ${level}: ${what}`, unit: null, perSeed: [first[at] ?? null] },
      { name: `${names[1]} ${level}: ${what}`, unit: null, perSeed: [second[at] ?? null] },
    ]),
  });
  return { ...verdict, reference: compared.length === 0 ? '' : reference };
}

function percent(summary: Summary): string {
  return summary === null ? 'none' : `${Math.round(summary.shareNearOne * 100)} %`;
}

function width(summary: Summary): string {
  return summary === null ? 'none' : figure(summary.iqr);
}
