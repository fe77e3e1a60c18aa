import type { SdrLevel, SdrSample } from '../../../contract/analysis.ts';
import type { ModelKind } from '../../../contract/hyperParameters.ts';
import type { Level } from '../../../contract/levels.ts';
import type { Watch } from '../../../contract/progress.ts';
import type { NetworkSdr } from '../../analysis/networkSdr.ts';
import { sdrBins } from '../../analysis/sdrSummary.ts';
import { sdrOnPictures } from '../../analysis/modelSdr.ts';
import type { ExperimentContext } from '../experiment.ts';

export type Side = SdrLevel['side'];

/** The spectra of one run at the scale's step. */
export interface MeasuredSpectra {
  seed: number;
  spectral: boolean;
  levels: readonly SdrLevel[];
}

export interface Fig5Measurement {
  spectra: readonly MeasuredSpectra[];
  /** With every ratio, of the first seed, to be drawn. */
  drawn: { plain: NetworkSdr; spectral: NetworkSdr | undefined };
}

/** Measures every run; the trainings are those that the experiment asked for. */
export async function measureFig5(
  context: ExperimentContext,
  kind: ModelKind,
  trainings: readonly boolean[],
  watch: Watch,
): Promise<Fig5Measurement> {
  const { plan, seeds } = context;
  const spectra: MeasuredSpectra[] = [];
  const drawn = new Map<boolean, NetworkSdr>();
  const total = seeds.length * trainings.length;
  for (const seed of seeds) {
    for (const spectral of trainings) {
      const run = context.run({ kind, seed, spectral, set: 'default' });
      watch.onProgress?.({ phase: `spectra of ${run.name}`, done: spectra.length, total });
      const quiet = { ...(watch.signal && { signal: watch.signal }) };
      const measured = await run.withModel((open) =>
        sdrOnPictures(open, { samples: plan.samples, grid: 'filtered', seed: 0 }, quiet),
      );
      spectra.push({ seed, spectral, levels: measured.result.levels });
      if (seed === seeds[0]) drawn.set(spectral, measured);
    }
  }
  const plain = drawn.get(false);
  if (plain === undefined) throw new Error('classical training is always measured');
  return { spectra, drawn: { plain, spectral: drawn.get(true) } };
}

export const sampleKinds = ['own', 'random', 'crossed', 'untrained'] as const;
export type SampleKind = (typeof sampleKinds)[number];

/** Which of a level's histograms is meant. */
export interface Place {
  side: Side;
  level: Level;
  spectral: boolean;
  of: SampleKind;
}

/** A number of each seed's ratios at a place; null where there are none. */
export function overSeeds(
  { spectra }: Fig5Measurement,
  seeds: readonly number[],
  { side, level, spectral, of }: Place,
  read: (sample: NonNullable<SdrSample>) => number,
): (number | null)[] {
  return seeds.map((seed) => {
    const run = spectra.find((each) => each.seed === seed && each.spectral === spectral);
    const sample = run?.levels.find((each) => each.side === side && each.level === level)?.[of];
    return sample === undefined || sample === null ? null : read(sample);
  });
}

export const medianOf = (sample: NonNullable<SdrSample>): number => sample.summary.median;
export const iqrOf = (sample: NonNullable<SdrSample>): number => sample.summary.iqr;
export const shareOf = (sample: NonNullable<SdrSample>): number => sample.summary.shareNearOne;

/** The middle of the fullest bin, bins 0.05 wide; the first of equals. */
export function modeOf({ histogram }: NonNullable<SdrSample>): number {
  const fullest = histogram.counts.indexOf(Math.max(...histogram.counts));
  return sdrBins.low + (fullest + 0.5) * sdrBins.width;
}

/** a[i]/b[i] */
export function quotients(a: readonly (number | null)[], b: readonly (number | null)[]): (number | null)[] {
  return a.map((value, place) => {
    const other = b[place] ?? null;
    return value === null || other === null || other === 0 ? null : value / other;
  });
}
