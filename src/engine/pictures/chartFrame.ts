import { coordinate } from '../../charts/paths.ts';
import type { Scale } from '../../charts/scale.ts';
import { cornersOf, markerRadius } from '../../charts/seriesStyles.ts';
import type { Marker, SeriesStyle, Tone } from '../../charts/seriesStyles.ts';
import { element, text } from './svg.ts';
import { shorten, textWidth } from './textWidth.ts';
import { colours, tones } from './tokens.ts';

/** What every chart has. */
export interface ChartWords {
  readonly title: string;
  /** A quiet fact after the title: the unit, the number of pairs. */
  readonly note?: string;
  /** A fact at the right end of the title's line. */
  readonly fact?: string;
  /** A sentence put before the chart's own text summary. */
  readonly summary?: string;
  /** Pixels. */
  readonly width?: number;
  readonly height?: number;
}

/** The plotting area, in pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export const margin = 12;
export const headHeight = 32;

/** Title, note and fact on the first line. */
export function drawHead(words: ChartWords, width: number): string {
  const { title, note = '', fact = '' } = words;
  const factWidth = fact === '' ? 0 : textWidth(fact, 12) + 12;
  const shown = shorten(title, width - 2 * margin - factWidth, 12, true);
  const noteLeft = margin + textWidth(shown, 12, true) + 8;
  const noteShown = note === '' ? '' : shorten(note, width - margin - factWidth - noteLeft, 12);
  return [
    text(margin, 21, shown, { size: 12, bold: true, colour: colours.ink }),
    noteShown.length < 2 ? '' : text(noteLeft, 21, noteShown, { size: 12 }),
    fact === '' ? '' : text(width - margin, 21, fact, { size: 12, colour: colours.ink2, anchor: 'end' }),
  ].join('');
}

/** Room that the tick texts of a vertical axis take, with the space between them and the axis. */
export function tickRoom(texts: readonly string[]): number {
  return Math.ceil(Math.max(0, ...texts.map((tick) => textWidth(tick, 11)))) + 6;
}

/** Hairlines and texts of the vertical axis. */
export function drawVerticalAxis(box: Box, scale: Scale): string {
  return scale.ticks
    .map((tick, i) => {
      const y = scale.at(tick);
      if (y < box.top - 0.5 || y > box.bottom + 0.5) return '';
      const line = { x1: box.left, y1: crisp(y), x2: box.right, y2: crisp(y), stroke: colours.line };
      return element('line', line) + text(box.left - 6, y + 4, scale.tickTexts[i]!, { anchor: 'end' });
    })
    .join('');
}

/** The horizontal axis: its line, ticks and texts (those that would touch the one before are left out), and a label. */
export function drawHorizontalAxis(box: Box, scale: Scale, label = ''): string {
  const y = crisp(box.bottom);
  let free = -Infinity;
  const ticks = scale.ticks.map((tick, i) => {
    const x = scale.at(tick);
    if (x < box.left - 0.5 || x > box.right + 0.5) return '';
    const mark = element('line', { x1: crisp(x), y1: y, x2: crisp(x), y2: y + 4, stroke: colours.strong });
    const content = scale.tickTexts[i]!;
    const half = textWidth(content, 11) / 2;
    if (x - half < free + 6) return mark;
    free = x + half;
    return mark + text(x, box.bottom + 16, content, { anchor: 'middle' });
  });
  const axis = element('line', { x1: box.left, y1: y, x2: box.right, y2: y, stroke: colours.strong });
  const name =
    label === '' ? '' : text((box.left + box.right) / 2, box.bottom + 32, label, { anchor: 'middle' });
  return axis + ticks.join('') + name;
}

/** The middle of a pixel, where a hairline is one pixel wide; a rounding below a whole pixel is that pixel. */
export function crisp(value: number): number {
  return Math.floor(value + 1e-6) + 0.5;
}

/** A series' marker, filled; `ring` is hollow; `none` is nothing. */
export function drawMarker(marker: Marker, x: number, y: number, tone: Tone, scale = 1): string {
  const r = markerRadius * scale;
  const fill = tones[tone];
  switch (marker) {
    case 'none':
      return '';
    case 'circle':
      return element('circle', { cx: x, cy: y, r, fill });
    case 'ring':
      return element('circle', {
        cx: x,
        cy: y,
        r: r - 0.5,
        fill: colours.panel,
        stroke: fill,
        'stroke-width': 1.5,
      });
    case 'square': {
      const [topLeft, , bottomRight] = cornersOf(marker, x, y, r);
      const [left, top] = topLeft!;
      const [right, bottom] = bottomRight!;
      return element('rect', { x: left, y: top, width: right - left, height: bottom - top, fill });
    }
    case 'triangle':
    case 'diamond':
      return polygon(cornersOf(marker, x, y, r).flat(), fill);
  }
}

function polygon(points: readonly number[], fill: string): string {
  return element('polygon', {
    points: points.map(coordinate).join(' '),
    fill,
  });
}

export interface LegendEntry extends SeriesStyle {
  readonly name: string;
  /** How the series is drawn. */
  readonly key: 'line' | 'marker' | 'fill' | 'band';
}

function drawKey(entry: LegendEntry, x: number, y: number): string {
  const stroke = tones[entry.tone];
  switch (entry.key) {
    case 'marker':
      return drawMarker(entry.marker, x + 4, y, entry.tone);
    case 'fill':
      return element('rect', { x, y: y - 4, width: 18, height: 8, rx: 1, fill: stroke });
    case 'band':
      return element('rect', { x, y: y - 4, width: 18, height: 8, rx: 1, fill: colours.sunken });
    case 'line':
      return (
        element('line', {
          x1: x,
          y1: y,
          x2: x + 18,
          y2: y,
          stroke,
          'stroke-width': 2,
          'stroke-dasharray': entry.dash ? '4 3' : undefined,
        }) + drawMarker(entry.marker, x + 9, y, entry.tone)
      );
  }
}

/** Keys and names in as many rows as they need, from `top` down. */
export function drawLegend(
  entries: readonly LegendEntry[],
  left: number,
  top: number,
  right: number,
): { markup: string; height: number } {
  let x = left;
  let row = 0;
  let markup = '';
  for (const entry of entries) {
    const indent = entry.key === 'marker' ? 14 : 24;
    const name = shorten(entry.name, right - left - indent, 11);
    const room = indent + textWidth(name, 11);
    if (x > left && x + room > right) {
      x = left;
      row++;
    }
    const y = top + row * 18 + 9;
    markup += drawKey(entry, x, y) + text(x + indent, y + 4, name, { colour: colours.ink2 });
    x += room + 16;
  }
  return { markup, height: entries.length === 0 ? 0 : (row + 1) * 18 + 4 };
}

/** How many values a series left out, in words, or nothing. */
export function leftOut(count: number, log = false): string {
  if (count === 0) return '';
  const reason = log ? 'not finite, or not above zero on a logarithmic axis,' : 'not finite';
  return ` ${count} ${count === 1 ? 'value is' : 'values are'} ${reason} and left out.`;
}
