import type { JSX, ReactNode } from 'react';
import { classes } from './classes.ts';
import styles from './MenuList.module.css';

export interface MenuListProps {
  role: 'listbox' | 'group';
  label: string;
  id?: string;
  className?: string | undefined;
  /** A button each. */
  children: ReactNode;
  /** Said where there is nothing to choose. */
  nothing?: ReactNode;
}

/** Things to choose from, one below the other: what opens from a bar, or stands in a dialog. */
export function MenuList({ role, label, id, className, children, nothing }: MenuListProps): JSX.Element {
  return (
    <div className={classes(styles.menu, className)} role={role} id={id} aria-label={label}>
      {children}
      {nothing !== undefined && <div className={styles.nothing}>{nothing}</div>}
    </div>
  );
}
