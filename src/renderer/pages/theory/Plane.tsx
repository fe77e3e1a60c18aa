import type { JSX, ReactNode } from 'react';
import { useId } from 'react';
import { linePath } from '../../../charts/paths.ts';
import type { Scale } from '../../../charts/scale.ts';
import { cornersOf, markerRadius } from '../../../charts/seriesStyles.ts';
import styles from './theory.module.css';

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export interface PlaneProps {
  width: number;
  height: number;
  box: Box;
  x: Scale;
  y: Scale;
  names: readonly [x: string, y: string];
  /** What a screen reader says. */
  summary: string;
  /** Drawn inside the box alone. */
  children: ReactNode;
  /** Drawn over it. */
  over?: ReactNode;
}

/** Two axes with a grid, and what is drawn between them. */
export function Plane({ width, height, box, x, y, names, summary, children, over }: PlaneProps): JSX.Element {
  const clip = useId();
  const { left, top, right, bottom } = box;
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={summary}>
      <defs>
        <clipPath id={clip}>
          <rect x={left} y={top} width={right - left} height={bottom - top} />
        </clipPath>
      </defs>
      {x.ticks.map((value, i) => (
        <g key={value}>
          <path className="grid-line" d={`M${x.at(value)} ${top}V${bottom}`} />
          <text x={x.at(value)} y={bottom + 16} textAnchor="middle">
            {x.tickTexts[i]}
          </text>
        </g>
      ))}
      {y.ticks.map((value, i) => (
        <g key={value}>
          <path className="grid-line" d={`M${left} ${y.at(value)}H${right}`} />
          <text x={left - 6} y={y.at(value) + 4} textAnchor="end">
            {y.tickTexts[i]}
          </text>
        </g>
      ))}
      <g clipPath={`url(#${clip})`} fill="none" strokeLinejoin="round">
        {children}
      </g>
      <text className={styles.name} x={right - 4} y={bottom - 6} textAnchor="end">
        {names[0]}
      </text>
      <text className={styles.name} x={left + 6} y={top + 12}>
        {names[1]}
      </text>
      {over}
    </svg>
  );
}

export type Mark = 'circle' | 'square' | 'triangle' | 'diamond';

/** A series' marker. */
export function Marker({
  mark,
  x,
  y,
  colour,
}: {
  mark: Mark;
  x: number;
  y: number;
  colour: string;
}): JSX.Element {
  if (mark === 'circle') return <circle cx={x} cy={y} r={markerRadius} fill={colour} />;
  return <path d={`${linePath(cornersOf(mark, x, y, markerRadius))}z`} fill={colour} />;
}

/** A line with its marker, as it stands beside a name. */
export function Key({ mark, colour }: { mark: Mark; colour: string }): JSX.Element {
  return (
    <svg width={22} height={10} viewBox="0 0 22 10" aria-hidden="true">
      <path d="M0 5h22" stroke={colour} strokeWidth={2} />
      <Marker mark={mark} x={11} y={5} colour={colour} />
    </svg>
  );
}
