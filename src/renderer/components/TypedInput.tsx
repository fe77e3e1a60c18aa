import { useState } from 'react';
import type { JSX } from 'react';

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
  const [typed, setTyped] = useState<string | null>(null);
  const accept = (): void => {
    if (typed !== null) onTyped(typed);
    setTyped(null);
  };
  return (
    <input
      className="typed"
      aria-label={label}
      value={typed ?? shown}
      disabled={disabled}
      onFocus={(event) => {
        event.currentTarget.select();
      }}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
      }}
      onBlur={accept}
      onKeyDown={(event) => {
        if (event.key === 'Enter') accept();
        if (event.key === 'Escape') setTyped(null);
      }}
    />
  );
}
