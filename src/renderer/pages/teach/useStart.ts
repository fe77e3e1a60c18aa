import { useQuery } from '@tanstack/react-query';
import type { SavedStrokes } from '../../../contract/gates.ts';
import type { PartGate } from '../../../contract/recipe.ts';
import { api } from '../../api/api.ts';
import { useLong } from '../../api/useLong.ts';
import type { Long } from '../../api/useLong.ts';
import type { Ref } from '../../shell/useModel.ts';
import { usualPart } from './partWords.ts';
import type { TeachAddress } from './useTeachAddress.ts';

export interface StartGate {
  /** What the strokes begin from; null for nothing, and while it is made. */
  gate: PartGate | null;
  /** What makes it; null for nothing. */
  work: Long<unknown> | null;
  /** Files of the folder of masks that could not be used. */
  skipped: readonly string[];
  /** Whether the run's pictures say what hair they show; undefined while it is not known. */
  hasLabels: boolean | undefined;
  /** Strokes of the run on other parts. */
  earlier: readonly SavedStrokes[];
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
  const labels = useLong(start === 'labels' ? ['gate of attributes', ref] : null, (signal) =>
    api.gates.fromAttributes(ref, { signal }),
  );
  const path = start === 'masks' ? masks : start === 'earlier' ? chosen?.file : undefined;
  const file = useLong(
    path === undefined ? null : ['gate of a file', ref, part, path, chosen?.strokes ?? 0],
    (signal) => api.gates.fromFile({ ...ref, path: path ?? '', name: part }, { signal }),
  );
  return {
    gate: start === 'labels' ? (labels.data ?? null) : path === undefined ? null : (file.data?.gate ?? null),
    work: start === 'labels' ? labels : path === undefined ? null : file,
    skipped:
      path === undefined ? [] : (file.data?.skipped ?? []).map((each) => `${each.file}: ${each.reason}`),
    hasLabels: part === usualPart ? hasLabels.data : false,
    earlier: others,
  };
}
