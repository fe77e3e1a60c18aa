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
import { useEffect, useMemo, useRef, useState } from 'react';
import type { JSX, RefObject } from 'react';
import { Line } from 'react-chartjs-2';
import type { StepRange } from '../../charts/zoom.ts';
import { classes } from '../components/classes.ts';
import { count, figure } from '../words.ts';
import { axesOf, ticksFor } from './axes.ts';
import { useChartColours } from './chartColours.ts';
import type { ChartColours } from './chartColours.ts';
import { decorationsPlugin, roomForLabels } from './endLabels.ts';
import type { Decorations } from './endLabels.ts';
import type { HoveredStep } from './hover.ts';
import { thin, within } from './series.ts';
import type { Series } from './series.ts';
import styles from './LineChart.module.css';

Chart.register(LineController, LineElement, PointElement, LinearScale, LogarithmicScale, Tooltip);

export interface LineChartProps {
  series: readonly Series[];
  /** What a screen reader says: the title and the newest values. */
  summary: string;
  /** Pixels, or all that its box has. */
  height: number | 'fill';
  x?: 'linear' | 'logarithmic';
  y?: 'linear' | 'logarithmic';
  /** The end of the x axis, where it is known before the points are. */
  xMax?: number;
  /** Names and values at the ends of the lines. */
  withLabels?: boolean;
  cursor?: number | null;
  reference?: number | null;
  /** The part of the steps that is shown; all of them where it is null. */
  range?: StepRange | null;
  /** The step that is pointed at here or in another chart; its chart has no read-out of its own then. */
  hovered?: HoveredStep;
  chartRef?: RefObject<Chart<'line'> | null>;
}

/** Before it is known how high the box is. */
const usualHeight = 160;

/** Lines against the step. Nothing moves into place: what is drawn is what was measured. */
export function LineChart(props: LineChartProps): JSX.Element {
  const { series, summary, height, withLabels = false, cursor = null, reference = null, hovered } = props;
  const ownChart = useRef<Chart<'line'> | null>(null);
  const chart = props.chartRef ?? ownChart;
  const [box, boxHeight] = useHeight();
  const pixels = height === 'fill' ? boxHeight : height;
  const colours = useChartColours();
  const decorations = useRef<Decorations>(null);
  decorations.current = {
    ...{ series, colours, withLabels, cursor, reference, format: figure },
    hovered: hovered?.get() ?? null,
  };
  const plugins = useMemo(
    () => [
      decorationsPlugin(() => {
        if (decorations.current === null) throw new Error('a chart is drawn before its page');
        return decorations.current;
      }),
    ],
    [],
  );
  useEffect(
    () =>
      hovered?.subscribe(() => {
        if (decorations.current !== null) decorations.current.hovered = hovered.get();
        chart.current?.draw();
      }),
    [hovered, chart],
  );
  return (
    <div
      ref={box}
      className={classes(styles.chart, height === 'fill' && styles.filling)}
      style={height === 'fill' ? undefined : { height }}
      role="img"
      aria-label={summary}
    >
      <Line
        ref={chart}
        aria-hidden
        data={dataOf(props, colours)}
        options={optionsOf(props, colours, pixels)}
        plugins={plugins}
      />
    </div>
  );
}

/** How high a box is, in tens of pixels, as ticks need it no more exactly. */
function useHeight(): [RefObject<HTMLDivElement | null>, number] {
  const box = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(usualHeight);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => {
      setHeight(Math.round(element.clientHeight / 10) * 10);
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);
  return [box, height];
}

function dataOf(
  { series, range, x }: LineChartProps,
  colours: ChartColours,
): ChartData<'line', { x: number; y: number }[]> {
  return {
    datasets: series.map((one) => ({
      label: one.name,
      data: [...thin(within(one.points, range), x === 'logarithmic')],
      borderColor: one.faint === true ? `${colours[one.tone]}4d` : colours[one.tone],
      backgroundColor: colours[one.tone],
      borderWidth: one.faint === true ? 1 : one.overlaid === true ? 1.5 : 2,
      borderDash: one.faint !== true && (one.overlaid === true || one.dash === true) ? [4, 3] : [],
      pointRadius: one.points.length === 1 ? 2 : 0,
      pointHoverRadius: 3,
      pointHitRadius: 6,
    })),
  };
}

function optionsOf(props: LineChartProps, colours: ChartColours, height: number): ChartOptions<'line'> {
  const { series, x = 'linear', y = 'linear', xMax, range = null, withLabels = false, hovered } = props;
  const [isLogX, isLogY] = [x === 'logarithmic', y === 'logarithmic'];
  const axes = axesOf(series, { isLogX, isLogY, xMax, range, height });
  const ticks = { color: colours['ink-3'], font: { family: 'system-ui, sans-serif', size: 11 } };
  const border = { color: colours.strong };
  return {
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    normalized: true,
    parsing: false,
    // What is pointed at is then told by all charts together.
    events: hovered === undefined ? ['mousemove', 'mouseout', 'click', 'touchstart', 'touchmove'] : [],
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
