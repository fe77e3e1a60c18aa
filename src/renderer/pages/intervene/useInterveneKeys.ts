import { useEffect, useRef, useState } from 'react';
import { isTyping } from '../../shell/isTyping.ts';

export interface InterveneKeys {
  undo: () => void;
  redo: () => void;
  newSeeds: () => void;
}

/** Keys of the page. @returns whether B is held: everything is shown as it was before */
export function useInterveneKeys(keys: InterveneKeys): boolean {
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
      } else if (!withControl && !event.altKey && key === 'b') setBefore(true);
      else if (!withControl && !event.altKey && key === 'n' && !event.repeat) latest.current.newSeeds();
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
