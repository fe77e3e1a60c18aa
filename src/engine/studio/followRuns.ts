import type { FollowedRun } from '../../contract/studio.ts';
import { checkpointSteps } from '../runs/checkpoints.ts';
import { runPaths } from '../runs/runFolder.ts';
import { MetricsTail } from './metricsTail.ts';
import { fingerprintOf, sampleSteps } from './runSummaries.ts';
import type { RunSummaries } from './runSummaries.ts';
import { pauseFor } from '../session/signal.ts';

/** Charts take new points at most twice a second; looking at a few files costs less than being told by the system. */
const lookEveryMilliseconds = 500;

type Listed = Awaited<ReturnType<RunSummaries['list']>>;

/** All runs, again whenever one of them changes. */
export async function* followList(
  summaries: RunSummaries,
  signal: AbortSignal | undefined,
): AsyncGenerator<Listed, void, void> {
  let told = '';
  do {
    const listed = await summaries.list();
    const text = JSON.stringify(listed);
    if (text === told) continue;
    told = text;
    yield listed;
  } while (await pauseFor(lookEveryMilliseconds, signal));
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
