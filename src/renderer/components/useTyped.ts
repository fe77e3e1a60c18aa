import { useState } from 'react';
import type { ChangeEvent, KeyboardEvent } from 'react';

export interface Typed {
  /** What is being typed; null while nobody types. */
  typed: string | null;
  /** For the input. */
  handlers: {
    onChange: (event: ChangeEvent<HTMLInputElement>) => void;
    onBlur: () => void;
    onKeyDown: (event: KeyboardEvent) => void;
  };
}

/** Typing over a value: Enter and going on hand the text over, Escape forgets it. */
export function useTyped(onTyped: (text: string) => void): Typed {
  const [typed, setTyped] = useState<string | null>(null);
  const accept = (): void => {
    if (typed !== null) onTyped(typed);
    setTyped(null);
  };
  return {
    typed,
    handlers: {
      onChange: (event) => {
        setTyped(event.currentTarget.value);
      },
      onBlur: accept,
      onKeyDown: (event) => {
        if (event.key === 'Enter') accept();
        if (event.key === 'Escape') setTyped(null);
      },
    },
  };
}
