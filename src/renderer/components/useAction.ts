import { useState } from 'react';
import { sentenceOf } from '../api/errors.ts';

export interface Action {
  run: () => void;
  isBusy: boolean;
  /** Why it failed the last time; shown beside the button. */
  error: string | null;
  clear: () => void;
}

/** A click that asks something of the engine: one at a time, with its error kept where it happened. */
export function useAction(work: () => Promise<unknown>): Action {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  return {
    isBusy,
    error,
    clear: () => {
      setError(null);
    },
    run: () => {
      if (isBusy) return;
      setBusy(true);
      setError(null);
      work()
        .catch((reason: unknown) => {
          setError(sentenceOf(reason));
        })
        .finally(() => {
          setBusy(false);
        });
    },
  };
}
