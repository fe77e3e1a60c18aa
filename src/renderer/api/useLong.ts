import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Progress } from '../../contract/progress.ts';
import { queries } from './api.ts';
import { sentenceOf } from './errors.ts';

export interface Long<R> {
  data: R | undefined;
  error: string | null;
  isRunning: boolean;
  /** Stopped by the person, with no result. */
  isCancelled: boolean;
  progress: Progress | null;
  etaSeconds: number | null;
  cancel: () => void;
  again: () => void;
}

type Start<R> = (signal: AbortSignal) => PromiseLike<{ next(): Promise<IteratorResult<Progress, R>> }>;

interface Standing {
  key: string;
  progress: Progress;
  began: number;
  now: number;
}

/** Long work of the engine whose result belongs to a question: begun when it is first asked, cancelled when nobody looks. */
export function useLong<R>(key: readonly unknown[] | null, start: Start<R>): Long<R> {
  const [standing, setStanding] = useState<Standing | null>(null);
  const queryKey = key ?? ['nothing'];
  const name = JSON.stringify(queryKey);
  const query = useQuery({
    queryKey,
    enabled: key !== null,
    gcTime: 600_000,
    queryFn: async ({ signal }) => {
      // Phases go at paces of their own: the time left is that of the phase.
      let began = performance.now();
      let phase: string | undefined;
      const iterator = await start(signal);
      for (;;) {
        const next = await iterator.next();
        if (next.done === true) return next.value;
        if (phase !== undefined && next.value.phase !== phase) began = performance.now();
        phase = next.value.phase;
        setStanding({ key: name, progress: next.value, began, now: performance.now() });
      }
    },
  });
  const current = standing?.key === name && query.isFetching ? standing : null;
  return {
    data: query.data,
    error: query.error === null || query.isFetching ? null : sentenceOf(query.error),
    isRunning: query.isFetching,
    isCancelled: key !== null && !query.isFetching && query.data === undefined && query.error === null,
    progress: current?.progress ?? null,
    etaSeconds: current === null ? null : etaOf(current),
    cancel: () => {
      void queries.cancelQueries({ queryKey });
    },
    again: () => {
      void query.refetch();
    },
  };
}

/** Nothing is said of the first second, and nothing where no end is known. */
function etaOf({ progress: { done, total }, began, now }: Standing): number | null {
  const elapsed = (now - began) / 1000;
  return done > 0 && total > done && elapsed > 1 ? (elapsed / done) * (total - done) : null;
}
