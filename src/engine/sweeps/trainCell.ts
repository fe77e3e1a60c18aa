import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import type { Watch } from '../../contract/progress.ts';
import type { RunFile } from '../../contract/runFiles.ts';
import type { SweepCell } from '../../contract/sweeps.ts';
import { alsoFollowInto } from '../files/allowedFolders.ts';
import { checkpointSteps } from '../runs/checkpoints.ts';
import { readRun, runPaths } from '../runs/runFolder.ts';
import { isLocked } from '../runs/runLock.ts';
import { pauseFor } from '../session/signal.ts';
import { createTrainingRun } from '../training/createTrainingRun.ts';
import { modelOfRequest } from '../training/modelOfRequest.ts';
import { trainRun } from '../training/trainRun.ts';
import type { MeasureCheckpoint, TrainingResult } from '../training/trainRun.ts';
import { openSweep } from './sweepFolder.ts';
import type { OpenSweep } from './sweepFolder.ts';

/**
 * Trains one cell of a sweep in this process, from where it stands to its end: what every engine starts, so that its weights do not
 * depend on who trains it.
 * @throws StudioError `not-found` for a cell that the sweep does not have, and what training throws
 */
export async function trainCell(
  asked: { sweep: string; index: number },
  measureCheckpoint: MeasureCheckpoint,
  watch: Watch,
): Promise<TrainingResult & { from: number }> {
  const open = await openSweep(asked.sweep);
  const { folder, sweep } = open;
  const cell = sweep.cells[asked.index];
  if (cell === undefined) {
    throw new StudioError(
      'not-found',
      `The sweep in ${folder} has the cells 0 to ${sweep.cells.length - 1}, and no cell ${asked.index}.`,
    );
  }
  const run = join(folder, cell.name);
  const notes: string[] = [];
  if (!existsSync(runPaths(run).run)) {
    // Whoever made the sweep was allowed to use it.
    alsoFollowInto(cell.request.data);
    const request = { ...cell.request, folder: run };
    const created = await createTrainingRun(request, watch, (made) => requireSamePictures(open, cell, made));
    notes.push(...created.notes);
  }
  const { model, seed } = await readRun(run);
  const asCell = modelOfRequest(cell.request);
  if (seed !== cell.request.seed || JSON.stringify(model) !== JSON.stringify(asCell)) {
    throw new StudioError(
      'wrong-usage',
      `The run in ${run} was made with other settings than the cell ${cell.name} has. Move it elsewhere.`,
    );
  }
  if (process.env['SLURM_ARRAY_JOB_ID'] !== undefined) await untilFree(run, watch);
  const from = (await checkpointSteps(run)).at(-1) ?? 0;
  const result = await trainRun({ run }, measureCheckpoint, watch);
  return { ...result, from, notes: [...notes, ...result.notes] };
}

/** Cells are compared with each other, so that all are trained on the same pictures: those of the first that is there. @throws StudioError */
async function requireSamePictures(
  { folder, sweep }: OpenSweep,
  { name, request }: SweepCell,
  { data: { content, crop } }: RunFile,
): Promise<void> {
  for (const other of sweep.cells) {
    const { data, allFolders } = other.request;
    const its = join(folder, other.name);
    if (other.name === name || data !== request.data || allFolders !== request.allFolders) continue;
    const there = existsSync(runPaths(its).run) ? await readRun(its).catch(() => undefined) : undefined;
    if (there?.data.content === undefined || there.data.crop !== crop) continue;
    if (there.data.content === content) return;
    throw new StudioError(
      'wrong-usage',
      `The pictures in ${data} have changed since the cell ${other.name} of this sweep began, so that the two could not be compared. Restore the folder and resume the sweep, or begin a new one.`,
    );
  }
}

/** The lock of a trainer that died with its node is taken over after two minutes. */
const takeoverMilliseconds = 150_000;
const lookMilliseconds = 1000;

/** A scheduler starts a cell again whose node it lost, also before the lock of the lost trainer has run out. */
async function untilFree(run: string, watch: Watch): Promise<void> {
  const until = performance.now() + takeoverMilliseconds;
  while ((await isLocked(run)) && performance.now() < until) {
    if (!(await pauseFor(lookMilliseconds, watch.signal))) return;
  }
}
