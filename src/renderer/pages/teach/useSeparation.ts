import { useEffect, useState } from 'react';
import type { Separation, TaughtFace } from '../../../contract/gates.ts';
import type { PartGate } from '../../../contract/recipe.ts';
import { api, useLatest } from '../../api/api.ts';
import { sentenceOf } from '../../api/errors.ts';
import type { Ref } from '../../shell/useModel.ts';

const pauseMilliseconds = 500;

export interface SeparationAnswer {
  value: Separation | undefined;
  isStale: boolean;
  error: string | null;
}

/** How well the part is told from the rest on faces that were left out, asked a moment after the last stroke. */
export function useSeparation(
  ref: Ref,
  name: string,
  faces: readonly TaughtFace[],
  start: PartGate | null,
): SeparationAnswer {
  const [settled, setSettled] = useState({ faces, start });
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled({ faces, start });
    }, pauseMilliseconds);
    return () => {
      clearTimeout(timer);
    };
  }, [faces, start]);
  const isAsked = faces.length >= 2 && settled.faces.length >= 2;
  const answer = useLatest(
    isAsked ? ['separation', ref, name, settled.faces, settled.start] : null,
    (signal) => {
      const asked = { ...ref, name, faces: [...settled.faces] };
      return api.gates.separation(
        { ...asked, ...(settled.start !== null && { start: settled.start }) },
        { signal },
      );
    },
  );
  return {
    value: isAsked ? answer.data : undefined,
    isStale: answer.isPlaceholderData || settled.faces !== faces || settled.start !== start,
    error: isAsked && answer.error !== null ? sentenceOf(answer.error) : null,
  };
}
