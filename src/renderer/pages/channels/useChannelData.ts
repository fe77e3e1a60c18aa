import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ModulesOverview } from '../../../contract/channels.ts';
import type { HiddenLevel } from '../../../contract/levels.ts';
import { api } from '../../api/api.ts';
import { picturesOf } from '../../components/pictures.ts';
import type { Pictures } from '../../components/pictures.ts';
import { useLong } from './useLong.ts';
import type { Long } from './useLong.ts';
import { useChannelsAddress } from './useChannelsAddress.ts';

/** What the engine is asked with for a model. */
export interface Ref {
  run: string;
  step: number;
}

export interface Maps {
  maps: Pictures;
  strengths: number[];
  greatest: number;
  regions: Pictures | null;
}

export function useModules(model: Ref, level: HiddenLevel): Long<ModulesOverview> {
  return useLong(['modules', model.run, model.step, level], (signal) =>
    api.channels.modules({ ...model, level }, { signal }),
  );
}

/** Influence maps with the modules' regions; nothing before the modules are found. */
export function useInfluence(
  model: Ref,
  level: HiddenLevel,
  overview: ModulesOverview | undefined,
): UseQueryResult<Maps> {
  const { scale } = useChannelsAddress();
  return useQuery({
    queryKey: ['influence', model.run, model.step, level, scale, overview?.count],
    enabled: overview !== undefined,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const { maps, regions, strengths, greatest } = await api.channels.influence(
        { ...model, level, scale },
        { signal },
      );
      return { maps: await picturesOf(maps), regions: await picturesOf(regions), strengths, greatest };
    },
  });
}

export function useActivations(model: Ref, level: HiddenLevel): UseQueryResult<Maps> {
  const { scale, face } = useChannelsAddress();
  return useQuery({
    queryKey: ['activations', model.run, model.step, level, scale, face],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const { maps, strengths, greatest } = await api.channels.activations(
        { ...model, level, scale, source: face },
        { signal },
      );
      return { maps: await picturesOf(maps), regions: null, strengths, greatest };
    },
  });
}
