import { rm } from 'node:fs/promises';
import { StudioError } from '../../contract/errors.ts';
import type { MetricsLine } from '../../contract/runFiles.ts';
import type { ListedRunReport } from '../../contract/runs.ts';
import { idOfRun, requireOwnRun } from './bundledModel.ts';
import { checkpointSteps } from './checkpoints.ts';
import { readMetrics } from './metricsFile.ts';
import { findRun, listRuns, readRun, readStatus, runsFolder } from './runFolder.ts';
import type { ListedRun } from './runFolder.ts';
import { isLocked } from './runLock.ts';

async function report(listed: ListedRun): Promise<ListedRunReport> {
  const { id, folder, run, status } = listed;
  return { id, folder, run, ...(status && { status }), alive: await isLocked(folder) };
}

export async function listAllRuns(): Promise<{
  folder: string;
  runs: ListedRunReport[];
  unreadable: string[];
}> {
  const folder = runsFolder();
  const { runs, unreadable } = await listRuns(folder);
  return { folder, runs: await Promise.all(runs.map(report)), unreadable };
}

export async function showRun(input: {
  run: string;
}): Promise<ListedRunReport & { checkpoints: number[]; metrics: MetricsLine[] }> {
  const folder = findRun(input.run);
  const listed = {
    id: idOfRun(folder),
    folder,
    run: await readRun(folder),
    status: await readStatus(folder),
  };
  return {
    ...(await report(listed)),
    checkpoints: await checkpointSteps(folder),
    metrics: await readMetrics(folder),
  };
}

/** Removes a run with everything in it. @throws StudioError `busy` while it is being trained */
export async function removeRun(input: { run: string }): Promise<{ folder: string }> {
  const folder = findRun(input.run);
  requireOwnRun(folder);
  if (await isLocked(folder)) {
    throw new StudioError(
      'busy',
      `The run in ${folder} is being trained, so it is not removed. Stop it first.`,
    );
  }
  await rm(folder, { recursive: true });
  return { folder };
}
