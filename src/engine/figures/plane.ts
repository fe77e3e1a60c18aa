import { valuesPath } from '../../charts/paths.ts';
import { pushApart } from '../../charts/pushApart.ts';
import { createScale } from '../../charts/scale.ts';
import type { AxisOptions, Scale } from '../../charts/scale.ts';
import type { Marker, Tone } from '../../charts/seriesStyles.ts';
import {
  crisp,
  drawHead,
  drawHorizontalAxis,
  drawLegend,
  drawMarker,
  drawVerticalAxis,
  headHeight,
  margin,
  tickRoom,
} from '../pictures/chartFrame.ts';
import type { Box, ChartWords, LegendEntry } from '../pictures/chartFrame.ts';
import { clipped, element, svgDocument, text } from '../pictures/svg.ts';
import { colours } from '../pictures/tokens.ts';

/** A path through the plane; points that the axes cannot hold break it. */
export interface PlanePath {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly colour: string;
  readonly width: number;
  readonly opacity?: number;
  readonly dash?: boolean;
  /** A ring where it begins, and a marker where it ends. */
  readonly start?: boolean;
  readonly end?: { readonly marker: Marker; readonly tone: Tone };
}

/** A word beside a point. */
export interface PlaneLabel {
  readonly x: number;
  readonly y: number;
  readonly content: string;
  readonly anchor?: 'start' | 'middle' | 'end';
  /** Pixels to move it by. */
  readonly move?: readonly [right: number, down: number];
}

export interface PlaneOptions extends Omit<ChartWords, 'width' | 'height'> {
  readonly side: number;
  /** Pixels upwards; default: a square. */
  readonly upright?: number;
  readonly x: AxisOptions & { readonly range: readonly [number, number] };
  readonly y: AxisOptions & { readonly range: readonly [number, number] };
  readonly legend: readonly LegendEntry[];
  /** From the back to the front. */
  readonly paths: readonly PlanePath[];
  readonly labels: readonly PlaneLabel[];
  /** Words in a row along the upper edge, each with a thread to its point. */
  readonly threads?: readonly Omit<PlaneLabel, 'anchor' | 'move'>[];
  readonly description: string;
}

interface PlaneLayout {
  readonly width: number;
  readonly height: number;
  readonly box: Box;
  readonly x: Scale;
  readonly y: Scale;
  readonly legend: string;
}

/** Where everything stands; `width` and `height` are the whole picture's. */
export function layOutPlane(options: PlaneOptions): PlaneLayout {
  const { side, upright = side } = options;
  const none = { low: 0, high: 1 };
  const across = Math.round(side / 56);
  const up = Math.max(2, Math.round(upright / 56));
  const { tickTexts } = createScale(options.y, none, { start: 0, end: upright, tickCount: up }, false);
  const left = margin + 4 + tickRoom(tickTexts);
  const width = left + side + margin + 10;
  const legend = drawLegend(options.legend, margin, headHeight, width - margin);
  const top = headHeight + legend.height + 24;
  const box: Box = { left, top, right: left + side, bottom: top + upright };
  const x = createScale(options.x, none, { start: box.left, end: box.right, tickCount: across }, false);
  const y = createScale(options.y, none, { start: box.bottom, end: box.top, tickCount: up }, false);
  return { width, height: box.bottom + 44, box, x, y, legend: legend.markup };
}

/** A plane with paths, for two axes of one unit: give them equal lengths a unit, and directions look as they are. */
export function plane(options: PlaneOptions): string {
  const { width, height, box, x, y, legend } = layOutPlane(options);
  const size = [box.right - box.left, box.bottom - box.top] as const;
  const { paths, labels, threads = [] } = options;
  const content = [
    drawHead(options, width),
    legend,
    drawVerticalAxis(box, y),
    drawUpright(box, x),
    clipped(box.left, box.top, ...size, paths.map((path) => drawPath(path, x, y)).join('')),
    drawHorizontalAxis(box, x, options.x.label),
    element('line', { x1: box.left, y1: box.top, x2: box.left, y2: box.bottom, stroke: colours.strong }),
    text(margin, box.top - 12, options.y.label ?? ''),
    drawThreads(threads, x, y, box),
    paths.map((path) => drawEnds(path, x, y, box)).join(''),
    labels.map((label) => drawLabel(label, x, y)).join(''),
  ];
  const words = { title: options.title, description: options.description };
  return svgDocument(width, height, words, content.join(''));
}

function drawThreads(threads: NonNullable<PlaneOptions['threads']>, x: Scale, y: Scale, box: Box): string {
  const shown = threads.filter((thread) => x.holds(thread.x) && y.holds(thread.y));
  const places = pushApart(
    shown.map((thread) => x.at(thread.x)),
    18,
    box.left + 12,
    box.right - 12,
  );
  const row = box.top + 14;
  return shown
    .map((thread, i) => {
      const ends = { x1: places[i]!, y1: row + 4, x2: x.at(thread.x), y2: y.at(thread.y) };
      return (
        element('line', { ...ends, stroke: colours.strong, 'stroke-width': 0.75 }) +
        text(places[i]!, row, thread.content, { anchor: 'middle', colour: colours.ink2, halo: true })
      );
    })
    .join('');
}

/** The upright hairlines of the grid. */
function drawUpright(box: Box, x: Scale): string {
  return x.ticks
    .map((tick) => {
      const at = crisp(x.at(tick));
      if (at < box.left || at > box.right) return '';
      return element('line', { x1: at, x2: at, y1: box.top, y2: box.bottom, stroke: colours.line });
    })
    .join('');
}

function drawPath({ x: xs, y: ys, colour, width, opacity, dash }: PlanePath, x: Scale, y: Scale): string {
  const d = valuesPath(x, y, xs, ys);
  if (d === '') return '';
  return element('path', {
    d,
    fill: 'none',
    stroke: colour,
    'stroke-width': width,
    'stroke-opacity': opacity,
    'stroke-linejoin': 'round',
    'stroke-dasharray': dash === true ? '4 3' : undefined,
  });
}

/** The ring at the start and the marker at the end, where they lie in the box. */
function drawEnds({ x: xs, y: ys, colour, start, end }: PlanePath, x: Scale, y: Scale, box: Box): string {
  const place = (index: number): [number, number] | undefined => {
    const [px, py] = [xs[index] ?? NaN, ys[index] ?? NaN];
    if (!x.holds(px) || !y.holds(py)) return undefined;
    const at: [number, number] = [x.at(px), y.at(py)];
    const inside =
      at[0] >= box.left - 1 && at[0] <= box.right + 1 && at[1] >= box.top - 1 && at[1] <= box.bottom + 1;
    return inside ? at : undefined;
  };
  const first = start === true ? place(0) : undefined;
  const last = end === undefined ? undefined : place(xs.length - 1);
  const ring =
    first === undefined
      ? ''
      : element('circle', {
          cx: first[0],
          cy: first[1],
          r: 4,
          fill: colours.panel,
          stroke: colour,
          'stroke-width': 2,
        });
  const mark = last === undefined || end === undefined ? '' : drawMarker(end.marker, ...last, end.tone, 1.1);
  return ring + mark;
}

function drawLabel(label: PlaneLabel, x: Scale, y: Scale): string {
  if (!x.holds(label.x) || !y.holds(label.y)) return '';
  const [right, down] = label.move ?? [0, 0];
  return text(x.at(label.x) + right, y.at(label.y) + down, label.content, {
    anchor: label.anchor ?? 'start',
    colour: colours.ink2,
    halo: true,
  });
}
