import type { LogEvent } from '../../contract/runLog.ts';
import type { MetricsLine } from '../../contract/runFiles.ts';
import type { FollowedRun, Job, RunListEvent } from '../../contract/studio.ts';
import { api } from './api.ts';
import { withLines } from './logLines.ts';
import { withChanges } from './runList.ts';
import type { RunList } from './runList.ts';
import { SharedStream, useStream } from './sharedStream.ts';
import type { Streamed } from './sharedStream.ts';

/** A run with everything that was measured so far. */
export type WholeRun = Omit<FollowedRun, 'restarted'>;

const runList = new SharedStream<RunListEvent, RunList>(
  (signal) => api.studio.runs.list(undefined, { signal }),
  withChanges,
);
const jobs = new SharedStream<Job[], Job[]>(
  (signal) => api.studio.jobs.follow(undefined, { signal }),
  (_before, event) => event,
);
const logs = new Map<string, SharedStream<LogEvent, LogEvent>>();
const followed = new Map<string, SharedStream<FollowedRun, WholeRun>>();
const nobody = new SharedStream<FollowedRun, WholeRun>(() => Promise.resolve(none()), append);

/** The runs of the runs folder, newest first, then the bundled model; live. */
export function useRuns(): Streamed<RunList> {
  return useStream(runList);
}

/** The engine's long work, live. */
export function useJobs(): Streamed<Job[]> {
  return useStream(jobs);
}

/** One run, live; nothing where `run` is null. */
export function useFollowedRun(run: string | null): Streamed<WholeRun> {
  return useStream(run === null ? nobody : streamOf(run));
}

/** What a run's trainers said, live: the end of it. */
export function useRunLog(run: string): Streamed<LogEvent> {
  let stream = logs.get(run);
  if (stream === undefined) {
    stream = new SharedStream((signal) => api.studio.runs.log({ run }, { signal }), withLines);
    logs.set(run, stream);
  }
  return useStream(stream);
}

function streamOf(run: string): SharedStream<FollowedRun, WholeRun> {
  let stream = followed.get(run);
  if (stream === undefined) {
    stream = new SharedStream((signal) => api.studio.runs.follow({ run }, { signal }), append);
    followed.set(run, stream);
  }
  return stream;
}

function append(before: WholeRun | undefined, event: FollowedRun): WholeRun {
  const { restarted, metrics, ...rest } = event;
  const kept: MetricsLine[] = restarted || before === undefined ? [] : before.metrics;
  return { ...rest, metrics: metrics.length === 0 ? kept : [...kept, ...metrics] };
}

async function* none(): AsyncGenerator<FollowedRun, void, void> {
  // Ends at once: nobody is followed.
}
