import { useId } from 'react';
import type { CSSProperties, JSX, ReactNode } from 'react';
import { classes } from './classes.ts';
import styles from './Panel.module.css';

export interface PanelProps {
  title?: ReactNode;
  /** A quiet fact beside the title. */
  fact?: ReactNode;
  /** Small controls at the right of the title. */
  tools?: ReactNode;
  /** Names the panel for screen readers where it has no title. */
  label?: string;
  /** Or the id of a heading of its own does. */
  labelledBy?: string;
  /** Without the padding of the body: for tables and lists that reach the edges. */
  flush?: boolean;
  className?: string | undefined;
  bodyClassName?: string | undefined;
  style?: CSSProperties;
  children: ReactNode;
}

export function Panel({
  title,
  fact,
  tools,
  label,
  labelledBy,
  flush = false,
  className,
  bodyClassName,
  style,
  children,
}: PanelProps): JSX.Element {
  const id = useId();
  return (
    <section
      className={classes(styles.panel, className)}
      style={style}
      aria-label={title === undefined ? label : undefined}
      aria-labelledby={title === undefined ? labelledBy : id}
    >
      {title !== undefined && (
        <header className={styles.header}>
          <h2 id={id}>{title}</h2>
          {fact !== undefined && <span className="muted small clip">{fact}</span>}
          {tools !== undefined && <span className={styles.tools}>{tools}</span>}
        </header>
      )}
      {flush ? (
        children
      ) : (
        <div className={classes(styles.body, title === undefined && styles.alone, bodyClassName)}>
          {children}
        </div>
      )}
    </section>
  );
}

export interface PageHeadProps {
  title: string;
  /** A choice or a sentence. */
  children?: ReactNode;
  actions?: ReactNode;
}

export function PageHead({ title, children, actions }: PageHeadProps): JSX.Element {
  return (
    <div className={styles.head}>
      <h1>{title}</h1>
      <div className={styles.what}>{children}</div>
      <div className={styles.acts}>{actions}</div>
    </div>
  );
}
