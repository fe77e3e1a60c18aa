import { useEffect, useState } from 'react';
import type { JSX } from 'react';
import { setParams } from '../../address/address.ts';
import { Button } from '../../components/Button.tsx';
import { classes } from '../../components/classes.ts';
import { Check, TextField } from '../../components/controls.tsx';
import { Icon } from '../../components/Icon.tsx';
import { ImportModel } from '../../components/ImportModel.tsx';
import { Note } from '../../components/marks.tsx';
import { isTyping } from '../../shell/isTyping.ts';
import { count, counted, day } from '../../words.ts';
import { TrashDialog } from './TrashDialog.tsx';
import type { Removal } from './useRemoval.ts';
import { useTrainAddress } from './useTrainAddress.ts';
import styles from './train.module.css';

const searchId = 'search-runs';

/** Search and archive above the table, and the way back of what was deleted. */
export function RunsTools({
  count: shown,
  all,
  hidden,
  removal,
}: {
  count: number;
  all: number;
  /** How many runs are archived. */
  hidden: number;
  removal: Removal;
}): JSX.Element {
  const { search, archived } = useTrainAddress();
  const [isTrashOpen, setTrashOpen] = useState(false);
  const { removed, error, undo, dismiss } = removal;
  useSlash();
  return (
    <>
      <div className={classes('row', styles.runsTools)}>
        <span className={styles.search}>
          <TextField
            id={searchId}
            label="Search runs"
            value={search}
            placeholder="Search: name, tag:paper, lr:1e-4, steps:>1000"
            onChange={(value) => {
              setParams({ q: value === '' ? undefined : value });
            }}
          />
        </span>
        <kbd>/</kbd>
        <span className="muted small" role="status">
          {shown === all ? counted(all, 'run') : `${count(shown)} of ${counted(all, 'run')}`}
        </span>
        <span className="grow" />
        <ImportModel />
        {(hidden > 0 || archived) && (
          <Check
            label={`Archived (${count(hidden)})`}
            checked={archived}
            onChange={(value) => {
              setParams({ archived: value ? 'yes' : undefined });
            }}
          />
        )}
        <Button
          look="quiet"
          size="small"
          onClick={() => {
            setTrashOpen(true);
          }}
        >
          <Icon name="trash" />
          Deleted runs…
        </Button>
      </div>
      {removed !== null && (
        <Note
          tone="info"
          action={
            <>
              <Button
                size="small"
                onClick={() => {
                  undo(removed);
                }}
              >
                Undo
              </Button>
              <Button look="quiet" size="small" square aria-label="Dismiss" onClick={dismiss}>
                <Icon name="close" />
              </Button>
            </>
          }
        >
          {removed.id} is deleted. It is kept until {day(removed.keptUntil)}.
        </Note>
      )}
      {error !== null && <Note tone="bad">{error}</Note>}
      <TrashDialog
        isOpen={isTrashOpen}
        onClose={() => {
          setTrashOpen(false);
        }}
      />
    </>
  );
}

/** `/` goes to the search. */
function useSlash(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
        return;
      if (document.querySelector('[role="dialog"]') !== null) return;
      event.preventDefault();
      document.getElementById(searchId)?.focus();
    };
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', onKey);
    };
  }, []);
}
