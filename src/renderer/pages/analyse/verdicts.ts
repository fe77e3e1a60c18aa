import type { ModelSdr, SdrSummary } from '../../../contract/analysis.ts';
import type { ModelKind } from '../../../contract/hyperParameters.ts';
import { levels } from '../../../contract/levels.ts';
import { count, figure } from '../../words.ts';
import { leastOf, spread } from './courses.ts';
import type { GroupCourse, RunCourse } from './courses.ts';
import { fewPairs, sideNames, sideOf } from './sdrFacts.ts';

export interface Verdict {
  claim: string;
  /** Where the paper says it. */
  place: string;
  outcome: 'holds' | 'fails' | 'open';
  /** The numbers that decide. */
  because: string;
  /** What they are to be held against. */
  reference: string;
}

/** One run differs from the next by more than most treatments do: fewer seeds than this decide nothing (our trials). */
export const leastSeeds = 3;

/** One level's ratios. */
interface Compared {
  level: string;
  own: SdrSummary;
  random: SdrSummary | undefined;
  untrained: SdrSummary | undefined;
}

/** The claims about one model's spectra, level by level; those about the encoder are open where it was not measured. */
export function sdrVerdicts(result: ModelSdr): Verdict[] {
  const names = sideNames(result);
  const measured = levels.flatMap((level) => {
    const decoder = sideOf(result, level, 'decoder');
    if (!decoder?.own) return [];
    const { own, random, untrained } = decoder;
    return [{ level, own: own.summary, random: random?.summary, untrained: untrained?.summary }];
  });
  const few = measured.filter(({ own }) => own.count < fewPairs).map(({ level }) => level);
  const compared = measured.filter(({ own }) => own.count >= fewPairs);
  const both = compared.flatMap((one) => {
    const encoder = sideOf(result, one.level, 'encoder')?.own?.summary;
    return encoder === undefined ? [] : [{ ...one, encoder }];
  });
  const left = few.length === 0 ? '' : ` Left out for too few pairs: ${few.join(', ')}.`;
  const { missing } = result.source;
  const withBoth = (verdict: Verdict): Verdict =>
    missing === null ? verdict : { ...verdict, because: missing, reference: '' };
  const place = names.decoder === 'decoder' ? 'Section 4.2, Fig. 5' : 'Section 4.2, suppl. Fig. 5';
  return [
    withBoth(
      overLevels(both, left, {
        claim: `Filters and maps of the ${names.decoder} look more independent than the ${names.encoder}’s: more pairs lie near 1, at every level.`,
        place,
        isTrue: ({ own, encoder }) => own.shareNearOne > encoder.shareNearOne,
        words: ({ own, encoder }) => `${share(own)} against ${share(encoder)}`,
        reference: `Random filters on the same maps: ${both.map(({ level, random }) => `${level} ${share(random)}`).join(', ')}.`,
      }),
    ),
    withBoth(
      overLevels(both, left, {
        claim: `The ${names.encoder}’s ratios are broader than the ${names.decoder}’s, at every level.`,
        place,
        isTrue: ({ own, encoder }) => encoder.iqr > own.iqr,
        words: ({ own, encoder }) => `${figure(encoder.iqr)} against ${figure(own.iqr)}`,
        reference: 'Widths are those of the middle half of the pairs.',
      }),
    ),
    overLevels(compared, left, {
      claim: `It is the filters, and not the maps alone: the ${names.decoder}’s pairs lie nearer to 1 than random filters on the same maps.`,
      place: 'A control of ours; the paper has none',
      isTrue: ({ own, random }) =>
        random === undefined ? undefined : own.shareNearOne > random.shareNearOne,
      words: ({ own, random }) => `${share(own)} against ${share(random)}`,
      reference: `Untrained: ${compared.map(({ level, untrained }) => `${level} ${share(untrained)}`).join(', ')}.`,
    }),
  ];
}

function share(summary: SdrSummary | undefined): string {
  return summary === undefined ? 'none' : `${Math.round(summary.shareNearOne * 100)} %`;
}

interface OverLevels<T> {
  claim: string;
  place: string;
  isTrue: (one: T) => boolean | undefined;
  words: (one: T) => string;
  reference: string;
}

function overLevels<T extends Compared>(
  compared: readonly T[],
  left: string,
  { claim, place, isTrue, words, reference }: OverLevels<T>,
): Verdict {
  const truths = compared.map(isTrue);
  const yes = truths.filter((truth) => truth === true).length;
  const isOpen = compared.length === 0 || truths.includes(undefined);
  return {
    ...{ claim, place, reference },
    outcome: isOpen ? 'open' : yes === compared.length ? 'holds' : 'fails',
    because: `${compared.map((one) => `${one.level} ${words(one)}`).join(', ')}: true at ${yes} of ${compared.length} levels.${left}`,
  };
}

interface OverSeeds {
  claim: string;
  place: string;
  /** Of each seed; an empty list where nothing can be compared. */
  truths: readonly boolean[];
  because: string;
  reference: string;
  /** What is missing where no seed can be compared. */
  missing: string;
}

function overSeeds({ claim, place, truths, because, reference, missing }: OverSeeds): Verdict {
  const yes = truths.filter(Boolean).length;
  const all = truths.length;
  const counted = `True of ${yes} of ${all} seed${all === 1 ? '' : 's'}`;
  if (all === 0) return { claim, place, outcome: 'open', because: missing, reference };
  if (all < leastSeeds) {
    return {
      claim,
      place,
      outcome: 'open',
      because: `${because} ${counted}; fewer than ${leastSeeds} decide nothing.`,
      reference,
    };
  }
  if (yes > 0 && yes < all)
    return {
      claim,
      place,
      outcome: 'open',
      because: `${because} ${counted}: the seeds disagree.`,
      reference,
    };
  return {
    claim,
    place,
    outcome: yes === all ? 'holds' : 'fails',
    because: `${because} ${counted}.`,
    reference,
  };
}

export interface SeedCourses {
  /** Stretching errors at the fine level, and over what part of the picture they spread there. */
  error: readonly GroupCourse[];
  participation: readonly GroupCourse[];
  /** Held-out reconstruction. */
  reconstruction: readonly GroupCourse[];
}

/** The claims about training, over the seeds of plain and spectral runs that are compared. */
export function trainingVerdicts(
  { error, participation, reconstruction }: SeedCourses,
  kind: ModelKind = 'vae',
): Verdict[] {
  const plain = error.find(({ isSpectral }) => !isSpectral)?.runs ?? [];
  const rebuilt = reconstruction.find(({ isSpectral }) => !isSpectral)?.runs ?? [];
  const turned = plain.flatMap(({ run, points }) =>
    turnOf(points, rebuilt.find((one) => one.run === run)?.points ?? []),
  );
  const errors = pairsOfSeeds(error);
  const spreads = pairsOfSeeds(participation);
  const missing =
    'No plain and spectral run of the same seed and settings are compared. Tick them under Compare.';
  return [
    overSeeds({
      claim:
        'Plain training overshoots: the stretching error at fine grows late while reconstruction still improves.',
      place: 'Section 4.1, Fig. 4g',
      truths: turned.map(({ ratio, isImproving }) => ratio > 1 && isImproving),
      because:
        turned.length === 0 ? '' : `Last error over least: ${spread(turned.map(({ ratio }) => ratio))}.`,
      reference:
        turned.length === 0
          ? ''
          : `Trained to ${count(turned[0]!.step)} steps; the paper compares 10,000 with 50,000.`,
      missing:
        kind === 'dcgan'
          ? 'A DCGAN has no encoder, so it reconstructs nothing.'
          : 'No plain run with two checkpoints is compared.',
    }),
    overSeeds({
      claim: 'Spectral training keeps the stretching error at fine lower than plain training.',
      place: 'Section 4.2, Fig. 4g',
      truths: errors.map(({ plain: a, spectral: b }) => b < a),
      because:
        errors.length === 0
          ? ''
          : `Spectral ${spread(errors.map(({ spectral }) => spectral))}, plain ${spread(errors.map((one) => one.plain))}.`,
      reference:
        errors.length === 0
          ? ''
          : `At ${[...new Set(errors.map(({ step }) => count(step)))].join(', ')} steps, the last that both have.`,
      missing,
    }),
    overSeeds({
      claim: 'With spectral training the differences at fine are better localised.',
      place: 'Section 4.1, Fig. 4e–f',
      truths: spreads.map(({ plain: a, spectral: b }) => b < a),
      because:
        spreads.length === 0
          ? ''
          : `Share of the picture they spread over: spectral ${spread(spreads.map(({ spectral }) => spectral))}, plain ${spread(spreads.map((one) => one.plain))}.`,
      reference: spreads.length === 0 ? '' : '1 would be the whole picture evenly.',
      missing,
    }),
  ];
}

function turnOf(
  error: readonly { x: number; y: number }[],
  rebuilt: readonly { x: number; y: number }[],
): { ratio: number; isImproving: boolean; step: number }[] {
  const [last, least] = [error.at(-1), leastOf(error)];
  if (last === undefined || least === undefined || error.length < 2) return [];
  const [then, now] = [least, last].map(({ x }) => rebuilt.find((point) => point.x === x)?.y);
  if (then === undefined || now === undefined) return [];
  return [{ ratio: last.y / least.y, isImproving: now < then, step: last.x }];
}

/** Plain and spectral runs of the same seed, at the last checkpoint that both have. */
function pairsOfSeeds(courses: readonly GroupCourse[]): { plain: number; spectral: number; step: number }[] {
  const runsOf = (isSpectral: boolean): readonly RunCourse[] =>
    courses.find((one) => one.isSpectral === isSpectral)?.runs ?? [];
  return runsOf(false).flatMap((plain) => {
    const spectral = runsOf(true).find(({ seed }) => seed === plain.seed);
    const shared = plain.points.filter(({ x }) => spectral?.points.some((point) => point.x === x));
    const last = shared.at(-1);
    const other = spectral?.points.find(({ x }) => x === last?.x);
    return last === undefined || other === undefined
      ? []
      : [{ plain: last.y, spectral: other.y, step: last.x }];
  });
}
