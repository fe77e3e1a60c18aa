import { StudioError } from '../../contract/errors.ts';
import { divergedWords, mostDivergences } from '../../contract/runFiles.ts';
import type { RunFile, TrainedSettings } from '../../contract/runFiles.ts';
import { trainable } from '../../contract/trainable.ts';
import type { TrainingDiverged } from './trainingErrors.ts';

/** The learning rate that a run trains with now: as it was asked, or as its last divergence left it. */
export function learningRateOf(run: RunFile): number {
  return run.divergences?.at(-1)?.learningRate ?? trainable(run).hyperParameters.learningRate;
}

/** The model as it is trained now. */
export function modelInTraining(run: RunFile): TrainedSettings {
  const learningRate = learningRateOf(run);
  const model = trainable(run);
  return model.kind === 'vae'
    ? { ...model, hyperParameters: { ...model.hyperParameters, learningRate } }
    : { ...model, hyperParameters: { ...model.hyperParameters, learningRate } };
}

/**
 * The run as it goes on after a divergence: from the checkpoint of step `from`, with half the learning rate.
 * @throws the divergence itself where the run is to stop, or was lowered as often as may be
 */
export function lowered(run: RunFile, diverged: TrainingDiverged, from: number): RunFile {
  const before = run.divergences ?? [];
  if (run.onDivergence !== 'lower') throw diverged;
  if (before.length >= mostDivergences) {
    throw new StudioError(
      'diverged',
      `${divergedWords} again at step ${diverged.step}, after its learning rate was halved ${before.length} times, to ${learningRateOf(run)}. The last checkpoint is safe. Look at the images for damaged ones, or start a run with other settings.`,
      { cause: diverged },
    );
  }
  const learningRate = learningRateOf(run) / 2;
  return { ...run, divergences: [...before, { at: diverged.step, from, learningRate }] };
}

/** What became of the newest divergence of a run, as a sentence. */
export function describeLowering(run: RunFile): string {
  const { at, from, learningRate } = run.divergences!.at(-1)!;
  return `${divergedWords} at step ${at}: it went back to step ${from} and continues with half the learning rate, ${learningRate}.`;
}
