import type { Watch } from '../../contract/progress.ts';
import { imageLayerOf } from '../../contract/runFiles.ts';
import type { RunFile } from '../../contract/runFiles.ts';
import { BatchSchedule } from '../data/batchSchedule.ts';
import type { PackedImages } from '../data/packedImages.ts';
import { imagesFromBytes } from '../models/layeredGenerator.ts';
import { decodeSafetensors, safetensorsParts } from '../models/safetensors.ts';
import { TrainedModel } from '../models/trainedModel.ts';
import { readNewestCheckpoint, removeUnfinishedCheckpoints, writeCheckpoint } from '../runs/checkpoints.ts';
import { keepMetricsUpTo } from '../runs/metricsFile.ts';
import { lockRun } from '../runs/runLock.ts';
import { createTrainer } from './createTrainer.ts';
import type { Trainer } from './trainer.ts';
import { explainTrainingError } from './trainingErrors.ts';
import { TrainingJournal } from './trainingJournal.ts';

export interface TrainRequest {
  folder: string;
  run: RunFile;
  images: PackedImages;
  /** What is measured and drawn at each checkpoint; runs between steps and must not touch the trainer's state. */
  atCheckpoint: (model: TrainedModel, step: number) => Promise<Record<string, number>>;
}

export interface TrainOutcome {
  phase: 'finished' | 'stopped';
  step: number;
  /** Sentences about checkpoints that could not be used. */
  damaged: string[];
}

/**
 * Trains a run from its newest checkpoint, or from the start, to its last step, or until the signal asks to stop; either
 * way the last step is saved. The same run gives the same bits however often it is interrupted: the batch comes from
 * (seed, step), the noise from (seed, step), and a checkpoint holds the weights, running statistics and moments whole.
 *
 * @throws StudioError `busy`, `diverged`, `out-of-memory`, `no-space`
 */
export async function trainModel(request: TrainRequest, watch: Watch): Promise<TrainOutcome> {
  const { folder, run, images } = request;
  const lock = await lockRun(folder);
  const schedule = new BatchSchedule({
    items: images.indicesOf('train'),
    batch: run.model.hyperParameters.batch,
    seed: run.seed,
  });
  const journal = new TrainingJournal(folder, run, lock);
  let trainer: Trainer | undefined;
  try {
    await removeUnfinishedCheckpoints(folder);
    const { checkpoint, damaged } = await readNewestCheckpoint(folder);
    const weights = checkpoint && decodeSafetensors(checkpoint.weights, 'weights.safetensors');
    trainer = createTrainer(run.model, run.seed, weights, imageLayerOf(run));
    if (checkpoint) {
      const moments = decodeSafetensors(checkpoint.optimizer, 'optimizer.safetensors');
      trainer.restoreMoments(checkpoint.state.optimizerStep, moments);
    }
    let step = checkpoint?.state.step ?? 0;
    await journal.start(step, await keepMetricsUpTo(folder, step));
    if (!checkpoint) await save(request, trainer, journal, schedule, step);

    while (step < run.steps && watch.signal?.aborted !== true) {
      const batch = imagesFromBytes(images.read(schedule.indicesForStep(step)), images.size);
      const metrics = trainer.step(batch, run.seed, step, run.spectral);
      batch.dispose();
      step += 1;
      await journal.record(step, metrics, watch);
      if (step % run.checkpointEvery === 0 || step === run.steps) {
        await save(request, trainer, journal, schedule, step);
      }
    }
    const stopped = step < run.steps;
    if (stopped && step % run.checkpointEvery !== 0) await save(request, trainer, journal, schedule, step);
    await journal.end(stopped ? 'stopped' : 'finished', step);
    return { phase: stopped ? 'stopped' : 'finished', step, damaged };
  } catch (error) {
    const explained = explainTrainingError(error, run);
    await journal.fail(explained.message);
    throw explained;
  } finally {
    trainer?.dispose();
    await lock.release();
  }
}

/** Writes the checkpoint of this step, once all losses up to it were read and are finite; then measures and draws what it makes. */
async function save(
  { folder, run, atCheckpoint }: TrainRequest,
  trainer: Trainer,
  journal: TrainingJournal,
  schedule: BatchSchedule,
  step: number,
): Promise<void> {
  journal.readLosses();
  const state = {
    step,
    optimizerStep: trainer.optimizerStep,
    seed: run.seed,
    epoch: schedule.epochOfStep(step),
  };
  await writeCheckpoint(
    folder,
    state,
    safetensorsParts(trainer.storedWeights()),
    safetensorsParts(trainer.storedMoments()),
  );
  const model = new TrainedModel(run.model, trainer.weights());
  try {
    await journal.measured(step, await atCheckpoint(model, step));
  } finally {
    model.dispose();
  }
}
