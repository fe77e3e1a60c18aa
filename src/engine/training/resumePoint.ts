import { StudioError } from '../../contract/errors.ts';
import type { CheckpointState, RunFile } from '../../contract/runFiles.ts';
import { modelNetworks } from '../models/modelNetworks.ts';
import { requireArrays, requireMoments } from '../models/networkWeights.ts';
import { decodeSafetensors } from '../models/safetensors.ts';
import type { NamedArray } from '../models/safetensors.ts';
import { newestUsable } from '../runs/checkpoints.ts';
import type { Checkpoint, UnusableCheckpoint } from '../runs/checkpoints.ts';
import { readMetrics } from '../runs/metricsFile.ts';
import { readStatus, runPaths } from '../runs/runFolder.ts';
import { requireTrainedAs } from '../runs/trainedAs.ts';

/** A checkpoint, read and held against its run. */
export interface ResumePoint {
  state: CheckpointState;
  weights: ReadonlyMap<string, NamedArray>;
  moments: ReadonlyMap<string, NamedArray>;
}

/**
 * Where a run goes on: at its newest checkpoint that can be used, or at its beginning where it was never trained. Reads alone: work that
 * was done is never begun anew because it cannot be read, and a checkpoint that may well be whole is never written over.
 *
 * @throws StudioError `damaged` where all checkpoints are, `unavailable` where one cannot be read here and now, `not-found` where
 * there are none although the run was trained
 */
export async function findResumePoint(
  folder: string,
  run: RunFile,
): Promise<{ point: ResumePoint | undefined; damaged: string[] }> {
  const { newest, unusable } = await newestUsable(folder, (checkpoint) => pointOf(folder, run, checkpoint));
  const later = unusable.find(({ until }) => until === 'later');
  if (later !== undefined) throw unavailable(folder, later);
  if (newest === undefined) await requireUntrained(folder, unusable);
  return { point: newest, damaged: unusable.map(({ sentence }) => sentence) };
}

function pointOf(folder: string, run: RunFile, { state, weights, optimizer }: Checkpoint): ResumePoint {
  const source = `The checkpoint of step ${state.step} in ${folder}`;
  requireTrainedAs(folder, run, state);
  if (state.seed !== run.seed) {
    throw new StudioError(
      'damaged',
      `${source} belongs to another run: its seed is ${state.seed}, this run's ${run.seed}. Use another checkpoint.`,
    );
  }
  const network = modelNetworks(run.model).weights;
  const point = {
    state,
    weights: decodeSafetensors(weights, `${source} (weights.safetensors)`),
    moments: decodeSafetensors(optimizer, `${source} (optimizer.safetensors)`),
  };
  requireArrays(network, point.weights, source);
  requireMoments(network, point.moments, source);
  return point;
}

function unavailable(folder: string, { step, sentence }: UnusableCheckpoint): StudioError {
  return new StudioError(
    'unavailable',
    `The checkpoint of step ${step} may be intact, but cannot be used now, so nothing was changed. ${sentence} To continue without it, move its folder out of ${runPaths(folder).checkpoints}.`,
  );
}

/** @throws StudioError where anything says that steps were trained */
async function requireUntrained(folder: string, unusable: readonly UnusableCheckpoint[]): Promise<void> {
  const { checkpoints } = runPaths(folder);
  const startOver = `To start again from step 0: "extrapolate train --resume ${folder} --start-over", which first sets aside what is there.`;
  if (unusable.some(({ step }) => step > 0)) {
    throw new StudioError(
      'damaged',
      `None of the checkpoints in ${checkpoints} can be used, so nothing was changed. ${unusable[0]!.sentence} Restore one from a copy. ${startOver}`,
    );
  }
  const step = await stepsDone(folder);
  if (step === 0) return;
  throw new StudioError(
    'not-found',
    `The run in ${folder} was trained${step === undefined ? '' : ` to step ${step}`}, but there is no checkpoint in ${checkpoints}, so nothing was changed. Is the disk that they are on connected? Put them back, or restore them from a copy. ${startOver}`,
  );
}

/** Steps that status and measurements tell of, 0 where they tell of none; undefined where they cannot be read. */
async function stepsDone(folder: string): Promise<number | undefined> {
  try {
    const [status, lines] = await Promise.all([readStatus(folder), readMetrics(folder)]);
    return lines.reduce((most, { step }) => Math.max(most, step), status?.step ?? 0);
  } catch (error) {
    if (error instanceof StudioError) return undefined;
    throw error;
  }
}
