import type { Marker, Tone } from '../../charts/seriesStyles.ts';

export interface Point {
  x: number;
  y: number;
}

export interface Series {
  name: string;
  /** Names a colour of theme/tokens.css. */
  tone: Tone;
  marker: Exclude<Marker, 'ring' | 'none'>;
  points: readonly Point[];
  /** Overlaid: thinner and dashed, without a marker. */
  overlaid?: boolean;
  /** Dashed as a second cue beside the colour; it keeps its marker. */
  dash?: boolean;
  /** A range around the line, in the order of x. */
  band?: readonly Band[];
}

export interface Band {
  x: number;
  low: number;
  high: number;
}

/** At most `most` points: of each stretch its lowest and its highest, so that no spike is lost. */
export function thin(points: readonly Point[], most = 800): readonly Point[] {
  if (points.length <= most) return points;
  const size = Math.ceil((2 * points.length) / most);
  const kept: Point[] = [];
  for (let start = 0; start < points.length; start += size) {
    const stretch = points.slice(start, start + size);
    const low = stretch.reduce((best, point) => (point.y < best.y ? point : best));
    const high = stretch.reduce((best, point) => (point.y > best.y ? point : best));
    kept.push(...(low === high ? [low] : low.x < high.x ? [low, high] : [high, low]));
  }
  const last = points[points.length - 1]!;
  if (kept[kept.length - 1] !== last) kept.push(last);
  return kept;
}
