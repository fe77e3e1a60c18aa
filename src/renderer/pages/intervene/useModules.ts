import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FluoHairModule, FluoHairModules } from '../../../contract/intervene.ts';
import { api } from '../../api/api.ts';
import { useLong } from '../../api/useLong.ts';
import type { Long } from '../../api/useLong.ts';
import { nameOf } from '../../words.ts';

export interface Modules {
  /** Undefined while it is not known whether they were found before; null where they were not. */
  modules: readonly FluoHairModule[] | null | undefined;
  fineChannels: number | null;
  search: Long<FluoHairModules>;
  /** Whether the search was asked for since the page was opened. */
  isAsked: boolean;
  find: () => void;
}

/** The modules of a checkpoint's fine level: those that were found before, or a search when it is asked for. */
export function useModules(run: string, step: number): Modules {
  const key = `${run} ${step}`;
  const [asked, setAsked] = useState<string | null>(null);
  const known = useQuery({
    queryKey: ['live modules known', key],
    queryFn: ({ signal }) => api.intervene.knownModules({ run, step }, { signal }),
    staleTime: 0,
  });
  const search = useLong({
    title: `Finding the modules of ${nameOf(run)}`,
    key: ['live modules', key],
    start: (signal) => api.intervene.findModules({ run, step }, { signal }),
    isAsked: asked === key,
  });
  const found = search.data ?? known.data;
  return {
    modules: found === undefined ? undefined : (found?.modules ?? null),
    fineChannels: found?.fineChannels ?? null,
    search,
    isAsked: asked === key,
    find: () => {
      if (asked === key) search.again();
      setAsked(key);
    },
  };
}
