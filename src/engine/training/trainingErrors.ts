import { divergedWords } from '../../contract/runFiles.ts';
import type { RunFile } from '../../contract/runFiles.ts';
import { StudioError } from '../../contract/errors.ts';
import { explainSystemError } from '../files/systemErrors.ts';
import { firstNonFinite } from '../math/firstNonFinite.ts';
import type { StoredArrays } from '../models/safetensors.ts';
import { trainable } from '../../contract/trainable.ts';
import type { StepMetrics } from './trainer.ts';

/** Training left the finite numbers at a step. */
export class TrainingDiverged extends StudioError {
  readonly step: number;

  /** @param what such as "the loss of step 3 is NaN" */
  constructor(what: string, step: number, run: RunFile) {
    super('diverged', `${divergedWords}: ${what}. The last checkpoint is safe. ${waysOut(run)}`);
    this.step = step;
  }
}

function waysOut(run: RunFile): string {
  const { spectral, divergences } = run;
  const model = trainable(run);
  const { learningRate } = model.hyperParameters;
  const rate = divergences?.at(-1)?.learningRate ?? learningRate;
  const settings = [
    `a smaller --learning-rate (it was ${rate})`,
    ...(model.kind === 'vae' ? [`another --kl-weight (${model.hyperParameters.klWeight})`] : []),
    ...(spectral === null ? [] : [`a smaller --spectral-gamma (${spectral.gamma})`]),
  ];
  return `Continue with --on-divergence lower, which halves the learning rate; or start a run with ${settings.join(', or ')}; or look at the images for damaged ones.`;
}

/** @throws TrainingDiverged at the first loss that is no finite number */
export function assertFinite(numbers: StepMetrics, step: number, run: RunFile): void {
  for (const [name, value] of Object.entries(numbers)) {
    if (!Number.isFinite(value)) {
      throw new TrainingDiverged(`the ${name} of step ${step} is ${value}`, step, run);
    }
  }
}

/**
 * What a checkpoint is to hold, read on: a loss is that of the weights before its step, so the last step may have broken them unseen.
 * @throws TrainingDiverged at the first value that is no finite number
 */
export function finiteArrays({ shapes, read }: StoredArrays, step: number, run: RunFile): StoredArrays {
  return {
    shapes,
    read: (name) => {
      const data = read(name);
      const wrong = firstNonFinite(data);
      if (wrong < 0) return data;
      throw new TrainingDiverged(`${name} holds ${data[wrong]!} after step ${step}`, step, run);
    },
  };
}

/** Turns TensorFlow's words for a lack of memory into a sentence with a batch size to try, and what the system refused into one too. */
export function explainTrainingError(error: unknown, run: RunFile): Error {
  if (error instanceof StudioError) return error;
  if (!(error instanceof Error)) return new Error(String(error));
  if (/\bOOM\b|RESOURCE_EXHAUSTED|out of memory|failed to allocate/i.test(error.message)) {
    const { batch } = trainable(run).hyperParameters;
    const smaller = Math.max(2, Math.floor(batch / 2));
    const where = run.device.kind === 'gpu' ? 'The GPU' : 'This machine';
    return new StudioError(
      'out-of-memory',
      `${where} has too little memory for batches of ${batch}. Start a run with --batch ${smaller}; the last checkpoint of this one is safe.`,
      { cause: error },
    );
  }
  return explainSystemError(error) ?? error;
}
