import type { Scale as ChartScale } from 'chart.js';
import type { StepRange } from '../../charts/zoom.ts';
import { createScale, rangeOf } from '../../charts/scale.ts';
import type { Scale } from '../../charts/scale.ts';
import type { Series } from './series.ts';

interface Axes {
  x: Scale;
  y: Scale;
}

/** Where there is room for one more number along an axis, in pixels; as many as four steps are enough. */
const [tickHeight, mostSteps] = [40, 4];

/** The ends and ticks of a live chart's axes, chosen as for one in a file; steps that are not logarithmic begin at 0. */
export function axesOf(
  series: readonly Series[],
  {
    isLogX,
    isLogY,
    xMax = 0,
    range = null,
    height,
  }: {
    isLogX: boolean;
    isLogY: boolean;
    xMax: number | undefined;
    range?: StepRange | null;
    height: number;
  },
): Axes {
  const steps = series.flatMap(({ points }) => points.map(({ x }) => x));
  const all = rangeOf(isLogX ? [...steps, xMax] : [0, ...steps, xMax], isLogX);
  const isShown = ({ x }: { x: number }): boolean => range === null || (x >= range.from && x <= range.to);
  const whole = isLogX ? all : { ...all, low: 0 };
  const along = range === null ? whole : { low: Math.max(range.from, isLogX ? 1 : 0), high: range.to };
  const values = series.flatMap(({ points, band = [] }) => [
    ...points.filter(isShown).map(({ y }) => y),
    ...band.flatMap(({ low, high }) => [low, high]),
  ]);
  // Chart.js maps values to pixels itself: of the scales it takes ends, ticks and their texts.
  const unit = { start: 0, end: 1 };
  return {
    x: createScale(isLogX ? { scale: 'log' } : {}, along, { ...unit, tickCount: mostSteps }, false),
    y: createScale(
      isLogY ? { scale: 'log' } : {},
      rangeOf(values, isLogY),
      { ...unit, tickCount: Math.max(2, Math.min(mostSteps, Math.round(height / tickHeight))) },
      true,
    ),
  };
}

/** What Chart.js is told of an axis: our ends, our ticks, our texts. */
export function ticksFor<T extends object>(
  { range, ticks, tickTexts }: Scale,
  looks: T,
): {
  min: number;
  max: number;
  afterBuildTicks: (axis: ChartScale) => void;
  ticks: T & { maxRotation: 0; callback: (value: number | string) => string };
} {
  return {
    min: range.low,
    max: range.high,
    afterBuildTicks: (axis) => {
      axis.ticks = ticks.map((value) => ({ value }));
    },
    ticks: {
      ...looks,
      maxRotation: 0,
      callback: (value) => tickTexts[ticks.indexOf(Number(value))] ?? '',
    },
  };
}
