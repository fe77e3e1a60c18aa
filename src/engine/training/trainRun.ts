import { StudioError } from '../../contract/errors.ts';
import type { Watch } from '../../contract/progress.ts';
import type { MetricsLine, RunFile } from '../../contract/runFiles.ts';
import type { PackedImages } from '../data/packedImages.ts';
import type { TrainedModel } from '../models/trainedModel.ts';
import { requireOwnRun } from '../runs/bundledModel.ts';
import { readMetrics } from '../runs/metricsFile.ts';
import { findRun, readRun, writeRun } from '../runs/runFolder.ts';
import { isLocked } from '../runs/runLock.ts';
import { withImages } from '../session/trainingImages.ts';
import { trainModel } from './trainModel.ts';

/** What is measured at a checkpoint, for the loop to write down: handed in, so that it cannot touch the trainer's state. */
export type MeasureCheckpoint = (checkpoint: {
  folder: string;
  run: RunFile;
  images: PackedImages;
  model: TrainedModel;
  step: number;
}) => Promise<Record<string, number>>;

export interface TrainingResult {
  folder: string;
  phase: 'finished' | 'stopped';
  step: number;
  steps: number;
  damaged: string[];
  last?: MetricsLine;
}

/** Trains a run in this process, from its newest checkpoint on. */
export async function trainRun(
  input: { run: string; extend?: number | undefined },
  measureCheckpoint: MeasureCheckpoint,
  watch: Watch,
): Promise<TrainingResult> {
  const folder = findRun(input.run);
  requireOwnRun(folder);
  const run = await extendedRun(folder, input.extend);
  return withImages(run, watch, async (images) => {
    const outcome = await trainModel(
      {
        folder,
        run,
        images,
        atCheckpoint: (model, step) => measureCheckpoint({ folder, run, images, model, step }),
      },
      watch,
    );
    const last = (await readMetrics(folder)).findLast(
      (line) => 'loss' in line.values || 'generatorLoss' in line.values,
    );
    return { folder, ...outcome, steps: run.steps, ...(last && { last }) };
  });
}

/** The run, with so many steps more than it had. @throws StudioError `busy` while it is trained */
async function extendedRun(folder: string, extend: number | undefined): Promise<RunFile> {
  const run = await readRun(folder);
  if (extend === undefined) return run;
  if (await isLocked(folder))
    throw new StudioError('busy', `The run in ${folder} is being trained. Stop it first.`);
  const extended = { ...run, steps: run.steps + extend };
  await writeRun(folder, extended);
  return extended;
}
