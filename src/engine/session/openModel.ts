import type { RunFile } from '../../contract/runFiles.ts';
import { StudioError } from '../../contract/errors.ts';
import { decodeSafetensors } from '../models/safetensors.ts';
import type { NamedArray } from '../models/safetensors.ts';
import { modelNetworks } from '../models/modelNetworks.ts';
import { requireArrays } from '../models/networkWeights.ts';
import { hasEncoder, TrainedModel } from '../models/trainedModel.ts';
import type { EncodingModel } from '../models/trainedModel.ts';
import { idOfRun } from '../runs/bundledModel.ts';
import { readWeights } from '../runs/checkpoints.ts';
import { readRun } from '../runs/runFolder.ts';
import { requireTrainedAs } from '../runs/trainedAs.ts';
import { TensorCache } from './tensorCache.ts';

/** Sets of fine maps that a model holds: those without a recipe and those of the recipe that is worked on. */
const mostFineMaps = 2;

/** A model of a run at a checkpoint. */
export interface OpenModel {
  folder: string;
  id: string;
  run: RunFile;
  step: number;
  weightsSha256: string;
  weights: ReadonlyMap<string, NamedArray>;
  model: TrainedModel;
  /** Hidden maps of what is looked at. */
  maps: TensorCache;
}

/**
 * Opens the model of a run's folder at a step; the caller closes it.
 * @throws StudioError `not-found`, `unavailable`, or `damaged`: also where weights are another model's or are no finite numbers
 */
export async function openModel(folder: string, step: number): Promise<OpenModel> {
  const run = await readRun(folder);
  const { bytes, state } = await readWeights(folder, step);
  requireTrainedAs(folder, run, state);
  const source = `The checkpoint of step ${step} in ${folder}`;
  const arrays = decodeSafetensors(bytes, source);
  requireArrays(modelNetworks(run.model).weights, arrays, source);
  return {
    folder,
    id: idOfRun(folder),
    run,
    step,
    weightsSha256: state.sha256.weights,
    weights: arrays,
    model: new TrainedModel(run.model, arrays),
    maps: new TensorCache(mostFineMaps),
  };
}

export function closeModel({ model, maps }: OpenModel): void {
  maps.clear();
  model.dispose();
}

/**
 * The model as one that takes in pictures.
 * @throws StudioError `wrong-usage` for a model without an encoder
 */
export function requireEncoder(model: TrainedModel): EncodingModel {
  if (hasEncoder(model)) return model;
  throw new StudioError(
    'wrong-usage',
    'This model makes pictures from seeds and has no encoder, so it cannot encode your pictures. Use seeds here, or a β-VAE for your own pictures.',
  );
}
