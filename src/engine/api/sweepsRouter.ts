import { implement } from '@orpc/server';
import { sweepsContract } from '../../contract/sweeps.ts';
import { measureCheckpoint } from '../analysis/measureCheckpoint.ts';
import { listSweeps } from '../sweeps/listSweeps.ts';
import { planSweep } from '../sweeps/planSweep.ts';
import type { SweepStarter } from '../sweeps/sweepEngine.ts';
import { followSweep } from '../sweeps/followSweep.ts';
import { beginSweep, resumeSweep, startInStudio, stopSweep, sweepStatus } from '../sweeps/sweeps.ts';
import { trainCell } from '../sweeps/trainCell.ts';
import { writeReport } from '../sweeps/writeReport.ts';
import { followed, streamed } from './streamed.ts';
import { hostOf } from './studioHost.ts';
import type { EngineContext } from './studioHost.ts';

const os = implement(sweepsContract).$context<EngineContext>();

/** Sweeps: planned, begun, gone on with, reported. */
export const sweepsRouter = os.router({
  plan: os.plan.handler(({ context, input, signal }) =>
    streamed(async (watch) => {
      const { cells, threads, notes } = await planSweep(input, watch, (folder) =>
        context.studio?.guard.require(folder),
      );
      return { cells: cells.map(({ name, settings }) => ({ name, settings })), threads, notes };
    }, signal),
  ),
  begin: os.begin.handler(({ context, input, signal }) =>
    streamed((watch) => beginSweep(input, starterOf(context), watch), signal),
  ),
  resume: os.resume.handler(({ context, input, signal }) =>
    streamed((watch) => resumeSweep(input, starterOf(context), watch), signal),
  ),
  cell: os.cell.handler(({ input, signal }) =>
    streamed((watch) => trainCell(input, measureCheckpoint, watch), signal),
  ),
  status: os.status.handler(({ input }) => sweepStatus(input.sweep)),
  stop: os.stop.handler(({ input }) => stopSweep(input.sweep)),
  report: os.report.handler(({ input }) => writeReport(input.sweep)),
  list: os.list.handler(() => listSweeps()),
  follow: os.follow.handler(({ input, signal }) => followed(followSweep(input.sweep, signal))),
  start: os.start.handler(({ context, input, signal }) => {
    const { starter, guard } = hostOf(context);
    return streamed(
      (watch) => startInStudio(input, starter, watch, (folder) => void guard.require(folder)),
      signal,
    );
  }),
});

/** A command works on the queue as long as its own cells are in it; in a served Studio the host works on it all the time. */
function starterOf({ studio, commandLine }: EngineContext): SweepStarter | undefined {
  if (studio !== undefined) return studio.starter;
  return commandLine && { commandLine, worksOnQueue: true };
}
