import { implement } from '@orpc/server';
import { runsContract } from '../../contract/runs.ts';
import { measureCheckpoint } from '../analysis/measureCheckpoint.ts';
import { changeLabels } from '../runs/runLabels.ts';
import { listAllRuns, showRun } from '../runs/runReports.ts';
import { emptyTrash, listRemoved, removeRun, restoreRun } from '../runs/trash.ts';
import { createTrainingRun } from '../training/createTrainingRun.ts';
import { trainRun } from '../training/trainRun.ts';
import { streamed } from './streamed.ts';
import type { EngineContext } from './studioHost.ts';

const os = implement(runsContract).$context<EngineContext>();

/** Runs: made, trained, looked at, labelled, removed. */
export const runsRouter = os.router({
  create: os.create.handler(({ input, signal }) =>
    streamed((watch) => createTrainingRun(input, watch), signal),
  ),
  train: os.train.handler(({ input, signal }) =>
    streamed((watch) => trainRun(input, measureCheckpoint, watch), signal),
  ),
  list: os.list.handler(() => listAllRuns()),
  show: os.show.handler(({ input }) => showRun(input)),
  label: os.label.handler(({ context, input }) => told(context, changeLabels(input))),
  remove: os.remove.handler(({ input }) => removeRun(input)),
  removed: os.removed.handler(() => listRemoved()),
  restore: os.restore.handler(({ context, input }) => told(context, restoreRun(input))),
  emptyTrash: os.emptyTrash.handler(() => emptyTrash()),
});

/** Pages that follow the list of runs hear of a change at once. */
async function told<R>({ studio }: EngineContext, work: Promise<R>): Promise<R> {
  const result = await work;
  void studio?.summaries.lookAgain();
  return result;
}
