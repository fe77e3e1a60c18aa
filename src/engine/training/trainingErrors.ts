import type { RunFile } from '../../contract/runFiles.ts';
import { StudioError } from '../../contract/errors.ts';
import type { StepMetrics } from './trainer.ts';

/** @throws StudioError `diverged` at the first loss that is no finite number */
export function assertFinite(numbers: StepMetrics, step: number): void {
  for (const [name, value] of Object.entries(numbers)) {
    if (!Number.isFinite(value)) {
      throw new StudioError(
        'diverged',
        `Training diverged: the ${name} of step ${step} is ${value}. The last checkpoint is safe. Start again with a smaller --learning-rate, or look at the images for damaged ones.`,
      );
    }
  }
}

/** Turns TensorFlow's words for a lack of memory into a sentence with a batch size to try. */
export function explainTrainingError(error: unknown, run: RunFile): Error {
  if (error instanceof StudioError) return error;
  if (!(error instanceof Error)) return new Error(String(error));
  if (/\bOOM\b|RESOURCE_EXHAUSTED|out of memory|failed to allocate/i.test(error.message)) {
    const { batch } = run.model.hyperParameters;
    const smaller = Math.max(2, Math.floor(batch / 2));
    const where = run.device.kind === 'gpu' ? 'The GPU' : 'This machine';
    return new StudioError(
      'out-of-memory',
      `${where} has too little memory for batches of ${batch}. Start a run with --batch ${smaller}; the last checkpoint of this one is safe.`,
      { cause: error },
    );
  }
  return error;
}
