import type { JSX } from 'react';
import { leastRatio, ratioWords } from './partWords.ts';
import { largestRatio, shareOf } from './ratioScale.ts';
import styles from './RatioChart.module.css';

const left = 26;
const right = 276;
const top = 8;
const bottom = 100;

/** The ratio against the number of faces that were taught, as far as it was measured since the page was opened. */
export function RatioChart({
  course,
  part,
}: {
  course: ReadonlyMap<number, number>;
  part: string;
}): JSX.Element {
  const points = [...course].sort(([a], [b]) => a - b);
  const most = Math.max(8, points.at(-1)?.[0] ?? 0);
  const x = (faces: number): number => left + ((faces - 1) / (most - 1)) * (right - left);
  const y = (ratio: number): number => bottom - shareOf(ratio) * (bottom - top);
  const said = points.map(([faces, ratio]) => `${ratioWords(ratio)} with ${faces}`).join(', ');
  const ticks = Array.from({ length: 8 }, (_, index) => 1 + Math.round((index * (most - 1)) / 7));
  const last = points.at(-1);
  return (
    <div>
      <div className={styles.title}>
        <h3>Ratio by faces taught</h3>
        <span className="small muted">amber below {leastRatio}</span>
      </div>
      <svg
        width="284"
        height="124"
        viewBox="0 0 284 124"
        role="img"
        aria-label={`${part} to the rest by faces taught, log scale: ${said === '' ? 'nothing measured yet' : said}. Amber below ${leastRatio}.`}
      >
        {[1, leastRatio, 10, largestRatio].map((ratio) => (
          <g key={ratio}>
            <path
              className={ratio === leastRatio ? 'ref' : 'grid-line'}
              d={`M${left} ${y(ratio)}H${right}`}
            />
            <text x={left - 6} y={y(ratio) + 4} textAnchor="end">
              {ratio}
            </text>
          </g>
        ))}
        <path className="axis" d={`M${left} ${bottom + 0.5}H${right}`} />
        {ticks.map((faces) => (
          <g key={faces}>
            <path className="axis" d={`M${x(faces)} ${bottom}v4`} />
            <text x={x(faces)} y={116} textAnchor={faces === most ? 'end' : 'middle'}>
              {faces}
            </text>
          </g>
        ))}
        <path
          className={styles.line}
          d={points.map(([faces, ratio], at) => `${at === 0 ? 'M' : 'L'}${x(faces)} ${y(ratio)}`).join('')}
        />
        {points.map(([faces, ratio]) => (
          <circle key={faces} className={styles.mark} cx={x(faces)} cy={y(ratio)} r="3.5" />
        ))}
        {last !== undefined && last[0] < most - 1 && (
          <text x={x(last[0]) + 8} y={y(last[1]) + 4}>
            {part} ÷ rest
          </text>
        )}
      </svg>
    </div>
  );
}
