import { Tooltip } from '@mantine/core';
import type { JSX, ReactNode } from 'react';
import { glossary } from './glossary.ts';
import type { TermName } from './glossary.ts';
import { guidePlace } from './guideStore.ts';
import styles from './Term.module.css';

export interface TermProps {
  name: TermName;
  /** How it is written here, where that differs: "SDR, median". */
  children?: ReactNode;
}

/**
 * A term that says what it means when it is pointed at or has the focus, and leads to the guide when it is pressed. It
 * belongs where a term labels something, the first time in a panel; not within a label, a link or another button.
 */
export function Term({ name, children }: TermProps): JSX.Element {
  const { term, gloss, more } = glossary[name];
  return (
    <Tooltip
      multiline
      position="bottom-start"
      w={280}
      openDelay={150}
      transitionProps={{ duration: 0 }}
      events={{ hover: true, focus: true, touch: true }}
      classNames={{ tooltip: styles.gloss! }}
      label={
        <>
          {gloss} <span className={styles.more}>Enter or click: more in the guide.</span>
        </>
      }
    >
      <button
        type="button"
        className={styles.term}
        onClick={() => {
          guidePlace.set(more);
        }}
      >
        {children ?? term}
      </button>
    </Tooltip>
  );
}
