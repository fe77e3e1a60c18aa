import { figure } from '../../contract/figures.ts';
import { linePath } from '../../charts/paths.ts';
import type { Point } from '../../charts/paths.ts';
import { createScale, plottable, rangeOf } from '../../charts/scale.ts';
import type { AxisOptions, Scale } from '../../charts/scale.ts';
import { styleOf } from '../../charts/seriesStyles.ts';
import type { SeriesStyle } from '../../charts/seriesStyles.ts';
import { drawHead, drawHorizontalAxis, drawLegend, drawMarker, drawVerticalAxis } from './chartFrame.ts';
import { headHeight, leftOut, margin, tickRoom } from './chartFrame.ts';
import type { Box, ChartWords, LegendEntry } from './chartFrame.ts';
import { drawReferences } from './references.ts';
import type { ReferenceLine } from './references.ts';
import { clipped, element, svgDocument } from './svg.ts';
import { colours, tones } from './tokens.ts';

export interface ScatterSeries extends Partial<SeriesStyle> {
  readonly name: string;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

export interface ScatterOptions extends ChartWords {
  readonly series: readonly ScatterSeries[];
  readonly x?: AxisOptions;
  readonly y?: AxisOptions;
  /** The line y = x, with its name. */
  readonly diagonal?: string;
  /** A curve that the points are compared with. */
  readonly curve?: { readonly name: string; readonly x: ArrayLike<number>; readonly y: ArrayLike<number> };
  readonly references?: readonly ReferenceLine[];
}

/** Points as an SVG; those that cannot stand on the axes are left out and counted in the text summary. */
export function scatterChart(options: ScatterOptions): string {
  const { width = 320, x: xAxis = {}, y: yAxis = {}, curve, diagonal, references = [] } = options;
  const styles = options.series.map((series, place) => styleOf(series, place));
  const keys: LegendEntry[] = options.series.map(({ name }, i) => ({
    ...styles[i]!,
    name,
    key: 'marker' as const,
  }));
  const grey = { tone: 's0', marker: 'none', key: 'line' } as const;
  if (curve !== undefined) keys.push({ ...grey, name: curve.name, dash: false });
  if (diagonal !== undefined) keys.push({ ...grey, name: diagonal, dash: true });
  const legend = drawLegend(keys, margin, headHeight, width - margin);
  const height = Math.max(options.height ?? 320, legend.height + 200);
  const { box, x, y } = layOut(options, width, headHeight + legend.height + 4, height);

  const dots = options.series.map((series, i) => {
    if (series.x.length !== series.y.length) {
      throw new RangeError(`scatterChart: the values of “${series.name}” are not equally many`);
    }
    const points = kept(series, x, y);
    return { points, skipped: series.x.length - points.length, style: styles[i]! };
  });
  const reach = 5;
  const drawn = dots.flatMap(({ points, style }) =>
    points.map(([px, py]) =>
      element(
        'g',
        { opacity: points.length > 60 ? 0.6 : 0.9 },
        drawMarker(style.marker, px, py, style.tone, 0.85),
      ),
    ),
  );
  const lines = [
    diagonal === undefined ? '' : drawDiagonal(x, y),
    curve === undefined ? '' : drawCurve(kept(curve, x, y)),
  ];
  const size = [box.right - box.left, box.bottom - box.top] as const;
  const content = [
    drawHead(options, width),
    legend.markup,
    drawVerticalAxis(box, y),
    clipped(box.left, box.top, ...size, lines.join('')),
    drawHorizontalAxis(box, x, xAxis.label),
    clipped(box.left - reach, box.top - reach, size[0] + 2 * reach, size[1] + 2 * reach, drawn.join('')),
    drawReferences(
      references,
      box,
      x,
      y,
      dots.flatMap(({ points }) => points),
    ),
  ];
  const log = x.log || y.log;
  const told = options.series.map(({ name }, i) => {
    const { points, skipped } = dots[i]!;
    return `${name}: ${points.length} ${points.length === 1 ? 'point' : 'points'}.${leftOut(skipped, log)}`;
  });
  const range = `x from ${figure(x.range.low)} to ${figure(x.range.high)}, y from ${figure(y.range.low)} to ${figure(y.range.high)}.`;
  const axes = `Scatter chart of ${yAxis.label ?? 'y'} against ${xAxis.label ?? 'x'}: ${range}`;
  const description = [options.summary, axes, ...told].filter((part) => part !== undefined).join(' ');
  return svgDocument(width, height, { title: options.title, description }, content.join(''));
}

/** The points that both axes hold, in pixels. */
function kept(
  series: { readonly x: ArrayLike<number>; readonly y: ArrayLike<number> },
  x: Scale,
  y: Scale,
): Point[] {
  return Array.from(series.x, (value, i): Point => [value, series.y[i]!])
    .filter(([px, py]) => x.holds(px) && y.holds(py))
    .map(([px, py]) => [x.at(px), y.at(py)]);
}

function layOut(
  options: ScatterOptions,
  width: number,
  top: number,
  height: number,
): { box: Box; x: Scale; y: Scale } {
  const { x: xAxis = {}, y: yAxis = {}, curve, diagonal } = options;
  const sets = curve === undefined ? options.series : [...options.series, curve];
  // Only points with both values count: what stands on neither axis must not stretch the other.
  const pairs = sets
    .flatMap(({ x, y }) => Array.from(x, (value, i): Point => [value, y[i]!]))
    .filter(([px, py]) => {
      const good = (value: number, axis: AxisOptions): boolean => plottable(value, axis.scale === 'log');
      return good(px, xAxis) && good(py, yAxis);
    });
  const both = diagonal !== undefined;
  const xs = pairs.map(([px]) => px);
  const ys = pairs.map(([, py]) => py);
  // With a diagonal the axes span the same values, so that it goes from corner to corner.
  const xRange = rangeOf(both ? [...xs, ...ys] : xs, xAxis.scale === 'log');
  const yRange = rangeOf(both ? [...xs, ...ys] : ys, yAxis.scale === 'log');
  const bottom = height - (xAxis.label === undefined ? 28 : 44);
  const upright = Math.max(2, Math.round((bottom - top) / 48));
  const y = createScale(yAxis, yRange, { start: bottom, end: top, tickCount: upright }, true);
  const left = margin + tickRoom(y.tickTexts);
  const right = width - margin - 10;
  const across = Math.max(2, Math.round((right - left) / 56));
  const x = createScale(xAxis, xRange, { start: left, end: right, tickCount: both ? upright : across }, true);
  return { box: { left, top, right, bottom }, x, y };
}

function drawDiagonal(x: Scale, y: Scale): string {
  const low = Math.max(x.range.low, y.range.low);
  const high = Math.min(x.range.high, y.range.high);
  if (low >= high) return '';
  const ends = { x1: x.at(low), y1: y.at(low), x2: x.at(high), y2: y.at(high) };
  return element('line', { ...ends, stroke: colours.ink3, 'stroke-dasharray': '4 3' });
}

function drawCurve(points: readonly Point[]): string {
  if (points.length < 2) return '';
  return element('path', { d: linePath(points), fill: 'none', stroke: tones.s0, 'stroke-width': 1.5 });
}
