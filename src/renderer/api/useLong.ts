import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Progress } from '../../contract/progress.ts';
import { queries } from './api.ts';
import { sentenceOf } from './errors.ts';
import { PageWorks, usePageWorks } from './pageWorks.ts';

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

export interface LongQuestion<R> {
  /** For the bottom bar, which does not know the page: "Finding the modules of faces". */
  title: string;
  /** Null while there is no question. */
  key: readonly unknown[] | null;
  start: (signal: AbortSignal) => PromiseLike<{ next(): Promise<IteratorResult<Progress, R>> }>;
  /** False until a person asks for it; work that goes on since the page was left needs no second word. */
  isAsked?: boolean;
}

export const pageWorks = new PageWorks(sentenceOf);

/**
 * Long work of the engine whose result belongs to a question. It goes on when the page is left, and another question in
 * its place cancels it.
 */
export function useLong<R>({ title, key, start, isAsked = true }: LongQuestion<R>): Long<R> {
  const queryKey = key ?? ['nothing'];
  const name = JSON.stringify(queryKey);
  const work = usePageWorks(pageWorks).find((each) => each.name === name && each.error === null);
  const isWanted = key !== null && (isAsked || work !== undefined);
  const query = useQuery({
    queryKey,
    enabled: isWanted,
    gcTime: 600_000,
    // It has a signal of its own: the query's would end it as soon as nobody looks.
    queryFn: () => pageWorks.run({ name, title, address: location.hash }, start),
  });
  useReplaced(key === null ? null : name);
  return {
    data: query.data,
    error: query.error === null || query.isFetching ? null : sentenceOf(query.error),
    isRunning: query.isFetching,
    isCancelled: isWanted && !query.isFetching && query.data === undefined && query.error === null,
    progress: work?.progress ?? null,
    etaSeconds: work?.etaSeconds ?? null,
    cancel: () => {
      cancelWork(name);
    },
    again: () => {
      void query.refetch();
    },
  };
}

/** Stops the work on a question, wherever it was asked. */
export function cancelWork(name: string): void {
  // The query first: what it waits for then ends unheard.
  void queries.cancelQueries({ predicate: ({ queryKey }) => JSON.stringify(queryKey) === name });
  pageWorks.cancel(name);
}

/** Where the page asks something else, nobody waits for the question before. */
function useReplaced(name: string | null): void {
  const before = useRef(name);
  useEffect(() => {
    const last = before.current;
    before.current = name;
    if (last !== null && last !== name && pageWorks.isUnderWay(last)) cancelWork(last);
  }, [name]);
}
