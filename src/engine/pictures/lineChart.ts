import { figure } from '../../contract/figures.ts';
import { tickTexts } from '../../charts/numberText.ts';
import { linePath } from '../../charts/paths.ts';
import type { Point } from '../../charts/paths.ts';
import { labelStep } from '../../charts/pushApart.ts';
import { createScale, plottable, rangeOf } from '../../charts/scale.ts';
import type { AxisOptions, Scale } from '../../charts/scale.ts';
import { styleOf } from '../../charts/seriesStyles.ts';
import type { SeriesStyle } from '../../charts/seriesStyles.ts';
import { drawHead, drawHorizontalAxis, drawLegend, drawMarker, drawVerticalAxis } from './chartFrame.ts';
import { headHeight, leftOut, margin, tickRoom } from './chartFrame.ts';
import type { Box, ChartWords, LegendEntry } from './chartFrame.ts';
import { drawEndLabels, endLabelRoom } from './endLabels.ts';
import { drawReferences } from './references.ts';
import type { ReferenceLine } from './references.ts';
import { clipped, element, svgDocument } from './svg.ts';
import { tones } from './tokens.ts';

export interface LineSeries extends Partial<SeriesStyle> {
  readonly name: string;
  /** x and y of each point, equally many, in the order they are joined; gaps where either is not finite. */
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** A band around the line, as many values as y. */
  readonly low?: ArrayLike<number>;
  readonly high?: ArrayLike<number>;
  /** The value beside the name; default: the last y. Empty for none. */
  readonly value?: string;
}

export interface LineChartOptions extends ChartWords {
  readonly series: readonly LineSeries[];
  readonly x?: AxisOptions;
  readonly y?: AxisOptions;
  readonly references?: readonly ReferenceLine[];
  /** Names at the lines' ends (default) or in a row above the plot. */
  readonly names?: 'ends' | 'legend';
}

interface Drawn extends SeriesStyle {
  readonly name: string;
  readonly value: string;
  /** Runs of points without a gap: indices into the series. */
  readonly runs: readonly (readonly number[])[];
  readonly series: LineSeries;
  readonly skipped: number;
}

/**
 * Lines over a common axis as an SVG. Points that are not finite (or, on a logarithmic axis, not above zero) are left
 * out, break the line, and are counted in the text summary.
 */
export function lineChart(options: LineChartOptions): string {
  const { width = 480, x: xAxis = {}, y: yAxis = {}, references = [], names = 'ends' } = options;
  const drawn = options.series.map((series, place) => prepare(series, place, xAxis, yAxis));
  const shown = drawn.filter(({ runs }) => runs.length > 0);
  const ends = names === 'ends' ? shown : [];
  const keys: LegendEntry[] =
    names === 'legend' ? drawn.map((line) => ({ ...line, key: 'line' as const })) : [];
  const legend = drawLegend(keys, margin, headHeight, width - margin);
  const top = headHeight + legend.height + 4;
  const foot = xAxis.label === undefined ? 28 : 44;
  const height = Math.max(options.height ?? 240, top + foot + labelStep * Math.max(3, ends.length));
  const { box, x, y } = layOut(options, shown, ends, { width, top, bottom: height - foot });

  const points = shown.flatMap((line) => pointsOf(line, x, y));
  const lines = shown.map((line) => drawLine(line, x, y)).join('');
  const reach = 5;
  const content = [
    drawHead(options, width),
    legend.markup,
    drawVerticalAxis(box, y),
    clipped(box.left, box.top, box.right - box.left, box.bottom - box.top, bands(shown, x, y)),
    drawReferences(references, box, x, y, points),
    drawHorizontalAxis(box, x, xAxis.label),
    clipped(
      box.left - reach,
      box.top - reach,
      box.right - box.left + 2 * reach,
      box.bottom - box.top + 2 * reach,
      lines,
    ),
    drawEndLabels(
      ends.map((line) => ({ ...line, y: Math.min(box.bottom, Math.max(box.top, lastY(line, y))) })),
      box.right,
      width - margin,
      box.top + 4,
      box.bottom - 4,
    ),
  ];
  return svgDocument(
    width,
    height,
    { title: options.title, description: describe(options, drawn) },
    content.join(''),
  );
}

function prepare(series: LineSeries, place: number, xAxis: AxisOptions, yAxis: AxisOptions): Drawn {
  const { x, y, low, high } = series;
  if (
    x.length !== y.length ||
    (low !== undefined && low.length !== y.length) ||
    (high?.length ?? y.length) !== y.length
  ) {
    throw new RangeError(`lineChart: the values of “${series.name}” are not equally many`);
  }
  const holds = (axis: AxisOptions, value: number): boolean => plottable(value, axis.scale === 'log');
  const runs: number[][] = [];
  let skipped = 0;
  let joined = false;
  for (let i = 0; i < x.length; i++) {
    const good = holds(xAxis, x[i]!) && holds(yAxis, y[i]!);
    if (!good) skipped++;
    else if (joined) runs.at(-1)?.push(i);
    else runs.push([i]);
    joined = good;
  }
  const last = runs.at(-1)?.at(-1);
  const value = series.value ?? (last === undefined ? '' : figure(y[last]!));
  return { ...styleOf(series, place), name: series.name, value, runs, series, skipped };
}

function layOut(
  options: LineChartOptions,
  shown: readonly Drawn[],
  ends: readonly Drawn[],
  frame: { readonly width: number; readonly top: number; readonly bottom: number },
): { box: Box; x: Scale; y: Scale } {
  const { x: xAxis = {}, y: yAxis = {}, references = [] } = options;
  const { width, top, bottom } = frame;
  const all = (read: (series: LineSeries) => (ArrayLike<number> | undefined)[]): number[] =>
    shown.flatMap(({ series, runs }) =>
      read(series).flatMap((values) => (values === undefined ? [] : runs.flat().map((i) => values[i]!))),
    );
  const yValues = all(({ y, low, high }) => [y, low, high]);
  yValues.push(...references.filter(({ axis }) => axis === 'y').map(({ value }) => value));
  const yRange = rangeOf(yValues, yAxis.scale === 'log');
  const xRange = rangeOf(
    all(({ x }) => [x]),
    xAxis.scale === 'log',
  );
  const tickCount = Math.max(2, Math.round((bottom - top) / 44));
  const y = createScale(yAxis, yRange, { start: bottom, end: top, tickCount }, true);
  const left = margin + tickRoom(y.tickTexts);
  const right = width - margin - Math.max(endLabelRoom(ends), 10);
  if (right - left < 60)
    throw new RangeError(`lineChart: a width of ${width} leaves no room for “${options.title}”`);
  const roomy = Math.max(2, Math.round((right - left) / 64));
  const x = createScale(xAxis, xRange, { start: left, end: right, tickCount: roomy }, false);
  return { box: { left, top, right, bottom }, x, y };
}

function pointsOf(line: Drawn, x: Scale, y: Scale): Point[] {
  return line.runs.flat().map((i) => [x.at(line.series.x[i]!), y.at(line.series.y[i]!)]);
}

function lastY(line: Drawn, y: Scale): number {
  const last = line.runs.at(-1)?.at(-1);
  return last === undefined ? 0 : y.at(line.series.y[last]!);
}

function drawLine(line: Drawn, x: Scale, y: Scale): string {
  const { series, tone, dash } = line;
  const style = {
    fill: 'none',
    stroke: tones[tone],
    'stroke-width': dash ? 1.5 : 2,
    'stroke-linejoin': 'round',
  };
  const paths = line.runs.map((run) => {
    const points = run.map((i): Point => [x.at(series.x[i]!), y.at(series.y[i]!)]);
    if (points.length === 1) return drawMarker(line.marker, points[0]![0], points[0]![1], tone, 0.8);
    return element('path', { d: linePath(points), ...style, 'stroke-dasharray': dash ? '5 3' : undefined });
  });
  const end = line.runs.at(-1)?.at(-1);
  const mark =
    end === undefined ? '' : drawMarker(line.marker, x.at(series.x[end]!), y.at(series.y[end]!), tone);
  return paths.join('') + mark;
}

/** The bands of all series, where both of their edges can be drawn. */
function bands(lines: readonly Drawn[], x: Scale, y: Scale): string {
  return lines
    .flatMap(({ series, tone, runs }) => {
      const { low, high } = series;
      if (low === undefined || high === undefined) return [];
      return runs.map((run) => {
        const good = run.filter((i) => y.holds(low[i]!) && y.holds(high[i]!));
        if (good.length < 2) return '';
        const upper = good.map((i): Point => [x.at(series.x[i]!), y.at(high[i]!)]);
        const lower = good.map((i): Point => [x.at(series.x[i]!), y.at(low[i]!)]);
        return element('path', {
          d: `${linePath([...upper, ...lower.reverse()])}Z`,
          fill: tones[tone],
          'fill-opacity': 0.16,
        });
      });
    })
    .join('');
}

function describe(options: LineChartOptions, lines: readonly Drawn[]): string {
  const { summary, x: xAxis = {}, y: yAxis = {}, references = [] } = options;
  const log = xAxis.scale === 'log' || yAxis.scale === 'log';
  const axes = `Line chart of ${yAxis.label ?? options.note ?? options.title} against ${xAxis.label ?? 'x'}.`;
  const told = lines.map(({ name, series, runs, skipped }) => {
    const kept = runs.flat();
    const first = kept[0];
    const last = kept.at(-1);
    if (first === undefined || last === undefined) return `${name}: nothing to show.${leftOut(skipped, log)}`;
    const highest = kept.reduce((most, i) => Math.max(most, series.y[i]!), -Infinity);
    const lowest = kept.reduce((least, i) => Math.min(least, series.y[i]!), Infinity);
    const where = (i: number): string =>
      `${figure(series.y[i]!)} at ${tickTexts([series.x[i]!], false).join('')}`;
    return `${name}: ${kept.length} ${kept.length === 1 ? 'point' : 'points'} from ${where(first)} to ${where(last)}, lowest ${figure(lowest)}, highest ${figure(highest)}.${leftOut(skipped, log)}`;
  });
  const lined = references.map(
    ({ axis, value, label }) =>
      `Line at ${axis} = ${figure(value)}${label === undefined ? '' : `: ${label}`}.`,
  );
  return [summary, axes, ...told, ...lined].filter((part) => part !== undefined).join(' ');
}
