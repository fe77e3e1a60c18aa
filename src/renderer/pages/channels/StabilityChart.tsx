import { fixedTo } from '../../words.ts';
import type { JSX } from 'react';
import { Term } from '../../components/Term.tsx';
import { linePath } from '../../../charts/paths.ts';
import { createScale } from '../../../charts/scale.ts';
import type { ModulesOverview } from '../../../contract/channels.ts';
import styles from './StabilityChart.module.css';

const [width, height, left, right, top, bottom] = [262, 104, 28, 8, 8, 18];

/** Agreement of halves, corrected for chance, against the number of modules. */
export function StabilityChart({
  overview,
  shown,
}: {
  overview: ModulesOverview;
  shown: number;
}): JSX.Element {
  const points = overview.candidates.map(({ count, agreement, agreementDeviation }) => ({
    count,
    agreement,
    agreementDeviation,
  }));
  const [first, last] = [points[0]!.count, Math.max(points[0]!.count + 1, points.at(-1)!.count)];
  const none = { low: 0, high: 1 };
  const along = { start: left, end: width - right, tickCount: points.length };
  const upright = { start: height - bottom, end: top, tickCount: 2 };
  const { at: x } = createScale({ range: [first, last] }, none, along, false);
  const agreements = createScale({ range: [0, 1] }, none, upright, false);
  const y = (value: number): number => agreements.at(Math.min(1, Math.max(0, value)));
  const line = linePath(points.map(({ count, agreement }) => [x(count), y(agreement)]));
  const words = points.map(({ count, agreement }) => `${fixedTo(agreement, 2)} with ${count}`).join(', ');
  return (
    <figure className={styles.chart}>
      <figcaption className="row between">
        <h3>
          <Term name="agreement">Agreement</Term> against <Term name="k" />
        </h3>
        <span className="muted small">chosen: {overview.count}</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`Agreement of halves corrected for chance: ${words} modules. 0 is chance.`}
      >
        {agreements.ticks.map((value, i) => (
          <g key={value}>
            <path className="grid-line" d={`M${left} ${y(value)}H${width - right}`} />
            <text x={left - 6} y={y(value) + 4} textAnchor="end">
              {agreements.tickTexts[i]}
            </text>
          </g>
        ))}
        <path d={`M${x(shown)} ${top}V${height - bottom}`} stroke="var(--accent)" />
        <path d={line} fill="none" stroke="var(--s1)" strokeWidth="2" />
        {points.map(({ count, agreement, agreementDeviation }) => (
          <g key={count}>
            <path
              d={`M${x(count)} ${y(agreement - agreementDeviation)}V${y(agreement + agreementDeviation)}`}
              stroke="var(--s1)"
            />
            <circle cx={x(count)} cy={y(agreement)} r="3" fill="var(--s1)" />
            <text x={x(count)} y={height - 4} textAnchor="middle">
              {count}
            </text>
          </g>
        ))}
      </svg>
    </figure>
  );
}
