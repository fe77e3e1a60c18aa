import { useEffect, useRef } from 'react';
import { useQueue } from '../api/queue.ts';
import { useJobs, useRuns } from '../api/runs.ts';
import { host } from '../host/host.ts';
import { noticesOfJobs, noticesOfQueue, noticesOfRuns } from './notices.ts';

/** Tells by the host's notices when long work ends while a person looks elsewhere, and goes where a notice leads. */
export function useNotices(): void {
  const jobs = useJobs().value;
  const runs = useRuns().value?.runs;
  const queued = useQueue().value?.runs;
  const before = useRef({ jobs, runs, queued });
  useEffect(() => {
    const notices = [
      ...noticesOfJobs(before.current.jobs, jobs ?? []),
      ...noticesOfRuns(before.current.runs ?? [], runs ?? [], queued),
      ...noticesOfQueue(before.current.queued, queued ?? []),
    ];
    before.current = { jobs, runs, queued };
    for (const notice of notices) host.notify(notice);
  }, [jobs, runs, queued]);
  useEffect(
    () =>
      host.onGo((address) => {
        location.hash = address;
      }),
    [],
  );
}
