import type { JSX, ReactNode } from 'react';
import { classes } from './classes.ts';
import styles from './ChartKey.module.css';

/** A mark as it is drawn in a chart, and what it stands for. */
export function ChartKey({
  className,
  children,
}: {
  className?: string | undefined;
  children: ReactNode;
}): JSX.Element {
  return <span className={classes(styles.key, className)}>{children}</span>;
}
