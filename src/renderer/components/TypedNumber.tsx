import { useId } from 'react';
import type { JSX } from 'react';
import { classes } from './classes.ts';
import { complaintOf, entryOf, goodNumber, withoutUnit } from './numbers.ts';
import type { NumberRule } from './numbers.ts';
import { useTyped } from './useTyped.ts';
import styles from './TypedNumber.module.css';

export interface TypedNumberProps {
  label: string;
  /** What stands there while nobody types. */
  shown: string;
  rule: NumberRule;
  /** Takes the number that was typed, when the person presses Enter or goes on; Escape forgets it. */
  onTyped: (value: number) => void;
  disabled?: boolean;
  /** Whether its frame is always there, as where it stands alone. */
  isFramed?: boolean;
}

/** A number that is shown as text and can be typed over. What breaks the rule stays and is said, and changes nothing. */
export function TypedNumber({
  label,
  shown,
  rule,
  onTyped,
  disabled = false,
  isFramed = false,
}: TypedNumberProps): JSX.Element {
  const noteId = useId();
  const { typed, complaint, handlers } = useTyped(
    shown,
    (text) => {
      const value = goodNumber(entryOf(withoutUnit(text)), rule);
      if (value !== undefined) onTyped(value);
    },
    (text) => complaintOf(entryOf(withoutUnit(text)), rule),
  );
  const isWrong = complaint !== undefined;
  return (
    <span className={styles.box}>
      <input
        className={classes(styles.typed, isFramed && styles.framed, isWrong && styles.wrong)}
        aria-label={label}
        aria-invalid={isWrong}
        autoComplete="off"
        value={typed ?? shown}
        disabled={disabled}
        onFocus={(event) => {
          event.currentTarget.select();
        }}
        {...(isWrong && { 'aria-describedby': noteId })}
        {...handlers}
      />
      {isWrong && (
        <span id={noteId} className={styles.complaint}>
          {complaint}
        </span>
      )}
    </span>
  );
}
