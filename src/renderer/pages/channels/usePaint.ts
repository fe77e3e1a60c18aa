import { useEffect, useMemo, useState } from 'react';
import type { ChannelRankReport } from '../../../contract/channels.ts';
import type { HiddenLevel } from '../../../contract/levels.ts';
import { api, useLatest } from '../../api/api.ts';
import { sentenceOf } from '../../api/errors.ts';
import type { Ref } from '../../shell/useModel.ts';

const restMilliseconds = 120;
const memoryKey = 'extrapolation-painted';

export interface PaintedRank {
  mask: ReadonlySet<number>;
  setMask: (mask: ReadonlySet<number>) => void;
  ranks: readonly ChannelRankReport[];
  isStale: boolean;
  error: string | null;
}

/** What is painted, kept over a reload, and the ranking that follows it once the brush rests. */
export function usePaint(model: Ref, level: HiddenLevel, isReady: boolean): PaintedRank {
  const [mask, setMask] = useState<ReadonlySet<number>>(readMask);
  const [rested, setRested] = useState(mask);
  useEffect(() => {
    const timer = setTimeout(() => {
      setRested(mask);
      sessionStorage.setItem(memoryKey, JSON.stringify([...mask]));
    }, restMilliseconds);
    return () => {
      clearTimeout(timer);
    };
  }, [mask]);
  const pixels = useMemo(() => [...rested].sort((a, b) => a - b), [rested]);
  const isAsked = isReady && pixels.length > 0;
  const answer = useLatest(
    isAsked ? ['rank', model.run, model.step, level, pixels.join(' ')] : null,
    (signal) => api.channels.rank({ ...model, level, pixels }, { signal }),
  );
  const ranks = isAsked && answer.error === null ? (answer.data?.ranks ?? []) : [];
  return {
    mask,
    setMask,
    ranks,
    isStale: answer.isPlaceholderData || rested !== mask,
    error: isAsked && answer.error !== null ? sentenceOf(answer.error) : null,
  };
}

function readMask(): ReadonlySet<number> {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(memoryKey) ?? '[]');
    return new Set(Array.isArray(found) ? found.filter((one): one is number => typeof one === 'number') : []);
  } catch {
    return new Set();
  }
}
