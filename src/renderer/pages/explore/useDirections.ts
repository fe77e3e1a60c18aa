import { useQuery } from '@tanstack/react-query';
import { sourceWords } from '../../../contract/directions.ts';
import type {
  Direction,
  DirectionKind,
  FoundDirections,
  GivenDirectionName,
} from '../../../contract/directions.ts';
import { api } from '../../api/api.ts';
import { useLong } from '../../api/useLong.ts';
import type { Long } from '../../api/useLong.ts';
import type { Ref } from '../../shell/useModel.ts';
import { nameOf } from '../../words.ts';

export interface Directions {
  /** The work on the directions of each kind; those that nobody wants are not asked for. */
  longs: Readonly<Record<DirectionKind, Long<FoundDirections>>>;
  /** Of all kinds that are found. */
  all: readonly Direction[];
}

/** The directions of the kinds that are wanted: found where they were not found before. */
export function useDirections(model: Ref, wanted: ReadonlySet<string>): Directions {
  const longs = {
    pictures: useKind(model, 'pictures', wanted),
    coarse: useKind(model, 'coarse', wanted),
    intermediate: useKind(model, 'intermediate', wanted),
    fine: useKind(model, 'fine', wanted),
    attributes: useKind(model, 'attributes', wanted),
  };
  return { longs, all: Object.values(longs).flatMap(({ data }) => data?.directions ?? []) };
}

function useKind(model: Ref, kind: DirectionKind, wanted: ReadonlySet<string>): Long<FoundDirections> {
  return useLong({
    title: `Finding directions of ${sourceWords(kind)}, ${nameOf(model.run)}`,
    key: wanted.has(kind) ? ['directions', model.run, model.step, kind] : null,
    start: (signal) => api.directions.find({ ...model, kind }, { signal }),
  });
}

/** The names that people gave directions. */
export function useDirectionNames(model: Ref): readonly GivenDirectionName[] {
  return (
    useQuery({
      queryKey: ['direction names', model.run, model.step],
      queryFn: ({ signal }) => api.directions.names(model, { signal }),
    }).data ?? []
  );
}
