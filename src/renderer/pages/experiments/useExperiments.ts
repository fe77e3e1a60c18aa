import { useQuery } from '@tanstack/react-query';
import type {
  ExperimentResult,
  FollowedReproduction,
  ListedReproduction,
} from '../../../contract/experiments.ts';
import { useAddress } from '../../address/address.ts';
import { api, useAbout } from '../../api/api.ts';
import { sentenceOf } from '../../api/errors.ts';
import { useReproductions } from '../../api/reproductions.ts';
import { firstFolder, isUnderWay } from './experimentWords.ts';

const often = 1000;
const seldom = 5000;

export interface Experiments {
  /** Undefined while nothing is known yet. */
  out: string | undefined;
  listed: readonly ListedReproduction[];
  followed: FollowedReproduction | undefined;
  results: readonly ExperimentResult[];
  error: string | null;
  /** Asks again at once, after a start or a stop. */
  refresh: () => void;
}

/** The folder of the address (or the likeliest one), where its experiments stand, and what they found. */
export function useExperiments(): Experiments {
  const { params } = useAddress();
  const separator = useAbout()?.separator ?? '/';
  const list = useReproductions();
  const out = params['out'] ?? (list.data === undefined ? undefined : firstFolder(list.data, separator));
  const follow = useQuery({
    queryKey: ['experiment', out],
    queryFn: ({ signal }) => api.experiments.follow({ out: out ?? '' }, { signal }),
    enabled: out !== undefined,
    refetchInterval: ({ state }) =>
      state.data !== undefined && isUnderWay(state.data.phase) ? often : seldom,
  });
  const results = useResults(out, follow.data?.resultsKey);
  const error = list.error ?? follow.error ?? results.error;
  return {
    out,
    listed: list.data?.found ?? [],
    followed: follow.data,
    results: results.data ?? [],
    error: error === null ? null : sentenceOf(error),
    refresh: () => {
      void list.refetch();
      void follow.refetch();
    },
  };
}

/** The results of a folder, read again whenever one of them changes. */
export function useResults(
  out: string | undefined,
  key: string | undefined,
): { data: readonly ExperimentResult[] | undefined; error: Error | null } {
  const { data, error } = useQuery({
    queryKey: ['experiment-results', out, key],
    queryFn: ({ signal }) => api.experiments.read({ out: out ?? '' }, { signal }),
    enabled: out !== undefined && key !== undefined && key !== '',
  });
  return { data: data?.results, error };
}
