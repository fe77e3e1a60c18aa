import type { JSX, ReactNode } from 'react';
import styles from './Setting.module.css';

/** A label and its control in one line; below the control, what is wrong with it. */
export function Setting({ children }: { children: ReactNode }): JSX.Element {
  return <div className={styles.setting}>{children}</div>;
}
