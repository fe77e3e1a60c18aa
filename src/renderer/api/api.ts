import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { keepPreviousData, QueryClient, useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import type { contract } from '../../contract/contract.ts';
import type { About } from '../../contract/studio.ts';
import { Connection, ConnectionLost } from './connection.ts';
import type { ConnectionState } from './connection.ts';
import { OutdatingLink, tellTabs } from './outdated.ts';

export const connection = new Connection();

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // What a broken connection cut off is asked again once it is back; an answer that is an error stays one.
      retry: (_failures, error) => error instanceof ConnectionLost,
      retryDelay: 0,
      networkMode: 'always',
      refetchOnWindowFocus: false,
      staleTime: Infinity,
    },
    mutations: { networkMode: 'always' },
  },
});

const outdated = tellTabs((key) => {
  void queries.invalidateQueries({ queryKey: [key] });
});

/** The engine, as the contract describes it: `await api.studio.folders.list({ folder })`. */
export const api: ContractRouterClient<typeof contract> = createORPCClient(
  new OutdatingLink(connection, outdated),
);

let wasOpen = false;
connection.subscribe(() => {
  if (connection.getState().kind !== 'open') return;
  // Another engine may answer now: everything that is open is asked again.
  if (wasOpen) void queries.invalidateQueries();
  wasOpen = true;
});

export function useConnection(): ConnectionState {
  return useSyncExternalStore(connection.subscribe, connection.getState);
}

/**
 * The newest answer to a question that changes quickly, such as while a slider moves: a question that is not the newest
 * is cancelled, and the last good answer stays until the next one is there (`isPlaceholderData` says so).
 * Null as `key` asks nothing.
 */
export function useLatest<T>(
  key: readonly unknown[] | null,
  ask: (signal: AbortSignal) => Promise<T>,
): UseQueryResult<T> {
  return useQuery({
    queryKey: key ?? ['nothing'],
    queryFn: ({ signal }) => ask(signal),
    enabled: key !== null,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
}

export function useAbout(): About | undefined {
  return useQuery({ queryKey: ['about'], queryFn: ({ signal }) => api.studio.about(undefined, { signal }) })
    .data;
}
