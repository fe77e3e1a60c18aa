import { useQuery } from '@tanstack/react-query';
import type { SavedStrokes } from '../../../contract/gates.ts';
import type { PartGate } from '../../../contract/recipe.ts';
import { api } from '../../api/api.ts';
import { useLong } from '../../api/useLong.ts';
import type { Long } from '../../api/useLong.ts';
import type { Ref } from '../../shell/useModel.ts';
import { nameOf } from '../../words.ts';
import { usualPart } from './partWords.ts';
import type { TeachAddress } from './useTeachAddress.ts';

export interface StartGate {
  /** What the strokes begin from; null for nothing, and while it is made. */
  gate: PartGate | null;
  /** What makes it; null for nothing. */
  work: Long<PartGate> | null;
  /** Whether the run's pictures say what hair they show; undefined while it is not known. */
  hasLabels: boolean | undefined;
  /** Strokes of the run on other parts. */
  earlier: readonly SavedStrokes[];
  /** Where the strokes on this part were saved before; null where there are none. */
  file: string | null;
}

/** The gate that the strokes begin from, made when it is first chosen. */
export function useStart(ref: Ref, { part, start, masks, earlier }: TeachAddress): StartGate {
  const { run } = ref;
  const hasLabels = useQuery({
    queryKey: ['gates attributes', ref],
    queryFn: ({ signal }) => api.gates.hasAttributes(ref, { signal }),
    enabled: part === usualPart,
  });
  const list = useQuery({
    queryKey: ['gates strokes', run],
    queryFn: ({ signal }) => api.gates.strokes.list({ run }, { signal }),
  });
  const others = (list.data ?? []).filter(({ name, faces }) => name !== part && faces > 0);
  const chosen = others.find(({ file }) => file === earlier);
  const gateFrom = start === 'masks' ? masks : start === 'earlier' ? chosen?.file : undefined;
  const isAsked = start === 'colours' || start === 'labels' || gateFrom !== undefined;
  // Strokes that changed since are another question.
  const state = start === 'earlier' ? (chosen?.strokes ?? 0) : 0;
  const work = useLong({
    title: `Making the gate to start from for ${nameOf(run)}`,
    key: isAsked ? ['gate to start from', ref, start, part, gateFrom, state] : null,
    start: (signal) => {
      if (start === 'colours') return api.gates.withoutLabels(ref, { signal });
      if (start === 'labels') return api.gates.fromAttributes(ref, { signal });
      return api.gates.fromFile({ ...ref, gateFrom: gateFrom ?? '', name: part }, { signal });
    },
  });
  return {
    gate: isAsked ? (work.data ?? null) : null,
    work: isAsked ? work : null,
    hasLabels: part === usualPart ? hasLabels.data : false,
    earlier: others,
    file: list.data?.find(({ name }) => name === part)?.file ?? null,
  };
}
