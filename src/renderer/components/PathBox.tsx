import type { JSX, KeyboardEvent } from 'react';
import { TextField } from './controls.tsx';
import { cleanPath, completionOf, splitTyped } from './pathTyping.ts';

export interface PathBoxProps {
  text: string;
  /** Folders of the folder that is typed in. */
  names: readonly string[];
  separator: string;
  onType: (text: string) => void;
  onEnter: () => void;
}

/** A path that is typed or pasted; Tab completes a name that is begun, and goes on to the next field where there is nothing to complete. */
export function PathBox({ text, names, separator, onType, onEnter }: PathBoxProps): JSX.Element {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') {
      event.preventDefault();
      onEnter();
      return;
    }
    if (event.key !== 'Tab' || event.shiftKey) return;
    const { begun } = splitTyped(text, separator);
    const completion = begun === '' ? null : completionOf(begun, names);
    if (completion === null) return;
    event.preventDefault();
    const before = text.slice(0, text.length - begun.length);
    onType(`${before}${completion}${names.includes(completion) ? separator : ''}`);
  };
  return (
    <div onKeyDown={onKeyDown}>
      <TextField
        mono
        label="Path"
        value={text}
        onChange={(next) => {
          onType(cleanPath(next));
        }}
      />
    </div>
  );
}
