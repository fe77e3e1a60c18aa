import type { StretchingLevel, StretchingResult } from '../../../contract/analysis.ts';
import type { HiddenLevel } from '../../../contract/levels.ts';
import type { Watch } from '../../../contract/progress.ts';
import { stretchingMeasurement } from '../../analysis/stretchingOfModel.ts';
import type { ExperimentContext, TrainedRun } from '../experiment.ts';
import { MeasuredStretching } from './measuredStretching.ts';

/** Of the paper, Sec. 4.1. */
export const stretchFactor = 1.5;

/** Checkpoints that are measured of what a run has beyond the scale's steps. */
const mostBeyond = 12;

/** The stretching errors of one run over its checkpoints. */
export interface Curve {
  seed: number;
  spectral: boolean;
  points: readonly { step: number; stretching: StretchingResult }[];
}

/** Two steps of the same runs that are compared: the paper's are 10,000 and 50,000. */
export interface Moments {
  early: number;
  late: number;
}

export interface Fig4Measurement {
  curves: readonly Curve[];
  /** At the steps of the scale, which every seed has. */
  moments: Moments;
  /** Where seed 0 of both trainings goes at least twice as far; undefined otherwise. */
  far: Moments | undefined;
  /** For each seed, whether both trainings began with the same weights, to the bit. */
  sameBeginning: (boolean | null)[];
}

export function bothRuns(
  context: ExperimentContext,
  seed: number,
): { plain: TrainedRun; spectral: TrainedRun } {
  const needed = { kind: 'vae', seed, set: 'default' } as const;
  return {
    plain: context.run({ ...needed, spectral: false }),
    spectral: context.run({ ...needed, spectral: true }),
  };
}

/** Measures every checkpoint of every run on the same latents. */
export async function measureFig4(context: ExperimentContext, watch: Watch): Promise<Fig4Measurement> {
  const { plan, seeds } = context;
  const pairs = seeds.map((seed) => bothRuns(context, seed));
  const runs = pairs.flatMap(({ plain, spectral }) => [plain, spectral]);
  const steps = pairs.flatMap(({ plain, spectral }) => {
    const own = stepsToMeasure(plain.checkpoints, spectral.checkpoints, plain.step);
    return [own, own];
  });
  const total = steps.reduce((sum, own) => sum + own.length, 0);
  let done = 0;
  const known = await MeasuredStretching.open(context.folder, plan.samples);
  const curves: Curve[] = [];
  for (const [place, run] of runs.entries()) {
    const points: { step: number; stretching: StretchingResult }[] = [];
    for (const step of steps[place]!) {
      watch.onProgress?.({ phase: `stretching ${run.name}`, done, total });
      const settings = { factor: stretchFactor, axis: 'horizontal', samples: plan.samples, seed: 0 } as const;
      const quiet = { ...(watch.signal && { signal: watch.signal }) };
      const stretching = await known.of(run, step, () =>
        run.withModel(async (open) => (await stretchingMeasurement.of(open, settings, quiet)).result, step),
      );
      points.push({ step, stretching });
      done += 1;
    }
    curves.push({ seed: run.needed.seed, spectral: run.needed.spectral, points });
  }
  const sameBeginning: (boolean | null)[] = [];
  for (const { plain, spectral } of pairs) sameBeginning.push(await beganAlike(plain, spectral));
  const reach = Math.min(...curves.filter(({ seed }) => seed === seeds[0]).map(lastStep));
  return {
    curves,
    moments: momentsUpTo(plan.steps.vae, curves),
    far:
      reach >= 2 * plan.steps.vae
        ? momentsUpTo(
            reach,
            curves.filter(({ seed }) => seed === seeds[0]),
          )
        : undefined,
    sameBeginning,
  };
}

/** The trained steps that both runs have up to `step`, and of those beyond a few, evenly, the last among them. */
export function stepsToMeasure(
  plain: readonly number[],
  spectral: readonly number[],
  step: number,
): number[] {
  const both = plain.filter((at) => at > 0 && spectral.includes(at));
  const within = both.filter((at) => at <= step);
  const beyond = both.filter((at) => at > step);
  const every = Math.max(1, Math.ceil(beyond.length / mostBeyond));
  return [...within, ...beyond.filter((_, place) => (beyond.length - 1 - place) % every === 0)];
}

/** `late`, and of the steps that all curves have the one nearest to a fifth of it, as the paper's 10,000 of 50,000. */
function momentsUpTo(late: number, curves: readonly Curve[]): Moments {
  const common = curves
    .map(({ points }) => points.map(({ step }) => step))
    .reduce((shared, own) => shared.filter((step) => own.includes(step)));
  const before = common.filter((step) => step < late);
  const early = before.reduce(
    (best, step) => (Math.abs(step - late / 5) < Math.abs(best - late / 5) ? step : best),
    before[0] ?? late,
  );
  return { early, late };
}

function lastStep({ points }: Curve): number {
  return points.at(-1)?.step ?? 0;
}

async function beganAlike(plain: TrainedRun, spectral: TrainedRun): Promise<boolean | null> {
  if (!plain.checkpoints.includes(0) || !spectral.checkpoints.includes(0)) return null;
  const hash = (run: TrainedRun): Promise<string> =>
    run.withModel(({ weightsSha256 }) => Promise.resolve(weightsSha256), 0);
  return (await hash(plain)) === (await hash(spectral));
}

/** What was measured of a seed's training at a step and level. */
export function measuredAt(
  curves: readonly Curve[],
  { seed, spectral, step, level }: { seed: number; spectral: boolean; step: number; level: HiddenLevel },
): StretchingLevel | null {
  const curve = curves.find((each) => each.seed === seed && each.spectral === spectral);
  const point = curve?.points.find((each) => each.step === step);
  return point?.stretching.levels.find((each) => each.level === level) ?? null;
}
