import type { Stroke } from '../../../contract/gates.ts';

/** Strokes in pixels of the model's picture, from its upper left corner. */

export const side = 64;
export const largestBrush = 16;
export const usualBrush = 3;
/** So many are kept of one face; the eraser cuts strokes into more. */
export const mostStrokes = 100;
const mostPoints = 2000;
/** Points of the pointer that are closer than this say nothing new, pixels. */
const leastStep = 0.25;
/** So finely a stroke is cut by the eraser, pixels. */
const cutStep = 0.25;

export type Point = readonly [x: number, y: number];
export type Tool = 'part' | 'rest' | 'eraser';

/** A stroke, or a wipe of the eraser, while the brush is down. */
export interface Gesture {
  tool: Tool;
  width: number;
  points: readonly Point[];
}

/** The nearest place within the picture, to a hundredth of a pixel. */
export function inPicture([x, y]: Point): Point {
  const bounded = (value: number): number => Math.round(Math.min(side, Math.max(0, value)) * 100) / 100;
  return [bounded(x), bounded(y)];
}

/** The gesture with another point, left out where it is hardly another. */
export function extended(gesture: Gesture, to: Point): Gesture {
  const last = gesture.points.at(-1);
  if (last !== undefined && distance(last, to) < leastStep) return gesture;
  if (gesture.points.length >= mostPoints) return gesture;
  return { ...gesture, points: [...gesture.points, to] };
}

/** What a face's strokes are after a gesture. */
export function applied(strokes: readonly Stroke[], gesture: Gesture): readonly Stroke[] {
  const { tool, width, points } = gesture;
  if (points.length === 0) return strokes;
  if (tool === 'eraser') return strokes.flatMap((stroke) => erased(stroke, points, width / 2));
  const stroke: Stroke = { isPart: tool === 'part', width, points: points.map(([x, y]) => [x, y]) };
  return [...strokes, stroke];
}

/** What is left of a stroke where nothing under the eraser may stay painted: whole, in parts, or nothing. */
function erased(stroke: Stroke, path: readonly Point[], radius: number): Stroke[] {
  const reach = radius + stroke.width / 2;
  const wiped = filled(path);
  const isHit = (point: Point): boolean => wiped.some((at) => distance(at, point) < reach);
  const fine = filled(stroke.points);
  if (!fine.some(isHit)) return [stroke];
  const parts: Point[][] = [];
  let isOpen = false;
  for (const point of fine) {
    if (isHit(point)) {
      isOpen = false;
      continue;
    }
    if (!isOpen) parts.push([]);
    isOpen = true;
    parts.at(-1)?.push(point);
  }
  return parts.map((points) => ({ ...stroke, points: points.slice(0, mostPoints).map(([x, y]) => [x, y]) }));
}

/** The points of a line, with others between those that lie far apart. */
function filled(points: readonly Point[]): Point[] {
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    if (before === undefined) return [point];
    const parts = Math.max(1, Math.ceil(distance(before, point) / cutStep));
    return Array.from({ length: parts }, (_, part): Point => {
      const share = (part + 1) / parts;
      return inPicture([
        before[0] + share * (point[0] - before[0]),
        before[1] + share * (point[1] - before[1]),
      ]);
    });
  });
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

/** The line of a stroke as an SVG path; a single point is a line too short to see, whose round ends are a dot. */
export function pathOf(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  const line = rest.length === 0 ? [[first[0] + 0.01, first[1]] as const] : rest;
  return `M${first.join(' ')}${line.map((point) => `L${point.join(' ')}`).join('')}`;
}

/** Where a key leads the brush: arrows a pixel, with Shift eight; undefined for another key. */
export function movedBrush(key: string, isFar: boolean, [x, y]: Point): Point | undefined {
  const by = isFar ? 8 : 1;
  const moves: Readonly<Record<string, Point>> = {
    ArrowLeft: [-by, 0],
    ArrowRight: [by, 0],
    ArrowUp: [0, -by],
    ArrowDown: [0, by],
  };
  const move = moves[key];
  return move === undefined ? undefined : inPicture([x + move[0], y + move[1]]);
}
