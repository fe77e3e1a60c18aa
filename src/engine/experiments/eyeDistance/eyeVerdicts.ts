import { figure } from '../../../contract/figures.ts';
import type { ExperimentScale } from '../../../contract/experiments.ts';
import type { Verdict } from '../../../contract/verdicts.ts';
import type { HiddenLevel } from '../../../contract/levels.ts';
import { bootstrapInterval } from '../../math/bootstrap.ts';
import type { Interval } from '../../math/bootstrap.ts';
import type { EyeMeasurement } from '../../interventions/measureEyes.ts';
import { median } from '../../math/statistics.ts';
import { spreadOf, verdictOverSeeds } from '../../analysis/verdicts/verdictRules.ts';
import type { DetectorError } from './detectorError.ts';
import { claimFactor, claimPlace } from './measureRun.ts';
import type { RunEyes } from './measureRun.ts';

/** Fewer faces than this give no median that means anything. */
export const leastFaces = 20;
/** An eye "keeps its width" up to this ratio: a tenth is what the eye of a reader would not see. */
const keptWidth = 1.1;
/** The range that our trials found safe for the distance at a stretch by 1.5. */
const distanceRange = [1.42, 1.58] as const;
/** Errors of the measurement up to which the claims can be decided by it: half of the distance range's half width. */
const mostDistanceError = 0.04;
const mostSizeError = 0.1;

export interface RunFacts {
  seed: number;
  spectral: boolean;
  /** Median of distance after / before at the intermediate level, and on how many faces. */
  distance: Record<HiddenLevel, number | null>;
  width: Record<HiddenLevel, number | null>;
  /** Of the same eyes: width at the level / width in the stretched picture, its median and where that lies in 95 of 100 draws of faces. */
  relative: Record<HiddenLevel, { median: number; interval: Interval; eyes: number } | null>;
}

/** What the claims are decided by, of one run at the claims' factor. */
export function factsOf(run: RunEyes): RunFacts {
  const at = (level: HiddenLevel) => run.eyes[level][claimPlace]!;
  const each = <T>(work: (level: HiddenLevel) => T): Record<HiddenLevel, T> => ({
    coarse: work('coarse'),
    intermediate: work('intermediate'),
    fine: work('fine'),
  });
  return {
    seed: run.seed,
    spectral: run.spectral,
    distance: each((level) => enough(at(level).distance)),
    width: each((level) => enoughWidth(at(level))),
    relative: each((level) => relativeWidth(run, level)),
  };
}

function enough(spread: { median: number; count: number } | null): number | null {
  return spread === null || spread.count < leastFaces ? null : spread.median;
}

/** Two eyes of a face are not two witnesses: faces are counted. */
function enoughWidth({ width, widths, faces }: EyeMeasurement): number | null {
  let found = 0;
  for (let face = 0; face < faces; face++) {
    if ((widths[2 * face] ?? widths[2 * face + 1] ?? null) !== null) found++;
  }
  return width === null || found < leastFaces ? null : width.median;
}

/** Eyes that were measured at the level and in the stretched picture, kept together by face. */
function relativeWidth(run: RunEyes, level: HiddenLevel): RunFacts['relative'][HiddenLevel] {
  const own = run.eyes[level][claimPlace]!.widths;
  const picture = run.eyes.image[claimPlace]!.widths;
  const faces: number[][] = [];
  for (let face = 0; face < own.length / 2; face++) {
    const ratios = [2 * face, 2 * face + 1].flatMap((eye) => {
      const [a, b] = [own[eye] ?? null, picture[eye] ?? null];
      return a === null || b === null ? [] : [a / b];
    });
    if (ratios.length > 0) faces.push(ratios);
  }
  const eyes = faces.flat();
  if (faces.length < leastFaces) return null;
  return {
    median: median(eyes),
    interval: bootstrapInterval(faces, median, { seed: run.seed }),
    eyes: eyes.length,
  };
}

/** Claims of the paper's Sec. 4.1 about eyes, decided on plain runs, and one about spectral training. */
export function eyeVerdicts(
  runs: readonly RunEyes[],
  seeds: readonly number[],
  detector: DetectorError,
  scale: ExperimentScale,
): Verdict[] {
  const facts = runs.map(factsOf);
  const plain = seeds.map((seed) => facts.find((fact) => fact.seed === seed && !fact.spectral));
  const spectral = seeds.map((seed) => facts.find((fact) => fact.seed === seed && fact.spectral));
  return [
    detectorVerdict(detector),
    distanceVerdict(plain, scale),
    narrowerVerdict(plain, 'intermediate', 'paper, Sec. 4.1 and Fig. 4'),
    narrowerVerdict(plain, 'coarse', 'paper, Sec. 4.1, if its “intermediate” is our coarse level'),
    keptVerdict(plain),
    ...(spectral.some((fact) => fact !== undefined) ? [spectralVerdict(plain, spectral)] : []),
  ];
}

type BySeed = readonly (RunFacts | undefined)[];

function numbers(name: string, perSeed: (number | null)[]): Verdict['values'][number] {
  return { name, unit: 'after ÷ before', perSeed };
}

function distanceVerdict(plain: BySeed, scale: string): Verdict {
  const [low, high] = distanceRange;
  const values = plain.map((fact) => fact?.distance.intermediate ?? null);
  return verdictOverSeeds({
    claim: `Stretching the maps of the intermediate level by ${claimFactor} moves the eyes apart by ${low} to ${high} times (median over faces), in every seed.`,
    place: 'paper, Sec. 4.1: the distance between the eyes is stretched; the bounds are of our trials',
    gate: scale !== 'quick',
    values: [numbers('eye distance, intermediate', values)],
    truths: values.map((value) => (value === null ? null : value >= low && value <= high)),
    numbers: `Measured, mean and range over seeds of the medians: ${spreadOf(values)}.`,
  });
}

function narrowerVerdict(plain: BySeed, level: HiddenLevel, place: string): Verdict {
  const relative = plain.map((fact) => fact?.relative[level] ?? null);
  const widths = plain.map((fact) => fact?.width[level] ?? null);
  const told = relative.map((entry) =>
    entry === null
      ? 'not measured'
      : `${figure(entry.median)} (${figure(entry.interval.low)} to ${figure(entry.interval.high)})`,
  );
  return verdictOverSeeds({
    claim: `Stretched at the ${level} level by ${claimFactor}, eyes become less wide than when the picture is stretched, in every seed; a seed counts where 95 of 100 draws of its faces agree.`,
    place,
    gate: false,
    values: [
      numbers(
        `width at the ${level} level ÷ width in the stretched picture, same eyes`,
        relative.map((entry) => entry?.median ?? null),
      ),
      numbers(`eye width, ${level}`, widths),
    ],
    truths: relative.map((entry) =>
      entry === null ? null : entry.interval.high < 1 ? true : entry.interval.low >= 1 ? false : null,
    ),
    numbers: `Width after ÷ before at the ${level} level: ${spreadOf(widths)}; against the stretched picture (same eyes), by seed: ${told.join('; ')}.`,
  });
}

function keptVerdict(plain: BySeed): Verdict {
  const values = plain.map((fact) => fact?.width.intermediate ?? null);
  return verdictOverSeeds({
    claim: `Stretched at the intermediate level by ${claimFactor}, each eye keeps its width: the median grows at most ${keptWidth} times, in every seed.`,
    place: 'paper, Sec. 4.1: each eye keeps its dimensions; the bound is our choice',
    gate: false,
    values: [numbers('eye width, intermediate', values)],
    truths: values.map((value) => (value === null ? null : value <= keptWidth)),
    numbers: `Measured growth: ${spreadOf(values)}.`,
  });
}

function spectralVerdict(plain: BySeed, spectral: BySeed): Verdict {
  const pairs = plain.map((fact, place) => ({
    plain: fact?.width.intermediate ?? null,
    spectral: spectral[place]?.width.intermediate ?? null,
  }));
  return verdictOverSeeds({
    claim: `After spectral training, a stretch by ${claimFactor} at the intermediate level widens eyes less than after plain training from the same seed, in every seed.`,
    place: 'beyond the paper, which says it of the error (Sec. 4.1, Fig. 4g)',
    gate: false,
    values: [
      numbers(
        'eye width, plain training',
        pairs.map((pair) => pair.plain),
      ),
      numbers(
        'eye width, spectral training',
        pairs.map((pair) => pair.spectral),
      ),
    ],
    truths: pairs.map((pair) =>
      pair.plain === null || pair.spectral === null ? null : pair.spectral < pair.plain,
    ),
    numbers: `Width after ÷ before: plain training ${spreadOf(pairs.map((pair) => pair.plain))}, spectral training ${spreadOf(pairs.map((pair) => pair.spectral))}.`,
  });
}

/** The measurement itself, on faces drawn anew: not a matter of seeds of training. */
function detectorVerdict(detector: DetectorError): Verdict {
  const [distance, size] = (['distance', 'size'] as const).map(
    (change) =>
      detector.drawn.find((entry) => entry.change === change && entry.blur === 1)!.measured[claimPlace]!,
  ) as [
    DetectorError['drawn'][number]['measured'][number],
    DetectorError['drawn'][number]['measured'][number],
  ];
  const wrong = {
    distance: errorOf(enough(distance.distance), claimFactor),
    widthKept: errorOf(enoughWidth(distance), 1),
    size: errorOf(enoughWidth(size), claimFactor),
  };
  const claim = `On faces drawn anew with eyes ${claimFactor} times as far apart, the measured distance grows by that within ${mostDistanceError} and the width stays within ${mostSizeError}; with eyes ${claimFactor} times as large, the width grows by that within ${mostSizeError} of ${claimFactor} (medians).`;
  const known = [wrong.distance, wrong.widthKept, wrong.size];
  const bounds = [mostDistanceError, mostSizeError, mostSizeError * claimFactor];
  const because = `Measured on ${detector.faces} faces: distance ${words(distance.distance)} and width ${words(distance.width)} where the distance is ${claimFactor}-fold; width ${words(size.width)} and distance ${words(size.distance)} where the size is.`;
  return {
    claim,
    place: 'beyond the paper: the error of our measurement',
    outcome: known.some((value) => value === null)
      ? 'undecidable'
      : known.every((value, place) => Math.abs(value!) <= bounds[place]!)
        ? 'holds'
        : 'does-not-hold',
    because: known.some((value) => value === null)
      ? `${because} Fewer than ${leastFaces} were found.`
      : because,
    values: [
      numbers('error of the distance', [wrong.distance]),
      numbers('error of the width, eyes moved apart', [wrong.widthKept]),
      numbers('error of the width, eyes enlarged', [wrong.size]),
    ],
    gate: false,
  };
}

function errorOf(value: number | null, truth: number): number | null {
  return value === null ? null : value - truth;
}

function words(spread: { median: number; q25: number; q75: number; count: number } | null): string {
  return spread === null
    ? 'not found'
    : `${figure(spread.median)} (half of them ${figure(spread.q25)} to ${figure(spread.q75)})`;
}
