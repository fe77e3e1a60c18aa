import type { Level } from '../../contract/levels.ts';

/** Names of the series colours in theme/tokens.css. */
export type SeriesColour = 's0' | 's1' | 's2' | 's3' | 's4';
export type Marker = 'circle' | 'rect' | 'triangle' | 'rectRot';

export interface Point {
  x: number;
  y: number;
}

export interface Series {
  name: string;
  colour: SeriesColour;
  marker: Marker;
  points: readonly Point[];
  /** Overlaid: thinner and dashed, without a marker. */
  overlaid?: boolean;
  /** Dashed as a second cue beside the colour; it keeps its marker. */
  dashed?: boolean;
  /** A range around the line, in the order of x. */
  band?: readonly Band[];
}

export interface Band {
  x: number;
  low: number;
  high: number;
}

/** Levels keep their colour and marker in every chart of the Studio. */
export const levelStyles: Record<Level, { colour: SeriesColour; marker: Marker }> = {
  coarse: { colour: 's1', marker: 'circle' },
  intermediate: { colour: 's2', marker: 'rect' },
  fine: { colour: 's3', marker: 'triangle' },
  image: { colour: 's4', marker: 'rectRot' },
};

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
