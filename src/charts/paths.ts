import type { Scale } from './scale.ts';

/** x and y in pixels. */
export type Point = readonly [x: number, y: number];

/** A coordinate: at most two decimals, and an error rather than NaN or Infinity in a picture. */
export function coordinate(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`a coordinate must be finite, not ${value}`);
  return String(Math.round(value * 100) / 100 + 0);
}

/** SVG's `d` of a line from point to point. */
export function linePath(points: readonly Point[]): string {
  return points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${coordinate(x)} ${coordinate(y)}`).join('');
}

/** SVG's `d` of the line through the first `count` values; broken where one cannot stand on its axis. */
export function valuesPath(
  x: Scale,
  y: Scale,
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  count = xs.length,
): string {
  let d = '';
  let joined = false;
  for (let i = 0; i < Math.min(count, xs.length); i++) {
    const [px, py] = [xs[i]!, ys[i]!];
    const good = x.holds(px) && y.holds(py);
    if (good) d += `${joined ? 'L' : 'M'}${coordinate(x.at(px))} ${coordinate(y.at(py))}`;
    joined = good;
  }
  return d;
}

/** SVG's `d` of a histogram's outline: from `base` up to each bin's top, along it, and down again after the last. */
export function stepsPath(tops: readonly number[], edge: (bin: number) => number, base: number): string {
  if (tops.length === 0) return '';
  const steps = tops.map((top, bin) => `V${coordinate(top)}H${coordinate(edge(bin + 1))}`).join('');
  return `M${coordinate(edge(0))} ${coordinate(base)}${steps}V${coordinate(base)}`;
}

/** SVG's `d` of upright lines from zero to each value; where the value is zero there is none. */
export function stemsPath(
  values: readonly number[],
  middle: (place: number) => number,
  at: (value: number) => number,
): string {
  return values
    .map((value, place) =>
      value === 0 ? '' : `M${coordinate(middle(place))} ${coordinate(at(0))}V${coordinate(at(value))}`,
    )
    .join('');
}
