import { exact, figure } from '../../contract/figures.ts';
import { binShares } from '../../charts/bins.ts';
import type { Bins } from '../../charts/bins.ts';
import { stepsPath } from '../../charts/paths.ts';
import { createScale } from '../../charts/scale.ts';
import type { Scale } from '../../charts/scale.ts';
import { meanings, styleOf } from '../../charts/seriesStyles.ts';
import type { SeriesStyle } from '../../charts/seriesStyles.ts';
import { crisp, drawHead, drawMarker, headHeight, leftOut, margin } from './chartFrame.ts';
import type { Box, ChartWords } from './chartFrame.ts';
import { summarise } from './statistics.ts';
import type { Summary } from './statistics.ts';
import { clipped, element, svgDocument, text } from './svg.ts';
import { shorten, textWidth } from './textWidth.ts';
import { colours, tones } from './tokens.ts';

export interface HistogramSeries extends Partial<SeriesStyle> {
  readonly name: string;
  readonly values: ArrayLike<number>;
  /** Default: the first series is filled, the others are outlined. */
  readonly drawn?: 'filled' | 'outlined';
}

/** A baseline: what a summary of its values says, as they are many and nobody keeps them. */
export interface HistogramBaseline {
  readonly name: string;
  readonly count: number;
  readonly quartiles: readonly [lower: number, median: number, upper: number];
  /** Share of the values in `interval`. */
  readonly share: number;
}

export interface HistogramOptions extends ChartWords {
  /** Superimposed; heights are shares of a series' own values. */
  readonly series: readonly HistogramSeries[];
  /** Shown as strips only, under those of the series. */
  readonly baselines?: readonly HistogramBaseline[];
  /** Default: 20 bins from 0 to 4, and one more for everything from 4 on. Values below go into the first bin. */
  readonly bins?: Bins;
  /** A dotted line; default 1. */
  readonly reference?: number;
  /** A shaded interval; default 0.75 to 1.25. The first series' share in it is the default `fact`. */
  readonly interval?: readonly [low: number, high: number];
}

interface Row {
  readonly name: string;
  readonly style: SeriesStyle;
  readonly count: number;
  readonly skipped: number;
  readonly quartiles: readonly [lower: number, median: number, upper: number];
  readonly share: number;
  readonly baseline: boolean;
}

const strip = 16;
const valueRoom = 62;

/**
 * Superimposed histograms on equal bins with an overflow bin, and below them a strip for each series and baseline:
 * its median as a marker, its middle half as a bar, and the median in figures. An SVG.
 */
export function histogramChart(options: HistogramOptions): string {
  const { width = 360, series, baselines = [], bins = { low: 0, high: 4, count: 20 } } = options;
  if (!(bins.high > bins.low) || !Number.isInteger(bins.count) || bins.count < 1) {
    throw new RangeError('histogramChart: bins need a low below their high, and a whole count');
  }
  const { reference = 1, interval = [0.75, 1.25] } = options;
  const summaries = series.map(({ values }) => summarise(values));
  const rows: Row[] = [
    ...series.map((one, place) => seriesRow(one.name, summaries[place]!, styleOf(one, place), interval)),
    ...baselines.map((one) => ({ ...one, style: meanings.baseline, skipped: 0, baseline: true })),
  ];
  const stripsHeight = rows.length * strip + 4;
  const height = Math.max(options.height ?? 0, headHeight + 124 + stripsHeight + margin);
  const nameRoom = Math.ceil(
    Math.max(...rows.map(({ name, baseline }) => textWidth(name, 11, !baseline)), 24),
  );
  const names = Math.min(nameRoom, width * 0.35);
  const box: Box = {
    left: margin + names + 12,
    top: headHeight + 4,
    right: width - margin - valueRoom,
    bottom: height - margin - stripsHeight - 22,
  };
  const step = (bins.high - bins.low) / bins.count;
  const x = createScale(
    { range: [bins.low, bins.high + step] },
    { low: 0, high: 1 },
    { start: box.left, end: box.right, tickCount: Math.max(2, Math.round((box.right - box.left) / 38)) },
    false,
  );
  const near = rows[0]?.share ?? Number.NaN;
  const share = Number.isFinite(near) ? `${Math.round(near * 100)} % in ${interval[0]}–${interval[1]}` : '';
  const stripsTop = box.bottom + 26;
  const content = [
    drawHead({ ...options, fact: options.fact ?? share }, width),
    drawGround(box, x, interval),
    drawHistograms(options, summaries, rows, box, x, bins),
    drawBinAxis(box, x, bins, valueRoom),
    drawReference(x, reference, box.top, stripsTop + stripsHeight - 8, box),
    ...rows.map((one, i) =>
      drawStrip(one, stripsTop + i * strip + 6, x, { ...box, right: width - margin }, names),
    ),
  ];
  const description = describe(options, rows, interval);
  return svgDocument(width, height, { title: options.title, description }, content.join(''));
}

function seriesRow(
  name: string,
  summary: Summary,
  style: SeriesStyle,
  [low, high]: readonly [number, number],
): Row {
  const { sorted, skipped, lowerQuartile, median, upperQuartile } = summary;
  const share = sorted.filter((value) => value >= low && value <= high).length / sorted.length;
  const quartiles = [lowerQuartile, median, upperQuartile] as const;
  return { name, style, count: sorted.length, skipped, quartiles, share, baseline: false };
}

function within(x: Scale, value: number): number {
  return x.at(Math.max(x.range.low, Math.min(x.range.high, value)));
}

function drawGround(box: Box, x: Scale, [low, high]: readonly [number, number]): string {
  const left = within(x, low);
  const right = within(x, high);
  if (right <= left) return '';
  const size = { width: right - left, height: box.bottom - box.top };
  return element('rect', { x: left, y: box.top, ...size, fill: colours.sunken });
}

function drawHistograms(
  options: HistogramOptions,
  summaries: readonly Summary[],
  rows: readonly Row[],
  box: Box,
  x: Scale,
  bins: Bins,
): string {
  const shares = options.series.map((_, i) => binShares(summaries[i]!.sorted, bins));
  const highest = Math.max(1e-9, ...shares.flat());
  const top = (share: number): number => box.bottom - (share / highest) * (box.bottom - box.top - 6);
  const edge = (bin: number): number => x.at(bins.low + ((bins.high - bins.low) / bins.count) * bin);
  const shapes = options.series.map((one, i) => {
    const stroke = tones[rows[i]!.style.tone];
    const filled = (one.drawn ?? (i === 0 ? 'filled' : 'outlined')) === 'filled';
    const heights = shares[i]!.map(top);
    const line = element('path', {
      d: stepsPath(heights, edge, box.bottom),
      fill: 'none',
      stroke,
      'stroke-width': 1.5,
    });
    if (!filled) return { filled, markup: line };
    const bars = heights.map((y, bin) =>
      element('rect', {
        x: edge(bin) + 0.5,
        y,
        width: edge(bin + 1) - edge(bin) - 1,
        height: box.bottom - y,
        fill: stroke,
        'fill-opacity': 0.35,
      }),
    );
    return { filled, markup: bars.join('') + line };
  });
  // Filled series lie under outlined ones, whatever their order.
  return [...shapes.filter(({ filled }) => filled), ...shapes.filter(({ filled }) => !filled)]
    .map(({ markup }) =>
      clipped(box.left - 1, box.top, box.right - box.left + 2, box.bottom - box.top, markup),
    )
    .join('');
}

function drawBinAxis(box: Box, x: Scale, bins: Bins, room: number): string {
  const y = crisp(box.bottom);
  const overflow = `≥ ${exact(bins.high)}`;
  const half = textWidth(overflow, 11) / 2;
  const middle = (x.at(bins.high) + box.right) / 2;
  const ticks = x.ticks.map((tick, i) => {
    const content = x.tickTexts[i]!;
    if (tick >= bins.high || x.at(tick) + textWidth(content, 11) / 2 > middle - half - 4) return '';
    return text(x.at(tick), box.bottom + 15, content, { anchor: 'middle' });
  });
  return [
    element('line', { x1: box.left, y1: y, x2: box.right, y2: y, stroke: colours.strong }),
    ...ticks,
    text(middle, box.bottom + 15, overflow, { anchor: 'middle' }),
    text(box.right + room, box.bottom + 15, 'median', { anchor: 'end' }),
  ].join('');
}

function drawReference(x: Scale, value: number, top: number, bottom: number, box: Box): string {
  if (value < x.range.low || value > x.range.high) return '';
  const at = crisp(x.at(value));
  const line = { x1: at, x2: at, stroke: colours.ink3, 'stroke-dasharray': '2 3' };
  return (
    element('line', { ...line, y1: top, y2: box.bottom }) +
    element('line', { ...line, y1: box.bottom + 20, y2: bottom })
  );
}

function drawStrip(row: Row, y: number, x: Scale, box: Box, nameRoom: number): string {
  const { name, style, count, quartiles, baseline } = row;
  const [lower, median, upper] = quartiles;
  const words = { bold: !baseline, colour: baseline ? colours.ink2 : colours.ink };
  const label = text(margin, y + 4, shorten(name, nameRoom + 4, 11, !baseline), words);
  const number = text(box.right, y + 4, figure(median), { ...words, bold: false, anchor: 'end' });
  if (count === 0) return label + number;
  const bar = {
    x1: within(x, lower),
    x2: within(x, upper),
    y1: y,
    y2: y,
    stroke: tones[style.tone],
    'stroke-width': baseline ? 1.5 : 3,
  };
  return label + element('line', bar) + drawMarker(style.marker, within(x, median), y, style.tone) + number;
}

function describe(
  options: HistogramOptions,
  rows: readonly Row[],
  [low, high]: readonly [number, number],
): string {
  const told = rows.map(({ name, count, skipped, quartiles, share, baseline }) => {
    if (count === 0) return `${name}: nothing to show.${leftOut(skipped)}`;
    const [lower, median, upper] = quartiles;
    return `${baseline ? 'Baseline ' : ''}${name}: ${count} values, median ${figure(median)}, middle half ${figure(lower)} to ${figure(upper)}, ${Math.round(share * 100)} % between ${low} and ${high}.${leftOut(skipped)}`;
  });
  return [options.summary, 'Histogram.', ...told].filter((part) => part !== undefined).join(' ');
}
