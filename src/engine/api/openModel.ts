import { createHash } from 'node:crypto';
import type { RunFile } from '../../contract/runFiles.ts';
import { StudioError } from '../../contract/errors.ts';
import { decodeSafetensors } from '../models/safetensors.ts';
import type { NamedArray } from '../models/safetensors.ts';
import { hasEncoder, TrainedModel } from '../models/trainedModel.ts';
import type { EncodingModel } from '../models/trainedModel.ts';
import { idOfRun } from '../runs/bundledModel.ts';
import { checkpointSteps, readWeights } from '../runs/checkpoints.ts';
import { findRun, readRun } from '../runs/runFolder.ts';

/** A model of a run at a checkpoint. */
export interface OpenModel {
  folder: string;
  id: string;
  run: RunFile;
  step: number;
  weightsSha256: string;
  weights: ReadonlyMap<string, NamedArray>;
  model: TrainedModel;
}

/**
 * Opens the model of a run at a step, or at its newest checkpoint; the caller disposes `model`.
 * @throws StudioError `not-found` or `damaged`
 */
export async function openModel(ref: { run: string; step?: number | undefined }): Promise<OpenModel> {
  const folder = findRun(ref.run);
  const run = await readRun(folder);
  const steps = await checkpointSteps(folder);
  const step = ref.step ?? steps[steps.length - 1];
  if (step === undefined) {
    throw new StudioError('not-found', `The run in ${folder} has no checkpoint yet. Train it first.`);
  }
  const weights = await readWeights(folder, step);
  const arrays = decodeSafetensors(weights, `the checkpoint of step ${step} in ${folder}`);
  return {
    folder,
    id: idOfRun(folder),
    run,
    step,
    weightsSha256: createHash('sha256').update(weights).digest('hex'),
    weights: arrays,
    model: new TrainedModel(run.model, arrays),
  };
}

/**
 * The model as one that takes in pictures.
 * @throws StudioError `wrong-usage` for a model without an encoder
 */
export function requireEncoder(model: TrainedModel): EncodingModel {
  if (hasEncoder(model)) return model;
  throw new StudioError(
    'wrong-usage',
    'This model is a DCGAN. It makes pictures from seeds and has no encoder, so it cannot take in a picture of yours. Use seeds here, or a β-VAE for your own pictures.',
  );
}
