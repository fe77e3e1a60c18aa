import { useRef, useState } from 'react';
import type { JSX, KeyboardEvent, PointerEvent } from 'react';
import type { Stroke } from '../../../contract/gates.ts';
import { Picture } from '../../components/Picture.tsx';
import type { Pictures } from '../../components/pictures.ts';
import { StrokeMarks } from './StrokeMarks.tsx';
import { applied, extended, inPicture, movedBrush, side } from './strokes.ts';
import type { Gesture, Point, Tool } from './strokes.ts';
import styles from './FaceCanvas.module.css';

export interface FaceCanvasProps {
  /** One picture. */
  picture: Pictures;
  index: number;
  title: string;
  /** What is drawn on, for screen readers. */
  label: string;
  strokes: readonly Stroke[];
  /** The gate's outline as a path; empty where none is shown. */
  outline: string;
  tool: Tool;
  width: number;
  onStrokes: (strokes: readonly Stroke[]) => void;
}

/**
 * A face at six times its size to draw on. With keys: arrows move the brush, Space or Enter puts it down and takes it up
 * again, Escape gives the stroke up.
 */
export function FaceCanvas(props: FaceCanvasProps): JSX.Element {
  const { picture, index, title, label, strokes, outline, tool, width, onStrokes } = props;
  const [brush, setBrush] = useState<Point | null>(null);
  const [isFocused, setFocused] = useState(false);
  // A stroke is many events between two drawings: each goes on from the one before.
  const current = useRef<Gesture | null>(null);
  const [gesture, setGesture] = useState<Gesture | null>(null);
  const keep = (next: Gesture | null): void => {
    current.current = next;
    setGesture(next);
  };
  const goOn = (at: Point): void => {
    setBrush(at);
    if (current.current !== null) keep(extended(current.current, at));
  };
  const end = (): void => {
    const ended = current.current;
    keep(null);
    if (ended === null) return;
    const next = applied(strokes, ended);
    if (next.length !== strokes.length || next.some((stroke, at) => stroke !== strokes[at])) onStrokes(next);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = brush ?? [side / 2, side / 2];
    const moved = movedBrush(event.key, event.shiftKey, at);
    if (moved !== undefined) goOn(moved);
    else if (event.key === ' ' || event.key === 'Enter') {
      if (current.current !== null) end();
      else keep({ tool, width, points: [at] });
      setBrush(at);
    } else if (event.key === 'Escape' && current.current !== null) keep(null);
    else return;
    event.preventDefault();
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const at = placeOf(event);
    keep({ tool, width, points: [at] });
    setBrush(at);
  };
  const shown = gesture === null ? strokes : applied(strokes, gesture);
  return (
    <div
      className={styles.face}
      role="application"
      aria-label={label}
      aria-description={
        gesture === null
          ? 'Arrows move the brush, Space puts it down'
          : 'The brush is down, Space takes it up'
      }
      tabIndex={0}
      data-brush={gesture === null ? 'up' : 'down'}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => {
        if (current.current !== null && event.buttons === 0) return;
        goOn(placeOf(event));
      }}
      onPointerUp={end}
      onPointerCancel={() => {
        keep(null);
      }}
      onPointerLeave={() => {
        if (!isFocused) setBrush(null);
      }}
      onFocus={() => {
        setFocused(true);
        setBrush((before) => before ?? [side / 2, side / 2]);
      }}
      onBlur={() => {
        setFocused(false);
        end();
        setBrush(null);
      }}
      onKeyDown={onKeyDown}
    >
      <Picture pictures={picture} index={index} />
      <svg viewBox={`0 0 ${side} ${side}`} aria-hidden="true">
        {outline !== '' && (
          <g data-outline>
            <path className={styles.outlineEdge} d={outline} />
            <path className={styles.outline} d={outline} />
          </g>
        )}
        <StrokeMarks strokes={shown} />
        {brush !== null && (
          <g data-ring={tool}>
            <circle className={styles.ringEdge} cx={brush[0]} cy={brush[1]} r={Math.max(1, width / 2)} />
            <circle className={styles.ring} cx={brush[0]} cy={brush[1]} r={Math.max(1, width / 2)} />
          </g>
        )}
      </svg>
      <span className={styles.title}>{title}, × 6</span>
    </div>
  );
}

function placeOf(event: PointerEvent<HTMLDivElement>): Point {
  const box = event.currentTarget.getBoundingClientRect();
  return inPicture([
    ((event.clientX - box.left) / box.width) * side,
    ((event.clientY - box.top) / box.height) * side,
  ]);
}
