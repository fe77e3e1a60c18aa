import type { ComponentPropsWithoutRef, JSX } from 'react';
import styles from './SmallInput.module.css';

/** One line of text among small controls. */
export function SmallInput(props: Omit<ComponentPropsWithoutRef<'input'>, 'className'>): JSX.Element {
  return <input {...props} className={styles.input} />;
}
