import { useEffect, useRef, useState } from 'react';
import { isTyping } from './isTyping.ts';

export interface WorkKeys {
  undo: () => void;
  redo: () => void;
  /** By the key in small letters. */
  letters: Readonly<Record<string, () => void>>;
}

/** Keys of a page that shows pictures before and after. @returns whether B is held: everything is shown as it was before */
export function useWorkKeys(keys: WorkKeys): boolean {
  const [isBefore, setBefore] = useState(false);
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (isTyping(event.target)) return;
      const withControl = event.ctrlKey || event.metaKey;
      const key = event.key.toLowerCase();
      if (withControl && key === 'z') {
        if (event.shiftKey) latest.current.redo();
        else latest.current.undo();
        event.preventDefault();
        return;
      }
      if (withControl || event.altKey) return;
      if (key === 'b') setBefore(true);
      else if (!event.repeat || key === '-' || key === '+') latest.current.letters[key]?.();
    };
    const onKeyUp = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() === 'b') setBefore(false);
    };
    const release = (): void => {
      setBefore(false);
    };
    window.addEventListener('keydown', onKeyDown);
    window.addEventListener('keyup', onKeyUp);
    window.addEventListener('blur', release);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      window.removeEventListener('keyup', onKeyUp);
      window.removeEventListener('blur', release);
    };
  }, []);
  return isBefore;
}
