import { useEffect, useMemo, useState } from 'react';
import type { ChannelRankReport } from '../../../contract/channels.ts';
import type { HiddenLevel } from '../../../contract/levels.ts';
import { api, useLatest } from '../../api/api.ts';
import { sentenceOf } from '../../api/errors.ts';
import type { Ref } from '../../shell/useModel.ts';
import { maskOf, moved, painted, startPainting } from './paintHistory.ts';
import type { Mask } from './paintHistory.ts';

const restMilliseconds = 120;
const memoryKey = 'extrapolation-painted';

export interface PaintedRank {
  mask: Mask;
  /** `isNewStroke`: can be undone by itself. */
  setMask: (mask: Mask, isNewStroke: boolean) => void;
  undo: () => void;
  redo: () => void;
  canUndo: boolean;
  canRedo: boolean;
  ranks: readonly ChannelRankReport[];
  isStale: boolean;
  error: string | null;
}

/** What is painted, kept over a reload, and the ranking that follows it once the brush rests. */
export function usePaint(model: Ref, level: HiddenLevel, isReady: boolean): PaintedRank {
  const [history, setHistory] = useState(() => startPainting(readMask()));
  const mask = maskOf(history);
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
    setMask: (next, isNewStroke) => {
      setHistory((before) => painted(before, next, isNewStroke));
    },
    undo: () => {
      setHistory((before) => moved(before, -1));
    },
    redo: () => {
      setHistory((before) => moved(before, 1));
    },
    canUndo: history.now > 0,
    canRedo: history.now < history.states.length - 1,
    ranks,
    isStale: answer.isPlaceholderData || rested !== mask,
    error: isAsked && answer.error !== null ? sentenceOf(answer.error) : null,
  };
}

function readMask(): Mask {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(memoryKey) ?? '[]');
    return new Set(Array.isArray(found) ? found.filter((one): one is number => typeof one === 'number') : []);
  } catch {
    return new Set();
  }
}
