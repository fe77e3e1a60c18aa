import { useState } from 'react';
import type { ChangeEvent, KeyboardEvent } from 'react';

export interface Typed {
  /** What is being typed, or was typed and cannot be taken; null while what is shown stands there. */
  typed: string | null;
  /** What is wrong with it, as a sentence. */
  complaint: string | undefined;
  /** For the input. */
  handlers: {
    onChange: (event: ChangeEvent<HTMLInputElement>) => void;
    onBlur: () => void;
    onKeyDown: (event: KeyboardEvent) => void;
  };
}

/**
 * Typing over a value that is shown: Enter and going on hand the text over, Escape forgets it. A text with a complaint is
 * handed to nobody and stays until it is put right, forgotten, or another value is shown.
 */
export function useTyped(
  shown: string,
  onTyped: (text: string) => void,
  complaintAbout: (text: string) => string | undefined = () => undefined,
): Typed {
  const [typed, setTyped] = useState<string | null>(null);
  /** What was shown when a wrong text was left in the field. */
  const [leftOver, setLeftOver] = useState<string | null>(null);
  if (leftOver !== null && leftOver !== shown) {
    setLeftOver(null);
    setTyped(null);
  }
  const complaint = typed === null ? undefined : complaintAbout(typed);
  const forget = (): void => {
    setTyped(null);
    setLeftOver(null);
  };
  const accept = (): void => {
    if (typed === null || complaint !== undefined) return;
    onTyped(typed);
    forget();
  };
  return {
    typed,
    complaint,
    handlers: {
      onChange: (event) => {
        setLeftOver(null);
        setTyped(event.currentTarget.value);
      },
      onBlur: () => {
        if (complaint !== undefined) setLeftOver(shown);
        accept();
      },
      onKeyDown: (event) => {
        if (event.key === 'Enter') accept();
        if (event.key === 'Escape') forget();
      },
    },
  };
}
