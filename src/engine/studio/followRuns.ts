import type { FollowedRun } from '../../contract/studio.ts';
import { checkpointSteps } from '../runs/checkpoints.ts';
import { runPaths } from '../runs/runFolder.ts';
import { MetricsTail } from './metricsTail.ts';
import { fingerprintOf, sampleSteps } from './runSummaries.ts';
import type { ListedRuns, RunSummaries } from './runSummaries.ts';
import { pauseFor } from '../session/signal.ts';

/** Charts take new points at most twice a second; looking at a few files costs less than being told by the system. */
const lookEveryMilliseconds = 500;
/** Looking takes a fiftieth of the time at most, however many runs there are. */
const restForLook = 50;

/** All runs, again whenever one of them changes. */
export async function* followList(
  summaries: RunSummaries,
  signal: AbortSignal | undefined,
): AsyncGenerator<ListedRuns, void, void> {
  let told: ListedRuns | undefined;
  let took = 0;
  do {
    const begun = performance.now();
    const listed = await summaries.list();
    const isNew = told === undefined || !isSame(told, listed);
    took = performance.now() - begun;
    if (!isNew) continue;
    told = listed;
    yield listed;
  } while (await pauseFor(Math.max(lookEveryMilliseconds, took * restForLook), signal));
}

/** A run in which nothing happened is told by the same object. */
function isSame(before: ListedRuns, now: ListedRuns): boolean {
  return (
    before.runs.length === now.runs.length &&
    now.runs.every(
      (run, at) => run === before.runs[at] || JSON.stringify(run) === JSON.stringify(before.runs[at]),
    ) &&
    JSON.stringify([before.folder, before.unreadable]) === JSON.stringify([now.folder, now.unreadable])
  );
}

/** One run: where it stands and what was measured since the event before. */
export async function* followRun(
  summaries: RunSummaries,
  folder: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<FollowedRun, void, void> {
  const tail = new MetricsTail(runPaths(folder).metrics);
  let told = '';
  do {
    const summary = await summaries.read(folder);
    const fingerprint = `${await fingerprintOf(folder)} ${summary.state}`;
    if (fingerprint === told) continue;
    const isFirst = told === '';
    told = fingerprint;
    const { lines, restarted } = await tail.read();
    yield {
      summary,
      checkpoints: await checkpointSteps(folder),
      samples: await sampleSteps(folder),
      metrics: lines,
      restarted: isFirst || restarted,
    };
  } while (await pauseFor(lookEveryMilliseconds, signal));
}
