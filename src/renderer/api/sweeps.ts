import { useQuery } from '@tanstack/react-query';
import type { SweepReport } from '../../contract/sweeps.ts';
import { api } from './api.ts';
import { SharedStream, useStream } from './sharedStream.ts';
import type { Streamed } from './sharedStream.ts';

export type ListedSweep = Awaited<ReturnType<typeof api.sweeps.list>>[number];

/** Cells end seldom; the list is asked for again so often while somebody looks. */
const listMilliseconds = 10_000;

const followed = new Map<string, SharedStream<SweepReport, SweepReport>>();

/** A sweep with all its cells, live. */
export function useSweep(sweep: string): Streamed<SweepReport> {
  let stream = followed.get(sweep);
  if (stream === undefined) {
    stream = new SharedStream(
      (signal) => api.sweeps.follow({ sweep }, { signal }),
      (_before, event) => event,
    );
    followed.set(sweep, stream);
  }
  return useStream(stream);
}

/** The sweeps of the runs folder, newest first. */
export function useSweeps(): ListedSweep[] {
  const { data } = useQuery({
    queryKey: ['sweeps'],
    queryFn: ({ signal }) => api.sweeps.list(undefined, { signal }),
    refetchInterval: listMilliseconds,
  });
  return data ?? [];
}
