import type { StepRange } from '../../charts/zoom.ts';
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
  /** Behind another line, without marker, label and read-out: what was measured, where a smoothed line is in front. */
  faint?: boolean;
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

/** The points of a range, and one more at either side, so that lines reach its ends. */
export function within(points: readonly Point[], range: StepRange | null | undefined): readonly Point[] {
  if (range === null || range === undefined) return points;
  const first = points.findIndex(({ x }) => x >= range.from);
  if (first < 0) return points.slice(-1);
  const after = points.findIndex(({ x }) => x > range.to);
  return points.slice(Math.max(0, first - 1), after < 0 ? undefined : after + 1);
}

/**
 * At most `most` points: of each stretch of the axis its lowest and its highest, so that no spike is lost. On a logarithmic axis the
 * stretches are shorter at the beginning, as they stand there further apart.
 */
export function thin(points: readonly Point[], isLog = false, most = 800): readonly Point[] {
  if (points.length <= most) return points;
  const place = (x: number): number => (isLog ? Math.log(Math.max(1, x)) : x);
  const start = place(points[0]!.x);
  const length = Math.max(place(points.at(-1)!.x) - start, Number.MIN_VALUE);
  const stretches = new Map<number, Point[]>();
  for (const point of points) {
    const at = Math.floor(((place(point.x) - start) / length) * (most / 2 - 2));
    const stretch = stretches.get(at);
    if (stretch === undefined) stretches.set(at, [point]);
    else stretch.push(point);
  }
  const kept: Point[] = [points[0]!];
  for (const stretch of stretches.values()) {
    const low = stretch.reduce((best, point) => (point.y < best.y ? point : best));
    const high = stretch.reduce((best, point) => (point.y > best.y ? point : best));
    for (const point of low.x < high.x ? [low, high] : [high, low]) {
      if (point !== kept.at(-1)) kept.push(point);
    }
  }
  const last = points[points.length - 1]!;
  if (kept[kept.length - 1] !== last) kept.push(last);
  return kept;
}
