import type { JSX } from 'react';
import type { Fig2Point } from '../../../contract/theory.ts';
import styles from './theory.module.css';

const width = 654;
const height = 56;
const foot = 14;

/** The other solution's error at every distance; a click goes there. */
export function ErrorStrip({
  curve,
  size,
  distance: trained,
  to,
  onMove,
}: {
  /** A point for each g = 1 … size − 1. */
  curve: readonly Fig2Point[];
  size: number;
  /** Of the eyes as trained. */
  distance: number;
  to: number;
  onMove: (to: number) => void;
}): JSX.Element {
  const stretched = curve.filter(({ g }) => g !== 1);
  const meanError = stretched.reduce((sum, { error }) => sum + error, 0) / stretched.length;
  const most = Math.max(0.1, ...curve.map(({ error }) => error));
  const step = width / size;
  const at = (distance: number): number => distance * step;
  const y = (error: number): number => height - foot - (error / most) * (height - foot - 12);
  return (
    <svg
      className={styles.strip}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`Error of the other solution at every distance: mean ${meanError.toFixed(3)}, largest ${most.toFixed(3)}, none at ${trained} pixels and its mirror image.`}
      onClick={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        const place = Math.round(((event.clientX - box.left) / box.width) * size);
        onMove(Math.min(size - 1, Math.max(1, place)));
      }}
    >
      <rect width={width} height={height} fill="none" pointerEvents="all" />
      <path d={`M0 ${height - foot}H${width}`} stroke="var(--line)" />
      {curve.map(({ distance, error }) => (
        <path
          key={distance}
          d={`M${at(distance)} ${height - foot}V${y(error)}`}
          stroke={distance === to ? 'var(--accent)' : 'var(--s2)'}
          strokeOpacity={distance === to ? 1 : 0.55}
          strokeWidth={distance === to ? 5 : 3}
        />
      ))}
      <text x={0} y={9}>
        error at every distance, mean {meanError.toFixed(3)}
      </text>
      <text x={at(trained)} y={height - 2} textAnchor="middle">
        {trained}
      </text>
      {Math.abs(to - trained) > 2 && (
        <text className="strong" x={at(to)} y={height - 2} textAnchor="middle">
          {to}
        </text>
      )}
    </svg>
  );
}
