import { useId, useState } from 'react';
import type { JSX } from 'react';
import { classes } from './classes.ts';
import { complaintOf, entryOf, textOf } from './numbers.ts';
import type { NumberEntry, NumberRule } from './numbers.ts';
import styles from './NumberField.module.css';

export interface NumberFieldProps {
  id?: string;
  label?: string;
  describedBy?: string;
  value: NumberEntry;
  /** Gets whatever is typed: a number, or the text where it is none. What breaks the rule arrives, too. */
  onChange: (value: NumberEntry) => void;
  rule: NumberRule;
  /** What an arrow key adds or takes away. */
  step?: number;
  width?: number;
  disabled?: boolean;
}

interface Typed {
  text: string;
  /** The value that the text was typed over, and then the one that it became. */
  over: NumberEntry;
}

/**
 * A number that is typed, as people type numbers, or stepped with the arrow keys. What was typed stays as it is;
 * where it breaks the rule, the field says the rule.
 */
export function NumberField(props: NumberFieldProps): JSX.Element {
  const { id, label, describedBy, value, onChange, rule, step = 1, width, disabled = false } = props;
  const noteId = useId();
  const [typed, setTyped] = useState<Typed | null>(null);
  if (typed !== null && value !== typed.over)
    setTyped(value === entryOf(typed.text) ? { ...typed, over: value } : null);
  const text = typed?.text ?? textOf(value);
  const complaint = complaintOf(entryOf(text), rule);
  const enter = (next: string): void => {
    setTyped({ text: next, over: value });
    onChange(entryOf(next));
  };
  return (
    <span className={styles.number}>
      <input
        className={classes(styles.input, complaint !== undefined && styles.wrong)}
        value={text}
        disabled={disabled}
        inputMode={rule.whole === true ? 'numeric' : 'decimal'}
        autoComplete="off"
        aria-invalid={complaint !== undefined}
        aria-describedby={[complaint !== undefined ? noteId : '', describedBy ?? ''].join(' ').trim()}
        onChange={(event) => {
          enter(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
          if (direction === undefined) return;
          event.preventDefault();
          const next = stepped(entryOf(text), direction * step);
          if (next !== undefined && complaintOf(next, rule) === undefined) enter(textOf(next));
        }}
        {...(id !== undefined && { id })}
        {...(label !== undefined && { 'aria-label': label })}
        {...(width !== undefined && { style: { width } })}
      />
      {complaint !== undefined && (
        <span id={noteId} className={styles.complaint}>
          {complaint}
        </span>
      )}
    </span>
  );
}

/** The entry a step on, without the digits that floating point adds; undefined where there is no number to step from. */
function stepped(entry: NumberEntry, by: number): number | undefined {
  return typeof entry === 'number' ? Number((entry + by).toPrecision(12)) : undefined;
}
