import { useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ListedReproduction } from '../../contract/experiments.ts';
import { api } from './api.ts';

const lookEveryMilliseconds = 5000;

/** The folders with experiments, looked at every few seconds: they are made by processes of their own. */
export function useReproductions(): UseQueryResult<{ folder: string; found: ListedReproduction[] }> {
  return useQuery({
    queryKey: ['experiments'],
    queryFn: ({ signal }) => api.experiments.list(undefined, { signal }),
    refetchInterval: lookEveryMilliseconds,
  });
}

/** Those that are being made now; undefined before that is known. */
export function useReproductionsUnderWay(): ListedReproduction[] | undefined {
  const found = useReproductions().data?.found;
  return found?.filter(({ phase }) => ['starting', 'working', 'stopping'].includes(phase));
}
