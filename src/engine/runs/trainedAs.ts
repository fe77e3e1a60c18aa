import { StudioError } from '../../contract/errors.ts';
import { differencesOf } from '../../contract/runDifferences.ts';
import { imageLayerOf } from '../../contract/runFiles.ts';
import type { CheckpointState, RunFile, TrainedAs } from '../../contract/runFiles.ts';
import { runPaths } from './runFolder.ts';

/** What of a run decides its weights, for a checkpoint to say whose it is. */
export function trainedAs(run: RunFile): TrainedAs {
  const { id, createdAt, model, seed, spectral } = run;
  const { crop, decoding, trainingImages } = run.data;
  const data = { crop, decoding, trainingImages };
  return { id, createdAt, model, seed, spectral, data, imageLayer: imageLayerOf(run) };
}

/**
 * A checkpoint is its run's, and run.json says what it was trained with; checkpoints of earlier versions do not say.
 * @throws StudioError `unavailable`: the checkpoint is whole, and either file may be the wrong one
 */
export function requireTrainedAs(
  folder: string,
  run: RunFile,
  { step, run: theirs }: Pick<CheckpointState, 'step' | 'run'>,
): void {
  if (theirs === undefined) return;
  const source = `The checkpoint of step ${step} in ${folder}`;
  const { run: file } = runPaths(folder);
  if (theirs.id !== run.id || theirs.createdAt !== run.createdAt) {
    throw new StudioError(
      'unavailable',
      `${source} belongs to another run: to “${theirs.id}” of ${theirs.createdAt}, while ${file} belongs to “${run.id}” of ${run.createdAt}. Restore the original file, or move the checkpoint back to its run.`,
    );
  }
  const { model, seed, spectral, data, imageLayer } = theirs;
  const asTrained: RunFile = {
    ...run,
    ...{ model, seed, spectral },
    data: { ...run.data, ...data },
    device: { ...run.device, imageLayer },
  };
  const [first] = differencesOf(asTrained, run);
  if (first === undefined) return;
  const { name, before, after } = first;
  throw new StudioError(
    'unavailable',
    `${source} was trained with a setting that ${file} no longer has: ${name} was ${before}, and is now ${after}. Restore the setting in the file, or train a new run with it.`,
  );
}
