import type { JSX } from 'react';
import { pathOf } from './strokes.ts';
import type { Point } from './strokes.ts';
import styles from './StrokeMarks.module.css';

/** A stroke as far as it is drawn. */
export interface StrokeShape {
  isPart: boolean;
  width: number;
  points: readonly Point[];
}

/** Strokes on a face: the part in a solid line with a plus, the rest in dots with a minus, each over its own width. */
export function StrokeMarks({ strokes }: { strokes: readonly StrokeShape[] }): JSX.Element {
  return (
    <>
      {strokes.map((stroke, index) => (
        <StrokeMark key={index} {...stroke} />
      ))}
    </>
  );
}

function StrokeMark({ isPart, width, points }: StrokeShape): JSX.Element {
  const path = pathOf(points);
  const [x, y] = points[0] ?? [0, 0];
  return (
    <g data-stroke={isPart ? 'part' : 'rest'}>
      <path className={isPart ? styles.partWidth : styles.restWidth} d={path} strokeWidth={width} />
      <path className={isPart ? styles.partEdge : styles.restEdge} d={path} />
      <path className={isPart ? styles.part : styles.rest} d={path} />
      <g transform={`translate(${x} ${y})`}>
        <circle className={isPart ? styles.plus : styles.minus} r="1.75" />
        <path
          className={isPart ? styles.plusSign : styles.minusSign}
          d={isPart ? 'M-.9 0h1.8M0-.9v1.8' : 'M-.9 0h1.8'}
        />
      </g>
    </g>
  );
}

/** What the lines on the face stand for. */
export function StrokeKeys({ part }: { part: string }): JSX.Element {
  return (
    <div className={styles.keys}>
      <svg viewBox="0 0 28 12" aria-hidden="true">
        <path className={styles.partKeyEdge} d="M4 6h20" />
        <path className={styles.partKey} d="M4 6h20" />
      </svg>
      <span className="clip">{part}</span>
      <svg viewBox="0 0 28 12" aria-hidden="true">
        <path className={styles.restKeyEdge} d="M4 6h21" />
        <path className={styles.restKey} d="M4 6h21" />
      </svg>
      <span className="clip">not {part}</span>
      <svg viewBox="0 0 28 12" aria-hidden="true">
        <path className={styles.gateKeyEdge} d="M1 10V6H12V2H27" />
        <path className={styles.gateKey} d="M1 10V6H12V2H27" />
      </svg>
      <span>the gate, after each stroke</span>
    </div>
  );
}
