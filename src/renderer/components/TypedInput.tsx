import type { JSX } from 'react';
import { useTyped } from './useTyped.ts';
import styles from './TypedInput.module.css';

export interface TypedInputProps {
  label: string;
  /** What stands there while nobody types. */
  shown: string;
  /** Takes what was typed, when the person presses Enter or goes on; Escape forgets it. */
  onTyped: (text: string) => void;
  disabled?: boolean;
}

/** A value that is shown as text and can be typed over. */
export function TypedInput({ label, shown, onTyped, disabled = false }: TypedInputProps): JSX.Element {
  const { typed, handlers } = useTyped(onTyped);
  return (
    <input
      className={styles.typed}
      aria-label={label}
      value={typed ?? shown}
      disabled={disabled}
      onFocus={(event) => {
        event.currentTarget.select();
      }}
      {...handlers}
    />
  );
}
