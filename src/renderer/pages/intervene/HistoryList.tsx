import type { JSX } from 'react';
import { classes } from '../../components/classes.ts';
import { clock } from '../../words.ts';
import { changesSinceSaved } from './history.ts';
import type { Work } from './history.ts';
import styles from './HistoryList.module.css';

const shownStates = 6;

/** The last changes; the one that is shown is marked. */
export function HistoryList({ work }: { work: Work }): JSX.Element {
  const first = Math.max(1, Math.min(work.now - shownStates + 2, work.states.length - shownStates));
  const shown = work.states.slice(first, first + shownStates);
  return (
    <div className={styles.history}>
      <header className="row between">
        <h3>History</h3>
        <span className="muted small">
          {changesSinceSaved(work) === 0 ? 'with the recipe' : 'kept in this browser'}
        </span>
      </header>
      <ol className={styles.list}>
        {shown.map((state, index) => {
          const isNow = first + index === work.now;
          return (
            <li
              key={`${first + index} ${state.at}`}
              className={classes(isNow && styles.now)}
              aria-current={isNow}
            >
              <span className="clip" title={state.words}>
                {state.words}
              </span>
              <span>{clock(new Date(state.at))}</span>
            </li>
          );
        })}
        {shown.length === 0 && (
          <li>
            <span>Changes appear here</span>
          </li>
        )}
      </ol>
    </div>
  );
}
