import { useState } from 'react';
import type { JSX } from 'react';
import { useAction } from './useAction.ts';
import styles from './NameField.module.css';

const longest = 40;

export interface NameFieldProps {
  /** What is named. */
  label: string;
  /** What a person has called it so far. */
  given: string | null;
  /** What it is called without a name. */
  placeholder: string;
  onName: (name: string | null) => Promise<unknown>;
  onDone: () => void;
}

/** A name as it is typed: Enter keeps it, Escape leaves it, nothing typed takes it away. */
export function NameField({ label, given, placeholder, onName, onDone }: NameFieldProps): JSX.Element {
  const [text, setText] = useState(given ?? '');
  const save = useAction(async () => {
    const name = text.trim();
    if (name !== (given ?? '')) await onName(name === '' ? null : name);
    onDone();
  });
  return (
    <span className="grow">
      <input
        className={styles.input}
        autoFocus
        aria-label={label}
        placeholder={placeholder}
        maxLength={longest}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
        }}
        onBlur={save.run}
        onKeyDown={(event) => {
          if (event.key === 'Enter') save.run();
          else if (event.key === 'Escape') onDone();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      {save.error !== null && (
        <span className="bad-text small" role="alert">
          {save.error}
        </span>
      )}
    </span>
  );
}
