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
      borderColor: colours[one.colour],
      backgroundColor: colours[one.colour],
      borderWidth: one.overlaid === true ? 1.5 : 2,
      borderDash: one.overlaid === true || one.dashed === true ? [4, 3] : [],
      pointRadius: one.points.length === 1 && one.overlaid !== true ? 2 : 0,
      pointHoverRadius: 3,
      pointHitRadius: 6,
    })),
  };
}

function optionsOf(props: LineChartProps, colours: ChartColours): ChartOptions<'line'> {
  const { series, x = 'linear', y = 'linear', xMax, withLabels = false } = props;
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
        ...(xMax !== undefined && { max: xMax }),
        ...(x === 'linear' && { min: 0 }),
        grid: { display: false },
        border,
        ticks: {
          ...ticks,
          maxTicksLimit: 5,
          maxRotation: 0,
          callback: (value) => shortCount(Number(value), x),
        },
      },
      y: {
        type: y,
        grace: '5%',
        ...edgesOfBands(series),
        grid: { color: colours.line, drawTicks: false },
        border: { display: false },
        ticks: { ...ticks, padding: 6, maxTicksLimit: 5, callback: (value) => shortFigure(Number(value), y) },
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

/** The axis has room for the bands too. */
function edgesOfBands(series: readonly Series[]): { suggestedMin?: number; suggestedMax?: number } {
  const bands = series.flatMap(({ band = [] }) => band);
  if (bands.length === 0) return {};
  return {
    suggestedMin: Math.min(...bands.map(({ low }) => low)),
    suggestedMax: Math.max(...bands.map(({ high }) => high)),
  };
}

/** 200, 1k, 20k; on a logarithmic axis only where there is room for the word. */
function shortCount(value: number, scale: 'linear' | 'logarithmic'): string {
  if (scale === 'logarithmic' && !/^[125]0*$/.test(String(value))) return '';
  return value >= 1000 ? `${Number((value / 1000).toPrecision(3))}k` : String(value);
}

function shortFigure(value: number, scale: 'linear' | 'logarithmic'): string {
  if (scale === 'logarithmic' && !/^[125]e/.test(value.toExponential())) return '';
  return figure(Number(value.toPrecision(3)), 3)
    .replace(/(\.\d*?)0+(?=e|$)/, '$1')
    .replace(/\.(?=e|$)/, '')
    .replace(/^0\./, '.');
}
