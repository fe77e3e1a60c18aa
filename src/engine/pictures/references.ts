import type { Point } from '../../charts/paths.ts';
import type { Scale } from '../../charts/scale.ts';
import { crisp } from './chartFrame.ts';
import type { Box } from './chartFrame.ts';
import { element, text } from './svg.ts';
import { textWidth } from './textWidth.ts';
import { colours } from './tokens.ts';

/** A straight line at a value that means something. */
export interface ReferenceLine {
  readonly axis: 'x' | 'y';
  readonly value: number;
  readonly label?: string;
  /** `accent`: what is selected now; otherwise a quiet dotted line. */
  readonly selected?: boolean;
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'end';
}

/** Where the label hides the fewest points, the first of equals; places that leave the box do not count. */
function clearest(
  places: readonly Place[],
  width: number,
  box: Box,
  points: readonly Point[],
): Place | undefined {
  let best: Place | undefined;
  let least = Infinity;
  for (const place of places) {
    const left = place.anchor === 'start' ? place.x : place.x - width;
    if (left < box.left || left + width > box.right + 1) continue;
    const hidden = points.filter(
      ([x, y]) => x > left - 4 && x < left + width + 4 && y > place.y - 13 && y < place.y + 5,
    ).length;
    if (hidden < least) {
      least = hidden;
      best = place;
    }
  }
  return best;
}

/** Reference lines inside the box, each label beside its line where it hides least of the points (pixels). */
export function drawReferences(
  lines: readonly ReferenceLine[],
  box: Box,
  x: Scale,
  y: Scale,
  points: readonly Point[],
): string {
  const taken: Point[] = [...points];
  return lines.map((line) => drawReference(line, box, line.axis === 'x' ? x : y, taken)).join('');
}

function drawReference(line: ReferenceLine, box: Box, scale: Scale, taken: Point[]): string {
  if (!scale.holds(line.value)) return '';
  const at = scale.at(line.value);
  const upright = line.axis === 'x';
  const [low, high] = upright ? [box.left, box.right] : [box.top, box.bottom];
  if (at < low - 0.5 || at > high + 0.5) return '';
  const ends = upright
    ? { x1: crisp(at), x2: crisp(at), y1: box.top, y2: box.bottom }
    : { x1: box.left, x2: box.right, y1: crisp(at), y2: crisp(at) };
  const style =
    line.selected === true ? { stroke: colours.accent } : { stroke: colours.ink3, 'stroke-dasharray': '2 3' };
  const drawn = element('line', { ...ends, ...style });
  const { label = '' } = line;
  if (label === '') return drawn;
  const width = textWidth(label, 11);
  const places: Place[] = upright
    ? [box.top + 10, box.top + 26, box.bottom - 8, (box.top + box.bottom) / 2].flatMap((row) => [
        { x: at + 6, y: row, anchor: 'start' as const },
        { x: at - 6, y: row, anchor: 'end' as const },
      ])
    : [box.right - 2, (box.left + box.right + width) / 2, box.left + 4 + width].flatMap((right) => [
        { x: right, y: at - 5, anchor: 'end' as const },
        { x: right, y: at + 13, anchor: 'end' as const },
      ]);
  const inside = places.filter((place) => place.y > box.top + 8 && place.y < box.bottom - 2);
  const place = clearest(inside, width, box, taken);
  if (place === undefined) return drawn;
  const left = place.anchor === 'start' ? place.x : place.x - width;
  for (let step = 0; step <= width; step += 6) taken.push([left + step, place.y - 4]);
  return drawn + text(place.x, place.y, label, { anchor: place.anchor, colour: colours.ink2, halo: true });
}
