import { useEffect } from 'react';
import type { JSX } from 'react';
import { Button } from '../components/Button.tsx';
import { useHeld } from '../components/held.ts';
import { said } from '../components/said.ts';
import styles from './pictures.module.css';

const shownMilliseconds = 6000;

/** What was just done, for a few seconds, with the way back where there is one. */
export function SaidLine(): JSX.Element {
  const now = useHeld(said);
  useEffect(() => {
    if (now === null) return;
    const timer = setTimeout(() => {
      said.set(null);
    }, shownMilliseconds);
    return () => {
      clearTimeout(timer);
    };
  }, [now]);
  return (
    <div className={styles.said} role="status" data-said={now !== null}>
      {now !== null && (
        <p>
          <span className={now.tone === 'bad' ? 'bad-text' : undefined}>{now.words}</span>
          {now.undo !== undefined && (
            <Button
              size="small"
              onClick={() => {
                now.undo?.();
                said.set(null);
              }}
            >
              Undo
            </Button>
          )}
        </p>
      )}
    </div>
  );
}
