import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { JSX } from 'react';
import { trashDays } from '../../../contract/trash.ts';
import { api } from '../../api/api.ts';
import { sentenceOf } from '../../api/errors.ts';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { Note } from '../../components/marks.tsx';
import { useAction } from '../../components/useAction.ts';
import { counted, day, when } from '../../words.ts';
import styles from './train.module.css';

/** What was deleted and can be brought back. */
export function TrashDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }): JSX.Element {
  const removed = useQuery({
    queryKey: ['runs removed'],
    queryFn: ({ signal }) => api.runs.removed(undefined, { signal }),
    enabled: isOpen,
    staleTime: 0,
  });
  const [error, setError] = useState<string | null>(null);
  const empty = useAction(() => api.runs.emptyTrash());
  const runs = removed.data ?? [];
  const failure = error ?? empty.error ?? (removed.error === null ? null : sentenceOf(removed.error));
  return (
    <Dialog
      title="Deleted runs"
      isOpen={isOpen}
      onClose={onClose}
      width={560}
      actions={
        <>
          <Button look="danger" disabled={runs.length === 0 || empty.isBusy} onClick={empty.run}>
            Delete {runs.length === 0 ? 'all' : counted(runs.length, 'run')} for good
          </Button>
          <Button onClick={onClose}>Close</Button>
        </>
      }
    >
      {runs.length === 0 ? (
        <p className="muted">
          {removed.isPending ? 'Reading…' : `None. Deleted runs are kept here for ${trashDays} days.`}
        </p>
      ) : (
        <ul className={styles.removed}>
          {runs.map(({ entry, id, removedAt, keptUntil }) => (
            <li key={entry} className="row">
              <span className="grow clip">
                <b>{id}</b>{' '}
                <span className="muted small">
                  deleted {when(removedAt)}, kept until {day(keptUntil)}
                </span>
              </span>
              <Button
                size="small"
                aria-label={`Restore ${id}`}
                onClick={() => {
                  setError(null);
                  api.runs.restore({ entry }).catch((reason: unknown) => {
                    setError(sentenceOf(reason));
                  });
                }}
              >
                Restore
              </Button>
            </li>
          ))}
        </ul>
      )}
      {failure !== null && <Note tone="bad">{failure}</Note>}
    </Dialog>
  );
}
