import type { ExperimentScale } from '../../contract/experiments.ts';
import type {
  DcganHyperParameters,
  ModelKind,
  PresetName,
  SharedPresetName,
  VaeHyperParameters,
} from '../../contract/hyperParameters.ts';
import type { ScalePlan } from './experiment.ts';

/** What a scale trains with, beside its `ScalePlan`. */
export interface ScaleTraining {
  preset: { vae: PresetName; dcgan: SharedPresetName };
  /** Those that differ from the preset. */
  hyperParameters: { vae: Partial<VaeHyperParameters>; dcgan: Partial<DcganHyperParameters> };
}

/** What every scale but `quick` takes of everything else. */
const whole = { faces: 8000, samples: 256, pairs: 64 };

/**
 * Our choice but for the 50,000 iterations of the paper (Sec. 4.1). The compact steps are where held-out faces look
 * like faces and FluoHair works; checkpoints are as many as a curve over training needs.
 */
export const scalePlans: Record<ExperimentScale, ScalePlan> = {
  quick: {
    scale: 'quick',
    faces: 320,
    steps: { vae: 60, dcgan: 60 },
    checkpointEvery: { vae: 20, dcgan: 20 },
    samples: 32,
    pairs: 8,
  },
  compact: {
    scale: 'compact',
    steps: { vae: 3000, dcgan: 2000 },
    checkpointEvery: { vae: 500, dcgan: 500 },
    ...whole,
  },
  photographs: {
    scale: 'photographs',
    steps: { vae: 20_000, dcgan: 5000 },
    checkpointEvery: { vae: 1000, dcgan: 1000 },
    ...whole,
  },
  paper: {
    scale: 'paper',
    steps: { vae: 50_000, dcgan: 50_000 },
    checkpointEvery: { vae: 2500, dcgan: 2500 },
    ...whole,
  },
};

export const scaleTrainings: Record<ExperimentScale, ScaleTraining> = {
  quick: {
    preset: { vae: 'compact', dcgan: 'compact' },
    hyperParameters: {
      vae: { width: 8, fineChannels: 16, latent: 16, batch: 16 },
      dcgan: { width: 8, latent: 16, batch: 16 },
    },
  },
  compact: { preset: { vae: 'compact', dcgan: 'compact' }, hyperParameters: { vae: {}, dcgan: {} } },
  photographs: { preset: { vae: 'photographs', dcgan: 'compact' }, hyperParameters: { vae: {}, dcgan: {} } },
  paper: { preset: { vae: 'paper', dcgan: 'paper' }, hyperParameters: { vae: {}, dcgan: {} } },
};

/** Seeds that are trained where nobody says how many: three are the fewest a verdict is given for. */
export const defaultSeeds: Record<ExperimentScale, number> = {
  quick: 2,
  compact: 3,
  photographs: 3,
  paper: 3,
};

export function stepsOf(plan: ScalePlan, kind: ModelKind): { steps: number; checkpointEvery: number } {
  return { steps: plan.steps[kind], checkpointEvery: plan.checkpointEvery[kind] };
}
