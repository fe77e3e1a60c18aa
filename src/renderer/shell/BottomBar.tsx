import type { JSX } from 'react';
import { Button } from '../components/Button.tsx';
import { Icon } from '../components/Icon.tsx';
import { WorkCorner } from './WorkCorner.tsx';
import styles from './BottomBar.module.css';

export interface BottomBarProps {
  command: string | null;
  /** A moment after it was copied. */
  isCopied: boolean;
  onCopy: () => void;
}

/** The command for what the page shows, and what the engine and the trainers work on. */
export function BottomBar({ command, isCopied, onCopy }: BottomBarProps): JSX.Element {
  return (
    <footer className={styles.bar}>
      <div className={styles.command}>
        {command !== null && (
          <>
            <span className={styles.prompt}>$</span>
            <code title={command}>{command}</code>
            <Button look="quiet" size="small" onClick={onCopy}>
              <Icon name={isCopied ? 'check' : 'copy'} />
              {isCopied ? 'Copied' : 'Copy as command'} <kbd>Ctrl Shift C</kbd>
            </Button>
          </>
        )}
      </div>
      <WorkCorner />
    </footer>
  );
}
