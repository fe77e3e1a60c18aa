import { useCallback, useRef, useState } from 'react';
import type { Room } from './pictureLayout.ts';

/** Measures an element, which must have its size from what lies around it; null before it is drawn. */
export function useRoom(): { ref: (element: HTMLElement | null) => void; room: Room | null } {
  const [room, setRoom] = useState<Room | null>(null);
  const observer = useRef<ResizeObserver | null>(null);
  const ref = useCallback((element: HTMLElement | null) => {
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

/** What lies around the element on the page, px: the head above it, and the padding at the sides and below. */
const head = 56;
const padding = 16;

/** The room of the page below its head, whatever lies in it: `ref` is for an element of the page. */
export function usePageRoom(): { ref: (element: HTMLElement | null) => void; room: Room | null } {
  const { ref: watch, room } = useRoom();
  const ref = useCallback(
    (element: HTMLElement | null) => {
      watch(element?.closest('main') ?? null);
    },
    [watch],
  );
  if (room === null) return { ref, room };
  return { ref, room: { width: room.width - 2 * padding, height: room.height - head - padding } };
}
