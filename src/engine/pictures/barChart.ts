import { figure } from '../../contract/figures.ts';
import { createScale, plottable, rangeOf } from '../../charts/scale.ts';
import type { AxisOptions, Scale } from '../../charts/scale.ts';
import { styleOf } from '../../charts/seriesStyles.ts';
import type { SeriesStyle } from '../../charts/seriesStyles.ts';
import type { ValueRange } from '../../charts/ticks.ts';
import {
  crisp,
  drawHead,
  drawLegend,
  drawVerticalAxis,
  headHeight,
  leftOut,
  margin,
  tickRoom,
} from './chartFrame.ts';
import type { Box, ChartWords } from './chartFrame.ts';
import { drawReferences } from './references.ts';
import type { ReferenceLine } from './references.ts';
import { element, svgDocument, text } from './svg.ts';
import { textWidth, wrap } from './textWidth.ts';
import { colours, tones } from './tokens.ts';

export interface BarSeries extends Partial<SeriesStyle> {
  readonly name: string;
  /** One for each group; what is not finite has no bar. */
  readonly values: ArrayLike<number>;
  /** A spread around each value. */
  readonly low?: ArrayLike<number>;
  readonly high?: ArrayLike<number>;
}

export interface BarOptions extends ChartWords {
  readonly groups: readonly string[];
  readonly series: readonly BarSeries[];
  /** Linear; starts at zero unless a range is given. */
  readonly y?: Omit<AxisOptions, 'scale'>;
  /** Horizontal lines. */
  readonly references?: readonly Omit<ReferenceLine, 'axis'>[];
  readonly format?: (value: number) => string;
}

const labelLine = 14;

/** Grouped bars from zero with their values above them, as an SVG; as wide as its longest words need. */
export function barChart(options: BarOptions): string {
  const { groups, series, y: yAxis = {}, references = [], format = figure } = options;
  for (const { name, values } of series) {
    if (values.length !== groups.length)
      throw new RangeError(`barChart: “${name}” has not one value for each group`);
  }
  const styles = series.map((one, place) => styleOf(one, place));
  const range = barRange(options);
  const shown = series.flatMap(({ values }) => Array.from(values)).filter((value) => plottable(value, false));
  const barRoom = Math.max(12, ...shown.map((value) => textWidth(format(value), 11) + 6));
  const words = groups.flatMap((group) => group.split(/\s+/));
  const groupRoom = Math.max(barRoom * series.length + 12, ...words.map((word) => textWidth(word, 11) + 12));
  const width = Math.max(options.width ?? 400, Math.ceil(groupRoom * groups.length + 2 * margin + 60));
  const legendEntries =
    series.length < 2 ? [] : series.map(({ name }, i) => ({ ...styles[i]!, name, key: 'fill' as const }));
  const legend = drawLegend(legendEntries, margin, headHeight, width - margin);
  const lines = (room: number): string[][] => groups.map((group) => wrap(group, room - 8, 11));
  const most = Math.max(
    1,
    ...lines((width - 2 * margin - 60) / Math.max(1, groups.length)).map(({ length }) => length),
  );
  const height = Math.max(options.height ?? 220, headHeight + legend.height + most * labelLine + 120);
  const top = headHeight + legend.height + 14;
  const bottom = height - margin - most * labelLine;
  const tickCount = Math.max(2, Math.round((bottom - top) / 44));
  const y = createScale(yAxis, range, { start: bottom, end: top, tickCount }, true);
  const box: Box = { left: margin + tickRoom(y.tickTexts), top, right: width - margin, bottom };
  const room = (box.right - box.left) / Math.max(1, groups.length);
  const bars = series.map((one, place) =>
    drawBars(one, styles[place]!, { place, of: series.length, room, box, y, format }),
  );
  const x = createScale({}, { low: 0, high: 1 }, { start: box.left, end: box.right, tickCount: 2 }, false);
  const obstacles = bars.flatMap(({ tops }) => tops);
  const zero = crisp(Math.min(box.bottom, Math.max(box.top, y.at(0))));
  const content = [
    drawHead(options, width),
    legend.markup,
    drawVerticalAxis(box, y),
    ...bars.map(({ markup }) => markup),
    element('line', { x1: box.left, y1: zero, x2: box.right, y2: zero, stroke: colours.strong }),
    drawReferences(
      references.map((line) => ({ ...line, axis: 'y' })),
      box,
      x,
      y,
      obstacles,
    ),
    drawGroupNames(lines(room), box),
  ];
  return svgDocument(
    width,
    height,
    { title: options.title, description: describe(options) },
    content.join(''),
  );
}

/** From zero to the farthest bar, spread or reference line. */
function barRange({ series, references = [] }: BarOptions): ValueRange {
  const ends = series.flatMap(({ values, low = [], high = [] }) => [
    ...Array.from(values),
    ...Array.from(low),
    ...Array.from(high),
  ]);
  const { low, high } = rangeOf([0, ...ends, ...references.map(({ value }) => value)], false);
  // Below a bar that hangs down stands its value: room for it.
  return { low: low < 0 ? low - (high - low) * 0.12 : low, high };
}

function drawGroupNames(names: readonly (readonly string[])[], box: Box): string {
  const room = (box.right - box.left) / Math.max(1, names.length);
  const style = { anchor: 'middle', colour: colours.ink2 } as const;
  return names
    .flatMap((lines, i) =>
      lines.map((line, n) => text(box.left + (i + 0.5) * room, box.bottom + 15 + n * labelLine, line, style)),
    )
    .join('');
}

function describe({ groups, series, summary }: BarOptions): string {
  const told = series.map(({ name, values }) => {
    const listed = groups.map((group, i) => `${group} ${figure(values[i]!)}`).join(', ');
    const missing = Array.from(values).filter((value) => !plottable(value, false)).length;
    return `${name}: ${listed}.${leftOut(missing)}`;
  });
  return [summary, 'Bar chart.', ...told].filter((part) => part !== undefined).join(' ');
}

interface BarPlace {
  readonly place: number;
  readonly of: number;
  readonly room: number;
  readonly box: Box;
  readonly y: Scale;
  readonly format: (value: number) => string;
}

function drawBars(
  series: BarSeries,
  style: SeriesStyle,
  where: BarPlace,
): { markup: string; tops: [number, number][] } {
  const { place, of, room, box, y, format } = where;
  const step = Math.min(72, (room - 12) / of);
  const thick = Math.min(40, step - 3);
  const tops: [number, number][] = [];
  const inside = (value: number): number => Math.min(box.bottom, Math.max(box.top, y.at(value)));
  const zero = inside(0);
  const markup = Array.from(series.values, (value, group) => {
    if (!plottable(value, false)) return '';
    const middle = box.left + (group + 0.5) * room + (place - (of - 1) / 2) * step;
    const end = inside(value);
    const size = {
      x: middle - thick / 2,
      y: Math.min(end, zero),
      width: thick,
      height: Math.abs(end - zero),
    };
    const low = series.low?.[group] ?? Number.NaN;
    const high = series.high?.[group] ?? Number.NaN;
    const spread = plottable(low, false) && plottable(high, false);
    const line = { x1: middle, x2: middle, y1: spread ? inside(low) : 0, y2: spread ? inside(high) : 0 };
    const edge =
      value < 0 ? Math.max(end, spread ? line.y1 : end) + 12 : Math.min(end, spread ? line.y2 : end) - 5;
    for (let x = middle - step / 2; x <= middle + step / 2; x += 6) tops.push([x, edge - 4], [x, end]);
    return [
      element('rect', { ...size, fill: tones[style.tone] }),
      spread ? element('line', { ...line, stroke: colours.ink, 'stroke-width': 1.5 }) : '',
      text(middle, edge, format(value), { anchor: 'middle', colour: colours.ink, halo: true }),
    ].join('');
  });
  return { markup: markup.join(''), tops };
}
