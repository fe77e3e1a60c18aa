import { useCallback, useRef, useState } from 'react';
import type { Room } from './pictureLayout.ts';

/** Measures an element, which must have its size from what lies around it; null before it is drawn. */
export function useRoom<E extends HTMLElement>(): { ref: (element: E | null) => void; room: Room | null } {
  const [room, setRoom] = useState<Room | null>(null);
  const observer = useRef<ResizeObserver | null>(null);
  const ref = useCallback((element: E | null) => {
    observer.current?.disconnect();
    observer.current = null;
    if (element === null) return;
    const measure = (): void => {
      const { clientWidth: width, clientHeight: height } = element;
      setRoom((before) => (before?.width === width && before.height === height ? before : { width, height }));
    };
    measure();
    observer.current = new ResizeObserver(measure);
    observer.current.observe(element);
  }, []);
  return { ref, room };
}
