import type { MetricsLine } from '../../contract/runFiles.ts';
import type { RunLabels } from '../../contract/runLabels.ts';
import type { ListedRunReport } from '../../contract/runs.ts';
import { idOfRun } from './bundledModel.ts';
import { checkpointSteps } from './checkpoints.ts';
import { readMetrics } from './metricsFile.ts';
import { findRun, listRuns, readRun, readStatus, runsFolder } from './runFolder.ts';
import type { ListedRun } from './runFolder.ts';
import { labelsForList, readLabels } from './runLabels.ts';
import { isLocked } from './runLock.ts';

async function report(listed: ListedRun, labels: RunLabels): Promise<ListedRunReport> {
  const { id, folder, run, status } = listed;
  return { id, folder, run, labels, ...(status && { status }), alive: await isLocked(folder) };
}

export async function listAllRuns(): Promise<{
  folder: string;
  runs: ListedRunReport[];
  unreadable: string[];
}> {
  const folder = runsFolder();
  const { runs, unreadable } = await listRuns(folder);
  const reports = await Promise.all(
    runs.map(async (run) => {
      const labels = await labelsForList(run.folder, (sentence) => unreadable.push(sentence));
      return report(run, labels);
    }),
  );
  return { folder, runs: reports, unreadable };
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
    ...(await report(listed, await readLabels(folder))),
    checkpoints: await checkpointSteps(folder),
    metrics: await readMetrics(folder),
  };
}
