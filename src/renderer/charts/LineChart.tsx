import {
  Chart,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  Tooltip,
} from 'chart.js';
import type { ChartData, ChartOptions } from 'chart.js';
import { useMemo, useRef } from 'react';
import type { JSX } from 'react';
import { Line } from 'react-chartjs-2';
import { count, figure } from '../words.ts';
import { axesOf, ticksFor } from './axes.ts';
import { useChartColours } from './chartColours.ts';
import type { ChartColours } from './chartColours.ts';
import { decorationsPlugin, roomForLabels } from './endLabels.ts';
import type { Decorations } from './endLabels.ts';
import { thin } from './series.ts';
import type { Series } from './series.ts';
import styles from './LineChart.module.css';

Chart.register(LineController, LineElement, PointElement, LinearScale, LogarithmicScale, Tooltip);

export interface LineChartProps {
  series: readonly Series[];
  /** What a screen reader says: the title and the newest values. */
  summary: string;
  height: number;
  x?: 'linear' | 'logarithmic';
  y?: 'linear' | 'logarithmic';
  /** The end of the x axis, where it is known before the points are. */
  xMax?: number;
  /** Names and values at the ends of the lines. */
  withLabels?: boolean;
  cursor?: number | null;
  reference?: number | null;
}

/** Lines against the step. Nothing moves into place: what is drawn is what was measured. */
export function LineChart(props: LineChartProps): JSX.Element {
  const { series, summary, height, withLabels = false, cursor = null, reference = null } = props;
  const colours = useChartColours();
  const decorations = useRef<Decorations>(null);
  decorations.current = { series, colours, withLabels, cursor, reference, format: figure };
  const plugins = useMemo(
    () => [
      decorationsPlugin(() => {
        if (decorations.current === null) throw new Error('a chart is drawn before its page');
        return decorations.current;
      }),
    ],
    [],
  );
  return (
    <div className={styles.chart} style={{ height }} role="img" aria-label={summary}>
      <Line
        aria-hidden
        data={dataOf(series, colours)}
        options={optionsOf(props, colours)}
        plugins={plugins}
      />
    </div>
  );
}

function dataOf(
  series: readonly Series[],
  colours: ChartColours,
): ChartData<'line', { x: number; y: number }[]> {
  return {
    datasets: series.map((one) => ({
      label: one.name,
      data: [...thin(one.points)],
      borderColor: colours[one.tone],
      backgroundColor: colours[one.tone],
      borderWidth: one.overlaid === true ? 1.5 : 2,
      borderDash: one.overlaid === true || one.dash === true ? [4, 3] : [],
      pointRadius: one.points.length === 1 ? 2 : 0,
      pointHoverRadius: 3,
      pointHitRadius: 6,
    })),
  };
}

function optionsOf(props: LineChartProps, colours: ChartColours): ChartOptions<'line'> {
  const { series, height, x = 'linear', y = 'linear', xMax, withLabels = false } = props;
  const axes = axesOf(series, { isLogX: x === 'logarithmic', isLogY: y === 'logarithmic', xMax, height });
  const ticks = { color: colours['ink-3'], font: { family: 'system-ui, sans-serif', size: 11 } };
  const border = { color: colours.strong };
  return {
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    normalized: true,
    parsing: false,
    interaction: { mode: 'nearest', axis: 'x', intersect: false },
    layout: { padding: { right: withLabels ? roomForLabels(series, figure) : 6, top: 6 } },
    scales: {
      x: {
        type: x,
        ...ticksFor(axes.x, ticks),
        grid: { display: false },
        border,
      },
      y: {
        type: y,
        ...ticksFor(axes.y, { ...ticks, padding: 6 }),
        grid: { color: colours.line, drawTicks: false },
        border: { display: false },
      },
    },
    plugins: {
      legend: { display: false },
      tooltip: {
        animation: false,
        backgroundColor: colours.ink,
        titleColor: colours.panel,
        bodyColor: colours.panel,
        displayColors: false,
        titleFont: { family: 'system-ui, sans-serif', size: 11 },
        bodyFont: { family: 'system-ui, sans-serif', size: 11 },
        callbacks: {
          title: (items) => `step ${count(items[0]?.parsed.x ?? 0)}`,
          label: (item) => `${item.dataset.label ?? ''}  ${figure(item.parsed.y ?? 0)}`,
        },
      },
    },
  };
}
