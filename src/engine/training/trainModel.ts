import { mkdir } from 'node:fs/promises';
import type { Watch } from '../../contract/progress.ts';
import { imageLayerOf } from '../../contract/runFiles.ts';
import type { RunFile } from '../../contract/runFiles.ts';
import { BatchSchedule } from '../data/batchSchedule.ts';
import type { PackedImages } from '../data/packedImages.ts';
import { imagesFromBytes } from '../models/layeredGenerator.ts';
import { safetensorsParts } from '../models/safetensors.ts';
import { TrainedModel } from '../models/trainedModel.ts';
import { removeUnfinished } from '../files/safeFiles.ts';
import { removeUnfinishedCheckpoints, writeCheckpoint } from '../runs/checkpoints.ts';
import { isOfSteps } from '../runs/metricNames.ts';
import { keepMetricsUpTo } from '../runs/metricsFile.ts';
import { runPaths, writeRun } from '../runs/runFolder.ts';
import { lockRun } from '../runs/runLock.ts';
import type { FolderLock } from '../files/folderLock.ts';
import { keepEventsUpTo } from '../runs/tensorBoardEvents.ts';
import { trainedAs } from '../runs/trainedAs.ts';
import { createTrainer } from './createTrainer.ts';
import { describeLowering, lowered, modelInTraining } from './divergence.ts';
import { findResumePoint } from './resumePoint.ts';
import type { StepMetrics, Trainer } from './trainer.ts';
import { explainTrainingError, finiteArrays, TrainingDiverged } from './trainingErrors.ts';
import { trainable } from '../../contract/trainable.ts';
import { TrainingJournal } from './trainingJournal.ts';
import type { Unread } from './unread.ts';

export interface TrainRequest {
  folder: string;
  run: RunFile;
  images: PackedImages;
  /** What is measured and drawn at each checkpoint; runs between steps and must not touch the trainer's state. */
  atCheckpoint: (model: TrainedModel, step: number) => Promise<Record<string, number>>;
  /** run.json as it is on the disk, where `run` is to be there once training has really begun; default: `run`. */
  written?: RunFile;
}

export interface TrainOutcome {
  phase: 'finished' | 'stopped';
  step: number;
  /** Sentences about checkpoints that could not be used. */
  damaged: string[];
  /** Sentences about divergences. */
  notes: string[];
}

/** The same for a run that nobody has locked yet. @throws StudioError `busy`, and what `trainLocked` throws */
export async function trainModel(request: TrainRequest, watch: Watch): Promise<TrainOutcome> {
  const lock = await lockRun(request.folder);
  try {
    return await trainLocked(request, lock, watch);
  } finally {
    await lock.release();
  }
}

/**
 * Trains a run from its newest checkpoint, or from the start, to its last step, or until the signal asks to stop; either
 * way the last step is saved. The same run gives the same bits however often it is interrupted: the batch comes from
 * (seed, step), the noise from (seed, step), and a checkpoint holds the weights, running statistics and moments whole.
 * A run that diverges stops, or goes back to its last checkpoint with half the learning rate, as run.json says.
 *
 * @param lock the run's, held by the caller; once it is lost nothing more is written
 * @throws StudioError `busy`, `damaged`, `diverged`, `not-found`, `out-of-memory`, `no-space`, `unavailable`
 */
export async function trainLocked(
  request: TrainRequest,
  lock: FolderLock,
  watch: Watch,
): Promise<TrainOutcome> {
  const notes: string[] = [];
  let { run, written = run } = request;
  for (;;) {
    const training = await open({ ...request, run, written }, lock);
    try {
      return { ...(await train(training, watch)), damaged: training.damaged, notes };
    } catch (error) {
      written = run = await goBack(training, error);
      notes.push(describeLowering(run));
    } finally {
      training.trainer.dispose();
    }
  }
}

/** A run where it goes on, with all that its loop works with. */
interface Training extends TrainRequest {
  lock: FolderLock;
  trainer: Trainer;
  journal: TrainingJournal;
  schedule: BatchSchedule;
  step: number;
  /** The newest checkpoint; undefined before the first. */
  savedStep: number | undefined;
  /** Whether the newest checkpoint has its measurements: a process that was killed in between could not write them. */
  isMeasured: boolean;
  damaged: string[];
}

/** Reads where the run goes on, before anything is written; then clears away what a killed process left after that step. */
async function open(request: TrainRequest, lock: FolderLock): Promise<Training> {
  const { folder, run, images } = request;
  const { point, damaged } = await findResumePoint(folder, run);
  const step = point?.state.step ?? 0;
  let trainer: Trainer | undefined;
  try {
    trainer = createTrainer(modelInTraining(run), run.seed, point?.weights, imageLayerOf(run));
    if (point) trainer.restoreMoments(point.state.optimizerStep, point.moments);
    await lock.confirm();
    await mkdir(runPaths(folder).checkpoints, { recursive: true });
    await removeUnfinishedCheckpoints(folder);
    for (const place of [folder, runPaths(folder).samples]) await removeUnfinished(place);
    await keepEventsUpTo(folder, step);
    const lines = await keepMetricsUpTo(folder, step);
    const journal = new TrainingJournal(folder, run, lock);
    await journal.start(step, lines, point?.state.unwritten);
    const schedule = new BatchSchedule({
      items: images.indicesOf('train'),
      batch: trainable(run).hyperParameters.batch,
      seed: run.seed,
    });
    return {
      ...{ ...request, lock, trainer, journal, schedule, step, damaged },
      savedStep: point?.state.step,
      isMeasured: lines.some((line) => line.step === step && !isOfSteps(line)),
    };
  } catch (error) {
    trainer?.dispose();
    throw explainTrainingError(error, run);
  }
}

async function train(training: Training, watch: Watch): Promise<Pick<TrainOutcome, 'phase' | 'step'>> {
  const { run, journal } = training;
  if (training.savedStep === undefined) await save(training);
  else if (!training.isMeasured) await measure(training);

  while (training.step < run.steps && watch.signal?.aborted !== true) {
    const metrics = step(training);
    training.step += 1;
    await journal.record(training.step, metrics, watch);
    await writeBegunRun(training);
    if (training.step % run.checkpointEvery === 0 || training.step === run.steps) await save(training);
  }
  if (training.savedStep !== training.step) await save(training);
  await writeBegunRun(training);
  const phase = training.step < run.steps ? 'stopped' : 'finished';
  await journal.end(phase, training.step);
  return { phase, step: training.step };
}

function step({ run, images, trainer, schedule, step: at }: Training): Unread<StepMetrics> {
  const batch = imagesFromBytes(images.read(schedule.indicesForStep(at)), images.size);
  try {
    return trainer.step(batch, run.seed, at, run.spectral);
  } finally {
    batch.dispose();
  }
}

/** What was asked beside going on counts once a step was made, or none is left to make: what fails before leaves run.json as it is. */
async function writeBegunRun(training: Training): Promise<void> {
  const { folder, run, lock, written = run } = training;
  if (written === run) return;
  await lock.confirm();
  await writeRun(folder, run);
  training.written = run;
}

/** Writes the checkpoint of this step, once all losses up to it were read and are finite; then measures and draws what it makes. */
async function save(training: Training): Promise<void> {
  const { folder, run, lock, trainer, journal, schedule, step } = training;
  journal.readLosses();
  const { unwritten } = journal;
  const state = {
    step,
    optimizerStep: trainer.optimizerStep,
    seed: run.seed,
    epoch: schedule.epochOfStep(step),
    ...(unwritten && { unwritten }),
    run: trainedAs(run),
  };
  await journal.outside(() =>
    writeCheckpoint(
      folder,
      state,
      safetensorsParts(finiteArrays(trainer.storedWeights(), step, run)),
      safetensorsParts(finiteArrays(trainer.storedMoments(), step, run)),
      () => lock.confirm(),
    ),
  );
  training.savedStep = step;
  await measure(training);
}

async function measure({ run, trainer, journal, atCheckpoint, step }: Training): Promise<void> {
  const model = new TrainedModel(run.model, trainer.weights());
  try {
    await journal.measured(step, await journal.outside(() => atCheckpoint(model, step)));
  } finally {
    model.dispose();
  }
}

/**
 * After a failure: the run as it goes on from its newest checkpoint with half the learning rate.
 * @throws what else went wrong, in a sentence that status.json has too; where the run was lost, that
 */
async function goBack({ folder, run, lock, journal, savedStep }: Training, error: unknown): Promise<RunFile> {
  let reason = explainTrainingError(error, run);
  try {
    await lock.confirm();
    if (reason instanceof TrainingDiverged && savedStep !== undefined) {
      const next = lowered(run, reason, savedStep);
      journal.close();
      await writeRun(folder, next);
      return next;
    }
  } catch (other) {
    reason = explainTrainingError(other, run);
  }
  await journal.fail(reason.message);
  throw reason;
}
