import { useEffect, useRef } from 'react';
import { useJobs, useRuns } from '../api/runs.ts';
import { host } from '../host/host.ts';
import { noticesOfJobs, noticesOfRuns } from './notices.ts';

/** Tells by the host's notices when long work ends while a person looks elsewhere, and goes where a notice leads. */
export function useNotices(): void {
  const jobs = useJobs().value;
  const runs = useRuns().value?.runs;
  const before = useRef({ jobs, runs });
  useEffect(() => {
    const notices = [
      ...noticesOfJobs(before.current.jobs, jobs ?? []),
      ...noticesOfRuns(before.current.runs ?? [], runs ?? []),
    ];
    before.current = { jobs, runs };
    for (const notice of notices) host.notify(notice);
  }, [jobs, runs]);
  useEffect(
    () =>
      host.onGo((address) => {
        location.hash = address;
      }),
    [],
  );
}
