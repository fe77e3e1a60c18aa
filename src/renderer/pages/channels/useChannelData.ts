import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ModulesOverview } from '../../../contract/channels.ts';
import type { HiddenLevel } from '../../../contract/levels.ts';
import { api } from '../../api/api.ts';
import { useLong } from '../../api/useLong.ts';
import type { Long } from '../../api/useLong.ts';
import { picturesOf } from '../../components/pictures.ts';
import type { Pictures } from '../../components/pictures.ts';
import type { Ref } from '../../shell/useModel.ts';
import { nameOf } from '../../words.ts';
import { useChannelsAddress } from './useChannelsAddress.ts';

export interface Maps {
  maps: Pictures;
  strengths: number[];
  greatest: number;
  regions: Pictures | null;
  /** Pairs of each half that influence is a mean over; null for activations. */
  pairs: { done: number; total: number } | null;
}

/** So often the maps are asked for again while they are measured. */
const looks = 16;

export function useModules(model: Ref, level: HiddenLevel): Long<ModulesOverview> {
  return useLong({
    title: `Finding the ${level} modules of ${nameOf(model.run)}`,
    key: ['modules', model.run, model.step, level],
    start: (signal) => api.channels.modules({ ...model, level }, { signal }),
  });
}

/** Influence maps with the modules' regions; while the modules are searched, the maps as far as they are. */
export function useInfluence(
  model: Ref,
  level: HiddenLevel,
  long: Long<ModulesOverview>,
): UseQueryResult<Maps> {
  const { scale } = useChannelsAddress();
  const { progress, data: overview } = long;
  const part =
    progress?.phase === 'influence'
      ? Math.floor((looks * progress.done) / Math.max(1, progress.total))
      : null;
  const standing = overview === undefined ? part : 'found';
  return useQuery({
    queryKey: ['influence', model.run, model.step, level, scale, standing],
    enabled: standing !== null,
    // Maps of another model or level are no stand-in: they have other channels.
    placeholderData: (before, query) =>
      [1, 2, 3].every((at) => query?.queryKey[at] === [null, model.run, model.step, level][at])
        ? before
        : undefined,
    gcTime: overview === undefined ? 0 : 300_000,
    queryFn: async ({ signal }) => {
      const { maps, regions, strengths, greatest, pairs, ofPairs } = await api.channels.influence(
        { ...model, level, scale },
        { signal },
      );
      return {
        ...{ strengths, greatest, maps: await picturesOf(maps) },
        regions: regions.count === 0 ? null : await picturesOf(regions),
        pairs: { done: pairs, total: ofPairs },
      };
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
      return { maps: await picturesOf(maps), regions: null, strengths, greatest, pairs: null };
    },
  });
}
