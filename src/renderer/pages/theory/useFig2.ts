import type { Fig2Result } from '../../../contract/theory.ts';
import { api, useLatest } from '../../api/api.ts';
import { sentenceOf } from '../../api/errors.ts';
import { useNumberParam, useTheoryAddress } from './useTheoryAddress.ts';

/** Figure 2 with its pictures for every g: bytes, [g − 1][height][width], 0 for `low` and 255 for `high`. */
export interface StretchedEyes {
  result: Fig2Result;
  low: number;
  high: number;
  truth: Uint8Array;
  other: Uint8Array;
}

export interface Fig2View {
  data: StretchedEyes | undefined;
  error: string | null;
  isStale: boolean;
  /** The distance that the eyes are moved to, in pixels. */
  to: number;
  setTo: (to: number) => void;
  /** What the shown picture is asked with. */
  parameters: { dimension: 1 | 2; solution: 'balanced' | 'random'; seed: number; stretch?: number };
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** All stretches are asked for at once: moving the eyes asks for nothing. */
export function useFig2(): Fig2View {
  const { dimension, solution, member } = useTheoryAddress();
  const parameters = { dimension, solution, seed: member };
  const { data, error, isPlaceholderData } = useLatest(
    ['theory', 'stretches', parameters],
    async (signal): Promise<StretchedEyes> => {
      const { truth, other, ...rest } = await api.theory.stretches({ parameters }, { signal });
      return { ...rest, truth: bytesOf(truth), other: bytesOf(other) };
    },
  );
  const usual = data?.result.rows[0]?.stretchedDistance ?? 30;
  const most = (data?.result.parameters.size ?? 61) - 1;
  const [asked, setTo] = useNumberParam('to', usual, { min: 1, max: most });
  const to = Math.round(asked);
  const stretch = data?.result.curve.find(({ distance }) => distance === to)?.g;
  return {
    data,
    error: error === null ? null : sentenceOf(error),
    isStale: isPlaceholderData,
    to,
    setTo,
    parameters: { ...parameters, ...(stretch !== undefined && { stretch }) },
  };
}
