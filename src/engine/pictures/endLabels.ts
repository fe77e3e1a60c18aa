import { labelStep, pushApart } from '../../charts/pushApart.ts';
import type { SeriesStyle } from '../../charts/seriesStyles.ts';
import { drawMarker } from './chartFrame.ts';
import { element, text } from './svg.ts';
import { textWidth } from './textWidth.ts';
import { colours, tones } from './tokens.ts';

export interface EndLabel extends SeriesStyle {
  readonly name: string;
  readonly value: string;
  /** Where the line ends, in pixels. */
  readonly y: number;
}

/** Pixels that the labels need beside the plot. */
export function endLabelRoom(labels: readonly { readonly name: string; readonly value: string }[]): number {
  if (labels.length === 0) return 0;
  const names = Math.max(...labels.map(({ name }) => textWidth(name, 11)));
  const values = Math.max(...labels.map(({ value }) => textWidth(value, 11, true)));
  return Math.ceil(28 + names + (values > 0 ? 10 + values : 0));
}

/** Marker, name and value of each line beside the plot, from `left` to `right`. */
export function drawEndLabels(
  labels: readonly EndLabel[],
  left: number,
  right: number,
  top: number,
  bottom: number,
): string {
  const places = pushApart(
    labels.map(({ y }) => y),
    labelStep,
    top,
    bottom,
  );
  return labels
    .map((label, i) => {
      const y = places[i]!;
      return (
        drawEndKey(label, left + 14, y) +
        text(left + 24, y + 4, label.name, { colour: colours.ink2 }) +
        (label.value === ''
          ? ''
          : text(right, y + 4, label.value, { bold: true, colour: colours.ink, anchor: 'end' }))
      );
    })
    .join('');
}

/** The line's own marker, or a bit of the line where it has none. */
function drawEndKey(label: EndLabel, x: number, y: number): string {
  if (label.marker !== 'none') return drawMarker(label.marker, x, y, label.tone);
  const dash = label.dash ? '4 2' : undefined;
  const line = { x1: x - 7, y1: y, x2: x + 6, y2: y, stroke: tones[label.tone], 'stroke-width': 1.5 };
  return element('line', { ...line, 'stroke-dasharray': dash });
}
