import { useState } from 'react';
import { useAction } from '../../components/useAction.ts';

export interface Saved {
  run: () => void;
  isBusy: boolean;
  error: string | null;
  /** The file that was written the last time. */
  saved: string | null;
}

/** Saves something, and says where it is. */
export function useSaved(work: () => Promise<{ file: string }>): Saved {
  const [saved, setSaved] = useState<string | null>(null);
  const action = useAction(async () => {
    setSaved(null);
    setSaved((await work()).file);
  });
  return { run: action.run, isBusy: action.isBusy, error: action.error, saved };
}
