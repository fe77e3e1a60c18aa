import type {
  ExperimentFigure,
  ExperimentId,
  ExperimentScale,
  ExperimentTable,
} from '../../contract/experiments.ts';
import type { Verdict } from '../../contract/verdicts.ts';
import type { Watch } from '../../contract/progress.ts';
import type { PackedImages } from '../data/packedImages.ts';
import type { OpenModel } from '../session/openModel.ts';

/** A trained run that an experiment needs. */
export interface NeededRun {
  kind: 'vae' | 'dcgan';
  seed: number;
  spectral: boolean;
  /** Which faces it learns from: the default set, or the one with dark and saturated backgrounds. */
  set: 'default' | 'hard';
}

/** How much of everything a scale affords. */
export interface ScalePlan {
  scale: ExperimentScale;
  /** Synthetic faces of a set, where no data are given. */
  faces: number;
  steps: { vae: number; dcgan: number };
  checkpointEvery: { vae: number; dcgan: number };
  /** Latents or held-out faces that a number is the mean of. */
  samples: number;
  /** Pairs of latents in each half that modules are found from (paper of the modules; our choice of number). */
  pairs: number;
}

/** A trained run, read only. */
export interface TrainedRun {
  name: string;
  needed: NeededRun;
  folder: string;
  /** The step that the scale asks for: numbers of different seeds are compared there, also where a run went further. */
  step: number;
  /** Every checkpoint there is, in order, `step` among them. */
  checkpoints: readonly number[];
  /** Opens the model of a checkpoint (`step` where none is named) for the time of `work`. */
  withModel<R>(work: (open: OpenModel) => Promise<R>, step?: number): Promise<R>;
  /** Opens the images it was trained on. */
  withImages<R>(work: (images: PackedImages) => Promise<R>): Promise<R>;
}

export interface ExperimentContext {
  plan: ScalePlan;
  seeds: readonly number[];
  /** The experiment's own folder, which exists. */
  folder: string;
  /** Whether the images have true masks and eye positions. */
  truth: boolean;
  /** A folder of masks of the hair on these photographs; undefined where none was named. */
  hairMasks: string | undefined;
  /** Whether the pictures have the attributes that tell of the hair's colour. */
  haveAttributes: boolean;
  /** @throws Error for a run that `runs` did not name */
  run(needed: NeededRun): TrainedRun;
}

export interface ExperimentOutcome {
  verdicts: Verdict[];
  tables: ExperimentTable[];
  figures: ExperimentFigure[];
  notes: string[];
}

/** An experiment: the runs it needs, and what it measures on them. Same runs, same outcome, to the bit. */
export interface Experiment {
  id: ExperimentId;
  title: string;
  /** Why it cannot be done with these images; null where it can. */
  unavailable(facts: { truth: boolean; scale: ExperimentScale }): string | null;
  runs(plan: ScalePlan, seeds: readonly number[]): NeededRun[];
  measure(context: ExperimentContext, watch: Watch): Promise<ExperimentOutcome>;
}
