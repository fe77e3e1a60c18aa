import { useEffect, useRef, useState } from 'react';
import type { JSX } from 'react';
import { api } from '../../api/api.ts';
import { Button } from '../../components/Button.tsx';
import { Note } from '../../components/marks.tsx';
import { sentenceOf } from '../../api/errors.ts';
import type { QueueProps } from './queueRows.ts';
import { QueueRow } from './QueueRow.tsx';
import type { Deeds } from './QueueRow.tsx';
import { moveTo, rowsOf } from './queueRows.ts';
import styles from './queue.module.css';

/** A queue that is longer has a button that shows more of it. */
const firstShown = 8;
const moreShown = 50;

/** The runs of the queue, one a row: dragged, or moved with Alt and an arrow. */
export function QueueRows({ queue, onChange }: QueueProps): JSX.Element {
  const [most, setMost] = useState(firstShown);
  const [error, setError] = useState<string | null>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  const [target, setTarget] = useState<number | null>(null);
  const refocus = useMovedFocus();
  const rows = rowsOf(queue);
  const act = (change: ReturnType<typeof api.queue.show>): void => {
    setError(null);
    change.then(onChange, (reason: unknown) => {
      setError(sentenceOf(reason));
    });
  };
  const move = (id: string, place: number): void => {
    const before = moveTo(rows, id, place);
    if (before !== undefined) act(api.queue.move({ entry: id, before }));
  };
  const deeds: Deeds = {
    move: (id, place) => {
      refocus();
      move(id, place);
    },
    hold: (id, isHeld) => {
      act(api.queue.hold({ entry: id, isHeld }));
    },
    retry: (id) => {
      act(api.queue.retry({ entry: id }));
    },
    remove: (id) => {
      act(api.queue.remove({ entry: id }));
    },
  };
  const hidden = rows.length - most;
  return (
    <>
      {error !== null && <Note tone="bad">{error}</Note>}
      <div className={styles.scroll}>
        <table>
          <Head />
          <tbody>
            {rows.slice(0, most).map((row) => (
              <QueueRow
                key={row.entry.id}
                row={row}
                isPaused={queue.isPaused}
                isLast={row.place === rows.filter(({ place }) => place !== null).length}
                isTarget={row.place !== null && row.place === target}
                deeds={deeds}
                drag={{
                  start: () => {
                    setDragged(row.entry.id);
                  },
                  over: () => {
                    if (dragged !== null) setTarget(row.place);
                    return dragged !== null && row.place !== null;
                  },
                  drop: () => {
                    if (dragged !== null && row.place !== null) move(dragged, row.place);
                  },
                  end: () => {
                    setDragged(null);
                    setTarget(null);
                  },
                }}
              />
            ))}
          </tbody>
        </table>
      </div>
      {hidden > 0 && (
        <Button
          look="quiet"
          size="small"
          className={styles.more}
          onClick={() => {
            setMost(most + moreShown);
          }}
        >
          Show {Math.min(hidden, moreShown)} more of {rows.length}
        </Button>
      )}
    </>
  );
}

function Head(): JSX.Element {
  return (
    <thead>
      <tr>
        <th>
          <span className="visually-hidden">Place</span>
        </th>
        <th>Run</th>
        <th>State</th>
        <th className="num">Steps</th>
        <th className="num">Begins in</th>
        <th className="num">Ends in</th>
        <th className="num">Takes</th>
        <th className="num">
          <span className="muted small">
            drag, or <kbd>Alt ↑</kbd> <kbd>Alt ↓</kbd>
          </span>
        </th>
      </tr>
    </thead>
  );
}

/** A row that is moved takes its control along: the browser forgets the focus of what is put elsewhere. */
function useMovedFocus(): () => void {
  const focused = useRef<HTMLElement | null>(null);
  useEffect(() => {
    const element = focused.current;
    if (element === null || !element.isConnected || document.activeElement === element) return;
    if (document.activeElement === document.body) element.focus();
    focused.current = null;
  });
  return () => {
    focused.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
  };
}
