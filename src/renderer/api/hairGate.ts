import { useQuery } from '@tanstack/react-query';
import type { PartGate } from '../../contract/recipe.ts';
import { api } from './api.ts';

/** The best hair gate of a checkpoint where it is at hand; null where it is not, undefined until that is known. */
export function useKnownHairGate(model: { run: string; step: number } | null): PartGate | null | undefined {
  const known = useQuery({
    queryKey: ['live hair gate known', model],
    queryFn: ({ signal }) => api.gates.knownHair(model ?? { run: '' }, { signal }),
    enabled: model !== null,
    staleTime: 0,
  });
  // Strokes that cannot be read are told of where they are painted; a step is made without them.
  return known.isError ? null : known.data;
}
