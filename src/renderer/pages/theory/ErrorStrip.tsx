import { figure } from '../../words.ts';
import type { JSX } from 'react';
import { createScale } from '../../../charts/scale.ts';
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
  const none = { low: 0, high: 1 };
  const x = createScale({ range: [0, size] }, none, { start: 0, end: width, tickCount: 1 }, false);
  const y = createScale({ range: [0, most] }, none, { start: height - foot, end: 12, tickCount: 1 }, false);
  return (
    <svg
      className={styles.strip}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`Error of the other solution at every distance: mean ${figure(meanError)}, largest ${figure(most)}, none at ${trained} pixels and its mirror image.`}
      onClick={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        const place = Math.round(x.from(((event.clientX - box.left) / box.width) * width));
        onMove(Math.min(size - 1, Math.max(1, place)));
      }}
    >
      <rect width={width} height={height} fill="none" pointerEvents="all" />
      <path d={`M0 ${height - foot}H${width}`} stroke="var(--line)" />
      {curve.map(({ distance, error }) => (
        <path
          key={distance}
          d={`M${x.at(distance)} ${y.at(0)}V${y.at(error)}`}
          stroke={distance === to ? 'var(--accent)' : 'var(--s2)'}
          strokeOpacity={distance === to ? 1 : 0.55}
          strokeWidth={distance === to ? 5 : 3}
        />
      ))}
      <text x={0} y={9}>
        error at every distance, mean {figure(meanError)}
      </text>
      <text x={x.at(trained)} y={height - 2} textAnchor="middle">
        {trained}
      </text>
      {Math.abs(to - trained) > 2 && (
        <text className="strong" x={x.at(to)} y={height - 2} textAnchor="middle">
          {to}
        </text>
      )}
    </svg>
  );
}
