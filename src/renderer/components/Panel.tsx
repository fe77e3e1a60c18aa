import { useId } from 'react';
import type { CSSProperties, JSX, ReactNode } from 'react';

export interface PanelProps {
  title?: ReactNode;
  /** A quiet fact beside the title. */
  fact?: ReactNode;
  /** Small controls at the right of the title. */
  tools?: ReactNode;
  /** Names the panel for screen readers where it has no title. */
  label?: string;
  /** Without the padding of the body: for tables and lists that reach the edges. */
  flush?: boolean;
  className?: string;
  style?: CSSProperties;
  children: ReactNode;
}

export function Panel({
  title,
  fact,
  tools,
  label,
  flush = false,
  className = '',
  style,
  children,
}: PanelProps): JSX.Element {
  const id = useId();
  return (
    <section
      className={`panel ${className}`}
      style={style}
      {...(title === undefined ? { 'aria-label': label } : { 'aria-labelledby': id })}
    >
      {title !== undefined && (
        <header>
          <h2 id={id}>{title}</h2>
          {fact !== undefined && <span className="muted small clip">{fact}</span>}
          {tools !== undefined && <span className="tools">{tools}</span>}
        </header>
      )}
      {flush ? children : <div className={title === undefined ? 'body alone' : 'body'}>{children}</div>}
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
    <div className="page-head">
      <h1>{title}</h1>
      <div className="what">{children}</div>
      <div className="acts">{actions}</div>
    </div>
  );
}
