import type { JSX, ReactNode } from 'react';
import { Meter } from './marks.tsx';
import styles from './ProgressLine.module.css';

export interface ProgressLineProps {
  /** What it is, how far it is, and the buttons. */
  children: ReactNode;
  /** From 0 to 1; undefined where nothing is measured. */
  share?: number;
  label: string;
}

/** Long work while it lasts. */
export function ProgressLine({ children, share, label }: ProgressLineProps): JSX.Element {
  return (
    <div className={styles.line} data-waiting>
      <div className="row small">{children}</div>
      {share !== undefined && <Meter thin share={share} label={label} />}
    </div>
  );
}
