import { useEffect, useRef, useState } from 'react';
import type { JSX, KeyboardEvent, PointerEvent } from 'react';
import { Picture } from '../../components/Picture.tsx';
import type { Pictures } from '../../components/pictures.ts';
import type { Mask } from './paintHistory.ts';
import styles from './PaintCanvas.module.css';

const scale = 3;
const side = 64;
export const largestBrush = 16;

export interface PaintCanvasProps {
  face: Pictures;
  label: string;
  mask: Mask;
  onMask: (mask: Mask, isNewStroke: boolean) => void;
  brush: number;
  onBrush: (radius: number) => void;
  isErasing: boolean;
  onAccept: () => void;
}

/** A face to paint on. With keys: arrows move the brush, Space paints, X erases, Enter takes what acts there. */
export function PaintCanvas(props: PaintCanvasProps): JSX.Element {
  const { face, label, mask, onMask, brush, onBrush, isErasing, onAccept } = props;
  const overlay = useRef<HTMLCanvasElement>(null);
  const [cursor, setCursor] = useState<{ x: number; y: number } | null>(null);
  // A stroke is many events between two drawings: each goes on from the one before.
  const current = useRef(mask);
  useEffect(() => {
    current.current = mask;
  }, [mask]);
  useEffect(() => {
    const context = overlay.current?.getContext('2d');
    if (!context) return;
    const image = new ImageData(side, side);
    for (const pixel of mask) image.data.set([255, 255, 255, 118], pixel * 4);
    context.putImageData(image, 0, 0);
  }, [mask]);
  const dab = (x: number, y: number, isNewStroke: boolean): void => {
    const next = new Set(current.current);
    for (const pixel of disc(x, y, brush)) {
      if (isErasing) next.delete(pixel);
      else next.add(pixel);
    }
    current.current = next;
    onMask(next, isNewStroke);
  };
  const onPointer = (event: PointerEvent<HTMLDivElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = { x: (event.clientX - box.left) / scale, y: (event.clientY - box.top) / scale };
    setCursor(at);
    if (event.buttons !== 1) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    dab(at.x, at.y, event.type === 'pointerdown');
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = cursor ?? { x: side / 2, y: side / 2 };
    const by = event.shiftKey ? 8 : 2;
    const move = { ArrowLeft: [-by, 0], ArrowRight: [by, 0], ArrowUp: [0, -by], ArrowDown: [0, by] }[
      event.key
    ];
    if (move !== undefined) setCursor({ x: bounded(at.x + move[0]!), y: bounded(at.y + move[1]!) });
    else if (event.key === ' ') dab(at.x, at.y, !event.repeat);
    else if (event.key === 'Enter') onAccept();
    else return;
    event.preventDefault();
  };
  const wheel = useRef({ brush, onBrush });
  wheel.current = { brush, onBrush };
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = box.current;
    const onWheel = (event: WheelEvent): void => {
      if (!event.altKey) return;
      event.preventDefault();
      const next = wheel.current.brush + (event.deltaY < 0 ? 1 : -1);
      wheel.current.onBrush(Math.min(largestBrush, Math.max(1, next)));
    };
    // React listens to the wheel without the right to hold it back.
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      element?.removeEventListener('wheel', onWheel);
    };
  }, []);
  return (
    <div
      ref={box}
      className={styles.paint}
      role="application"
      aria-label={label}
      tabIndex={0}
      onPointerDown={onPointer}
      onPointerMove={onPointer}
      onPointerLeave={() => {
        setCursor(null);
      }}
      onFocus={() => {
        setCursor((before) => before ?? { x: side / 2, y: side / 2 });
      }}
      onKeyDown={onKeyDown}
    >
      <Picture pictures={face} index={0} />
      <canvas ref={overlay} width={side} height={side} aria-hidden />
      {cursor !== null && (
        <svg viewBox={`0 0 ${side} ${side}`} aria-hidden="true">
          <circle cx={cursor.x} cy={cursor.y} r={brush} fill="none" stroke="#fff" strokeWidth="0.9" />
          <circle cx={cursor.x} cy={cursor.y} r={brush + 0.7} fill="none" stroke="#000" strokeWidth="0.5" />
        </svg>
      )}
    </div>
  );
}

function bounded(value: number): number {
  return Math.min(side - 0.5, Math.max(0.5, value));
}

/** Pixels whose centres lie within a radius. */
export function disc(x: number, y: number, radius: number): number[] {
  const pixels: number[] = [];
  for (let row = Math.max(0, Math.floor(y - radius)); row < Math.min(side, y + radius + 1); row++) {
    for (
      let column = Math.max(0, Math.floor(x - radius));
      column < Math.min(side, x + radius + 1);
      column++
    ) {
      if ((column + 0.5 - x) ** 2 + (row + 0.5 - y) ** 2 <= radius ** 2) pixels.push(row * side + column);
    }
  }
  return pixels;
}
