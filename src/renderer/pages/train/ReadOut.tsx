import type { JSX } from 'react';
import type { ModelKind } from '../../../contract/hyperParameters.ts';
import type { Level } from '../../../contract/levels.ts';
import { pointAt, useHoveredStep } from '../../charts/hover.ts';
import type { HoveredStep } from '../../charts/hover.ts';
import { count, figure } from '../../words.ts';
import { overlayColours, pointsOf } from './chartSeries.ts';
import type { Drawn, DrawnRuns } from './chartSeries.ts';
import { LineSwatch } from './LineKey.tsx';
import { miniCharts } from './minis.ts';
import styles from './train.module.css';

interface Column {
  title: string;
  value: string;
}

/** What was measured of each run at one step: the one that is pointed at, else the chosen checkpoint's. */
export function ReadOut({
  runs: { own, overlays },
  kind,
  level,
  hovered,
  step,
}: {
  runs: DrawnRuns;
  kind: ModelKind;
  level: Level;
  hovered: HoveredStep;
  step: number;
}): JSX.Element {
  const at = useHoveredStep(hovered) ?? step;
  const columns = columnsOf(kind, level);
  return (
    <div className={styles.scroll}>
      <table className={styles.readOut}>
        <caption className="visually-hidden" aria-live="polite">
          {summaryOf(own, columns, at)}
        </caption>
        <thead>
          <tr>
            <th>At step {count(at)}</th>
            {columns.map(({ title, value }) => (
              <th key={value} className="num">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[own, ...overlays].map((run, index) => (
            <tr key={run.name}>
              <td>
                <span className="row">
                  <LineSwatch colour={index === 0 ? 's1' : overlayColours[index - 1]!} overlaid={index > 0} />
                  <span className="clip">{run.name}</span>
                </span>
              </td>
              {columns.map(({ value }) => (
                <Value key={value} run={run} value={value} step={at} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A value, and where it was measured if that is another step: spectra are measured at checkpoints alone. */
function Value({ run, value, step }: { run: Drawn; value: string; step: number }): JSX.Element {
  const point = pointAt(pointsOf(run.metrics, value), step);
  if (point === null) return <td className="num muted">–</td>;
  return (
    <td className="num" title={`Measured at step ${count(point.x)}`}>
      {figure(point.y)}
    </td>
  );
}

function columnsOf(kind: ModelKind, level: Level): Column[] {
  return [
    ...miniCharts[kind],
    { title: `SDR, ${level}`, value: `sdr.${level}.median` },
    ...(level === 'image' ? [] : [{ title: `Stretching, ${level}`, value: `stretching.${level}` }]),
  ];
}

function summaryOf(own: Drawn, columns: readonly Column[], step: number): string {
  const values = columns.flatMap(({ title, value }) => {
    const point = pointAt(pointsOf(own.metrics, value), step);
    return point === null ? [] : [`${title} ${figure(point.y)}`];
  });
  return `${own.name} at step ${count(step)}: ${values.join(', ')}`;
}
