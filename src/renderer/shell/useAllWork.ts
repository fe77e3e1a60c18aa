import { useRef } from 'react';
import { usePageWorks } from '../api/pageWorks.ts';
import { useReproductionsUnderWay } from '../api/reproductions.ts';
import { useJobs, useRuns } from '../api/runs.ts';
import { pageWorks } from '../api/useLong.ts';
import { arrivalsOf, endedWork, liveWork, seenNow } from './liveWork.ts';
import type { EndedWork, LiveWork, Seen } from './liveWork.ts';

/** All that the engine, the trainers and the pages work on, the newest first, and what failed or was cancelled. */
export function useAllWork(): { live: readonly LiveWork[]; ended: readonly EndedWork[] } {
  const all = {
    jobs: useJobs().value,
    runs: useRuns().value?.runs,
    experiments: useReproductionsUnderWay(),
    pages: usePageWorks(pageWorks),
  };
  const seen = useRef<Seen>({ runs: null, experiments: null });
  seen.current = seenNow(seen.current, all, Date.now());
  return { live: liveWork(all, arrivalsOf(seen.current)), ended: endedWork(all) };
}
