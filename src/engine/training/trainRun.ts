import { StudioError } from '../../contract/errors.ts';
import type { Watch } from '../../contract/progress.ts';
import { mostSteps } from '../../contract/runFiles.ts';
import type { MetricsLine, RunFile } from '../../contract/runFiles.ts';
import type { PackedImages } from '../data/packedImages.ts';
import { alsoFollowInto } from '../files/allowedFolders.ts';
import type { TrainedModel } from '../models/trainedModel.ts';
import { requireOwnRun } from '../runs/bundledModel.ts';
import { isOfSteps } from '../runs/metricNames.ts';
import { readMetrics } from '../runs/metricsFile.ts';
import { findRun, readRun } from '../runs/runFolder.ts';
import { lockRun } from '../runs/runLock.ts';
import { putAside } from '../runs/startOver.ts';
import { openPicturesOf } from '../session/trainingImages.ts';
import { trainable } from '../../contract/trainable.ts';
import { trainLocked } from './trainModel.ts';

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
  notes: string[];
  last?: MetricsLine;
}

/** What can be asked beside going on. */
export interface GoOnRequest {
  run: string;
  extend?: number | undefined;
  data?: string | undefined;
  startOver?: boolean | undefined;
  onDivergence?: 'stop' | 'lower' | undefined;
}

/** Trains a run in this process, from its newest checkpoint on. All is done under its lock, so that a refusal changes nothing. */
export async function trainRun(
  input: GoOnRequest,
  measureCheckpoint: MeasureCheckpoint,
  watch: Watch,
): Promise<TrainingResult> {
  const folder = findRun(input.run);
  requireOwnRun(folder);
  const lock = await lockRun(folder);
  try {
    const written = await readRun(folder);
    trainable(written);
    const asked = askedRun(written, input);
    // Whoever made the run was allowed to use it: a Studio that was allowed less trains runs of the command line, too.
    if (input.data === undefined) alsoFollowInto(written.data.folder);
    const { images, data } = await openPicturesOf(asked, input.data, watch);
    try {
      const run = same(data, written.data) && asked === written ? written : { ...asked, data };
      const aside = input.startOver === true ? await putAside(folder, new Date()) : undefined;
      const request = { folder, run, written, images };
      const outcome = await trainLocked(
        {
          ...request,
          atCheckpoint: (model, step) => measureCheckpoint({ folder, run, images, model, step }),
        },
        lock,
        watch,
      );
      const last = (await readMetrics(folder)).findLast(isOfSteps);
      const notes = [
        ...(aside === undefined ? [] : [`What was trained before is kept in ${aside}.`]),
        ...outcome.notes,
      ];
      return { folder, ...outcome, notes, steps: run.steps, ...(last && { last }) };
    } finally {
      images.close();
    }
  } finally {
    await lock.release();
  }
}

/** The run with what was asked beside going on. @throws StudioError `wrong-usage` for more steps than a run may have */
function askedRun(run: RunFile, { extend, onDivergence, startOver }: GoOnRequest): RunFile {
  if (extend === undefined && onDivergence === undefined && startOver !== true) return run;
  const steps = run.steps + (extend ?? 0);
  if (steps > mostSteps) {
    throw new StudioError(
      'wrong-usage',
      `The run has ${run.steps} steps; with ${extend} more it would have over ${mostSteps}, which is the limit.`,
    );
  }
  const { divergences, ...kept } = { ...run, steps, ...(onDivergence && { onDivergence }) };
  return startOver === true || divergences === undefined ? kept : { ...kept, divergences };
}

function same(one: RunFile['data'], other: RunFile['data']): boolean {
  return one.folder === other.folder && one.key === other.key && one.content === other.content;
}
