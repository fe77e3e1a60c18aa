import type { Chart, Plugin } from 'chart.js';
import { labelStep, pushApart } from '../../charts/pushApart.ts';
import { cornersOf, markerRadius } from '../../charts/seriesStyles.ts';
import type { ChartColours } from './chartColours.ts';
import { pointAt } from './hover.ts';
import type { Series } from './series.ts';

const font = (bold: boolean): string => `${bold ? 600 : 400} 11px system-ui, sans-serif`;

export interface Decorations {
  series: readonly Series[];
  colours: ChartColours;
  /** Names and values at the lines' ends. */
  withLabels: boolean;
  /** A vertical line at this place of the x axis. */
  cursor: number | null;
  /** The step that is pointed at in any of the charts. */
  hovered: number | null;
  /** A dotted horizontal line. */
  reference: number | null;
  format: (value: number) => string;
}

/** Room at the right of the plot for the labels. */
export function roomForLabels(series: readonly Series[], format: (value: number) => string): number {
  const canvas = document.createElement('canvas').getContext('2d');
  if (canvas === null || series.length === 0) return 0;
  canvas.font = font(false);
  const names = Math.max(...series.map(({ name }) => canvas.measureText(name).width));
  canvas.font = font(true);
  const values = Math.max(
    ...series.map(({ points }) => canvas.measureText(format(points.at(-1)?.y ?? 0)).width),
  );
  return Math.ceil(names + values) + 36;
}

/** Draws what Chart.js has no word for; reads `current` anew at every drawing. */
export function decorationsPlugin(current: () => Decorations): Plugin<'line'> {
  return {
    id: 'decorations',
    beforeDatasetsDraw: (chart) => {
      drawReference(chart, current());
      drawBands(chart, current());
    },
    afterDatasetsDraw: (chart) => {
      const decorations = current();
      drawCursor(chart, decorations);
      drawEnds(chart, decorations);
      drawHovered(chart, decorations);
    },
  };
}

function drawReference(chart: Chart, { reference, colours }: Decorations): void {
  if (reference === null) return;
  const y = chart.scales['y']!.getPixelForValue(reference);
  const { left, right, top, bottom } = chart.chartArea;
  if (y < top || y > bottom) return;
  const { ctx } = chart;
  ctx.save();
  ctx.strokeStyle = colours['ink-3'];
  ctx.setLineDash([2, 3]);
  ctx.beginPath();
  ctx.moveTo(left, y);
  ctx.lineTo(right, y);
  ctx.stroke();
  ctx.restore();
}

/** A range of one point is a short upright line. */
function drawBands(chart: Chart, { series, colours }: Decorations): void {
  const { ctx } = chart;
  const [x, y] = [chart.scales['x']!, chart.scales['y']!];
  ctx.save();
  for (const { band = [], tone } of series) {
    ctx.fillStyle = colours[tone];
    ctx.globalAlpha = 0.16;
    ctx.beginPath();
    for (const at of band) ctx.lineTo(x.getPixelForValue(at.x), y.getPixelForValue(at.high));
    for (const at of [...band].reverse()) ctx.lineTo(x.getPixelForValue(at.x), y.getPixelForValue(at.low));
    ctx.closePath();
    ctx.fill();
    if (band.length !== 1) continue;
    ctx.globalAlpha = 0.5;
    ctx.strokeStyle = colours[tone];
    ctx.stroke();
  }
  ctx.restore();
}

function drawCursor(chart: Chart, { cursor, colours }: Decorations): void {
  if (cursor === null) return;
  const x = chart.scales['x']!.getPixelForValue(cursor);
  const { left, right, top, bottom } = chart.chartArea;
  if (!(x >= left - 1 && x <= right + 1)) return;
  const { ctx } = chart;
  ctx.save();
  ctx.strokeStyle = colours.accent;
  ctx.beginPath();
  ctx.moveTo(x, top);
  ctx.lineTo(x, bottom);
  ctx.stroke();
  ctx.restore();
}

/** A thin line through all charts at the step that is pointed at, with a dot on each of their lines. */
function drawHovered(chart: Chart, { series, colours, hovered }: Decorations): void {
  if (hovered === null) return;
  const [x, y] = [chart.scales['x']!, chart.scales['y']!];
  const { left, right, top, bottom } = chart.chartArea;
  const at = x.getPixelForValue(hovered);
  if (!(at >= left - 1 && at <= right + 1)) return;
  const { ctx } = chart;
  ctx.save();
  ctx.strokeStyle = colours['ink-3'];
  ctx.beginPath();
  ctx.moveTo(at, top);
  ctx.lineTo(at, bottom);
  ctx.stroke();
  for (const { points, tone } of series.filter(({ faint }) => faint !== true)) {
    const point = pointAt(points, hovered);
    if (point === null) continue;
    const [dotX, dotY] = [x.getPixelForValue(point.x), y.getPixelForValue(point.y)];
    if (!(dotX >= left - 1 && dotX <= right + 1) || !Number.isFinite(dotY)) continue;
    ctx.fillStyle = colours[tone];
    ctx.strokeStyle = colours.panel;
    ctx.beginPath();
    ctx.arc(dotX, dotY, 4, 0, 2 * Math.PI);
    ctx.fill();
    ctx.stroke();
  }
  ctx.restore();
}

function drawEnds(chart: Chart, { series, colours, withLabels, hovered, format }: Decorations): void {
  const { ctx, chartArea } = chart;
  const ends = series.flatMap((one) => {
    if (one.faint === true) return [];
    const last = one.points.at(-1);
    if (last === undefined) return [];
    const x = chart.scales['x']!.getPixelForValue(last.x);
    const y = chart.scales['y']!.getPixelForValue(last.y);
    return Number.isFinite(x) && Number.isFinite(y) ? [{ one, last, x, y }] : [];
  });
  ctx.save();
  for (const { one, x, y } of ends) {
    const isShown = x >= chartArea.left && x <= chartArea.right + 1;
    if (one.overlaid !== true && isShown) drawMarker(ctx, one, colours, x, y);
  }
  if (withLabels) {
    const places = pushApart(
      ends.map(({ y }) => y),
      labelStep,
      chartArea.top,
      chartArea.bottom,
    );
    ends.forEach(({ one, last }, index) => {
      const y = places[index]!;
      const left = chartArea.right + 14;
      if (one.overlaid === true) drawDash(ctx, colours[one.tone], left - 6, y);
      else drawMarker(ctx, one, colours, left, y);
      ctx.textBaseline = 'middle';
      ctx.textAlign = 'left';
      ctx.font = font(false);
      ctx.fillStyle = colours['ink-2'];
      ctx.fillText(one.name, left + 9, y + 0.5);
      ctx.textAlign = 'right';
      ctx.font = font(true);
      ctx.fillStyle = colours.ink;
      // While a step is pointed at, the values are those of that step.
      const told = hovered === null ? last : pointAt(one.points, hovered);
      ctx.fillText(told === null ? '–' : format(told.y), chart.width - 1, y + 0.5);
    });
  }
  ctx.restore();
}

function drawDash(ctx: CanvasRenderingContext2D, colour: string, x: number, y: number): void {
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.5;
  ctx.setLineDash([4, 3]);
  ctx.beginPath();
  ctx.moveTo(x, y);
  ctx.lineTo(x + 11, y);
  ctx.stroke();
  ctx.setLineDash([]);
}

function drawMarker(
  ctx: CanvasRenderingContext2D,
  { tone, marker }: Series,
  colours: ChartColours,
  x: number,
  y: number,
): void {
  ctx.fillStyle = colours[tone];
  ctx.beginPath();
  if (marker === 'circle') ctx.arc(x, y, markerRadius, 0, 2 * Math.PI);
  else for (const corner of cornersOf(marker, x, y, markerRadius)) ctx.lineTo(...corner);
  ctx.closePath();
  ctx.fill();
}
