import type { JSX, ReactNode } from 'react';
import { classes } from '../components/classes.ts';
import { Icon } from '../components/Icon.tsx';
import styles from './ShellLine.module.css';

/** A line under the top bar: what is wrong with the connection, or with what was dropped. */
export function ShellLine({
  tone,
  role,
  children,
}: {
  tone: 'warn' | 'bad';
  role: 'alert' | 'status';
  children: ReactNode;
}): JSX.Element {
  return (
    <div className={classes(styles.line, tone === 'bad' && styles.bad)} role={role}>
      <Icon name={tone} />
      {children}
    </div>
  );
}
