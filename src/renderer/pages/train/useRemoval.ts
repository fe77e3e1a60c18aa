import { useState } from 'react';
import type { RunSummary } from '../../../contract/studio.ts';
import type { RemovedRun } from '../../../contract/trash.ts';
import { paramsNow, setParams } from '../../address/address.ts';
import { api } from '../../api/api.ts';
import { sentenceOf } from '../../api/errors.ts';
import { refOf } from '../../shell/useModel.ts';

export interface Removal {
  /** The run that was deleted last, until it is undone or dismissed. */
  removed: RemovedRun | null;
  error: string | null;
  remove: (run: RunSummary) => void;
  undo: (removed: RemovedRun) => void;
  dismiss: () => void;
}

/** Deleting needs no question, as it can be undone. */
export function useRemoval(): Removal {
  const [removed, setRemoved] = useState<RemovedRun | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [wasShown, setWasShown] = useState(false);
  const tell = (work: Promise<void>): void => {
    setError(null);
    work.catch((reason: unknown) => {
      setError(sentenceOf(reason));
    });
  };
  return {
    removed,
    error,
    remove: (run) => {
      tell(
        api.studio.runs.remove({ run: refOf(run) }).then((moved) => {
          setRemoved(moved);
          setWasShown(paramsNow()['run'] === refOf(run));
          forget(refOf(run));
        }),
      );
    },
    undo: ({ entry }) => {
      tell(
        api.runs.restore({ entry }).then(({ id }) => {
          setRemoved(null);
          if (wasShown) setParams({ run: id, step: undefined });
        }),
      );
    },
    dismiss: () => {
      setRemoved(null);
      setError(null);
    },
  };
}

/** The address names no run that is gone. */
function forget(ref: string): void {
  const { run, overlay } = paramsNow();
  const kept = (overlay ?? '').split(',').filter((name) => name !== '' && name !== ref);
  setParams({
    ...(run === ref && { run: undefined, step: undefined }),
    overlay: kept.length === 0 ? undefined : kept.join(','),
  });
}
