import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { RunFile } from '../../contract/runFiles.ts';
import { StudioError } from '../../contract/errors.ts';
import { decodeSafetensors } from '../models/safetensors.ts';
import type { NamedArray } from '../models/safetensors.ts';
import { TrainedBetaVae } from '../models/trainedBetaVae.ts';
import { checkpointSteps, readCheckpoint } from '../runs/checkpoints.ts';
import { findRun, readRun } from '../runs/runFolder.ts';

/** A model of a run at a checkpoint. */
export interface OpenModel {
  folder: string;
  id: string;
  run: RunFile;
  step: number;
  weightsSha256: string;
  weights: ReadonlyMap<string, NamedArray>;
  model: TrainedBetaVae;
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
  const { weights } = await readCheckpoint(folder, step);
  const arrays = decodeSafetensors(weights, `the checkpoint of step ${step} in ${folder}`);
  return {
    folder,
    id: basename(folder),
    run,
    step,
    weightsSha256: createHash('sha256').update(weights).digest('hex'),
    weights: arrays,
    model: new TrainedBetaVae(run.model.hyperParameters, arrays),
  };
}
