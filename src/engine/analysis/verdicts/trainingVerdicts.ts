import type { RunVerdict } from '../../../contract/analysis.ts';
import type { ModelKind } from '../../../contract/hyperParameters.ts';
import { localisedClaim, smallerErrorClaim } from './sharedClaims.ts';
import { comparisons, spreadOf, verdictOverSeeds } from './verdictRules.ts';
import type { SeedClaim } from './verdictRules.ts';

/** A number of one run over its checkpoints, in their order. */
export interface RunCourse {
  seed: number;
  isSpectral: boolean;
  points: readonly CoursePoint[];
}

interface CoursePoint {
  step: number;
  value: number;
}

/** The courses of the runs that are compared, each seed at most once a training; see `comparedRuns`. */
export interface SeedCourses {
  /** Stretching errors at the fine level, and over what part of the picture they spread there. */
  error: readonly RunCourse[];
  participation: readonly RunCourse[];
  /** Held-out reconstruction. */
  reconstruction: readonly RunCourse[];
}

const inWords = (step: number): string => step.toLocaleString('en');
const lastOfBoth = 'At the last step that both trainings have';

/** The claims about training, over the seeds of plain and spectral runs that are compared. */
export function trainingVerdicts(courses: SeedCourses, kind: ModelKind): RunVerdict[] {
  return [
    overshootVerdict(courses, kind),
    comparedVerdict(courses.error, {
      claim: smallerErrorClaim(lastOfBoth, 'fine', 'plain'),
      place: 'Sec. 4.1, Fig. 4g',
      what: 'fine-level error',
      words: 'Spectral',
      reference: (steps) => `At ${steps.map(inWords).join(', ')} steps, the last that both have.`,
    }),
    comparedVerdict(courses.participation, {
      claim: localisedClaim(lastOfBoth, 'fine'),
      place: 'Sec. 4.1, Fig. 4e and f; the measure is our choice',
      what: 'participation ratio at fine',
      words: 'Share of the picture they spread over: spectral',
      reference: () => '1 would be the whole picture evenly.',
    }),
  ];
}

/**
 * Growth from the least error, wherever it lies, unlike the growth between two steps fixed beforehand that Figure 4's
 * experiment decides: runs that a person chose have no such steps. The least is found in the same numbers, so that noise
 * alone makes the last larger; that reconstruction still improves there guards against reading a bad end as overshooting.
 */
function overshootVerdict({ error, reconstruction }: SeedCourses, kind: ModelKind): RunVerdict {
  const plain = error.filter(({ isSpectral }) => !isSpectral);
  const rebuilt = reconstruction.filter(({ isSpectral }) => !isSpectral);
  const turns = plain.map(({ seed, points }) =>
    turnOf(points, rebuilt.find((one) => one.seed === seed)?.points ?? []),
  );
  const ratios = turns.map((turn) => turn?.ratio ?? null);
  const lastSteps = [...new Set(turns.flatMap((turn) => (turn === null ? [] : [turn.step])))];
  return decided({
    claim:
      'Plain training overshoots: the fine-level error is larger at the last checkpoint than at its least, while reconstruction still improves, in every seed.',
    place: 'Sec. 4.1, Fig. 4g',
    seeds: plain.map(({ seed }) => seed),
    truths: turns.map((turn) => (turn === null ? null : turn.ratio > 1 && turn.isImproving)),
    values: [{ name: 'fine-level error, last ÷ least', unit: null, perSeed: ratios }],
    numbers: `Last error over least: ${spreadOf(ratios)}.`,
    reference: `Trained to ${lastSteps.map(inWords).join(', ')} steps; the paper compares 10,000 with 50,000.`,
    missing:
      kind === 'dcgan'
        ? 'A DCGAN has no encoder, so it reconstructs nothing.'
        : 'No plain run is compared that has two checkpoints and its reconstruction measured at them.',
  });
}

interface Compared {
  claim: string;
  place: string;
  what: string;
  /** Put before the numbers. */
  words: string;
  reference: (steps: readonly number[]) => string;
}

/** A claim that a number is smaller with spectral training than without, at the last checkpoint that a seed's runs share. */
function comparedVerdict(
  courses: readonly RunCourse[],
  { claim, place, what, words, reference }: Compared,
): RunVerdict {
  const pairs = pairsOfSeeds(courses);
  const [plain, spectral] = [pairs.map((pair) => pair.plain), pairs.map((pair) => pair.spectral)];
  return decided({
    ...{ claim, place },
    seeds: pairs.map(({ seed }) => seed),
    truths: comparisons(spectral, plain, 'smaller'),
    values: [
      { name: `spectral, ${what}`, unit: null, perSeed: spectral },
      { name: `plain, ${what}`, unit: null, perSeed: plain },
    ],
    numbers: `${words} ${spreadOf(spectral)}, plain ${spreadOf(plain)}.`,
    reference: reference([...new Set(pairs.flatMap(({ step }) => (step === null ? [] : [step])))]),
    missing: 'No plain and spectral run of the same seed and settings are compared. Tick them under Compare.',
  });
}

/** The verdict over seeds; where nothing could be compared `missing` says why, and there is nothing to hold it against. */
function decided({
  seeds,
  reference,
  missing,
  ...claim
}: Omit<SeedClaim, 'gate'> & { seeds: number[]; reference: string; missing: string }): RunVerdict {
  const verdict = verdictOverSeeds({ ...claim, gate: false });
  return claim.truths.some((truth) => truth !== null)
    ? { ...verdict, seeds, reference }
    : { ...verdict, seeds, because: missing, reference: '' };
}

interface Turn {
  /** The last error over the least. */
  ratio: number;
  /** Whether the reconstruction is better at the last checkpoint than at that of the least error. */
  isImproving: boolean;
  step: number;
}

/** Null with fewer than two checkpoints, or where the reconstruction of one of the two was not measured. */
function turnOf(error: readonly CoursePoint[], rebuilt: readonly CoursePoint[]): Turn | null {
  const last = error.at(-1);
  if (last === undefined || error.length < 2) return null;
  const least = error.reduce((best, point) => (point.value < best.value ? point : best));
  const [then, now] = [least, last].map(({ step }) => rebuilt.find((point) => point.step === step)?.value);
  if (then === undefined || now === undefined) return null;
  return { ratio: last.value / least.value, isImproving: now < then, step: last.step };
}

interface SeedPair {
  seed: number;
  plain: number | null;
  spectral: number | null;
  step: number | null;
}

/** Plain and spectral runs of the same seed, at the last checkpoint that both have; null where they share none. */
function pairsOfSeeds(courses: readonly RunCourse[]): SeedPair[] {
  return courses.flatMap(({ seed, isSpectral, points }): SeedPair[] => {
    const spectral = courses.find((one) => one.isSpectral && one.seed === seed);
    if (isSpectral || spectral === undefined) return [];
    const valueAt = (step: number): number | undefined =>
      spectral.points.find((point) => point.step === step)?.value;
    const last = points.filter(({ step }) => valueAt(step) !== undefined).at(-1);
    if (last === undefined) return [{ seed, plain: null, spectral: null, step: null }];
    return [{ seed, plain: last.value, spectral: valueAt(last.step) ?? null, step: last.step }];
  });
}
