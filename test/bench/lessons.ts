import type { Stroke } from '../../src/contract/gates.ts';
import { labelsOfStrokes, unknownLabel } from '../../src/engine/gates/strokeLabels.ts';
import type { LabelledFace } from '../../src/engine/gates/taughtGate.ts';
import type { Random } from '../../src/engine/math/random.ts';

/** What a person would paint on photographs whose regions are known: strokes of chance within them, or all of them. */

export const size = 64;
export const area = size * size;
/** What a pixel of a region's picture shows (test/oracles/photographs/makeMasks.py). */
export const codes = { background: 0, face: 60, body: 120, hair: 180, unknown: 240 };

export interface Photograph {
  latents: number[];
  /** A code a pixel. */
  regions: Uint8Array;
  isLight: boolean;
  isOnDark: boolean;
}

export function lesson(
  photograph: Photograph,
  how: 'one stroke' | '5 strokes' | 'masks',
  random: Random,
): LabelledFace {
  const { latents, regions } = photograph;
  if (how === 'masks') {
    const labels = regions.map((code) =>
      code === codes.unknown ? unknownLabel : code === codes.hair ? 1 : 0,
    );
    return { latents, labels };
  }
  const isIn =
    (...wanted: number[]) =>
    (at: number): boolean =>
      wanted.includes(regions[at]!);
  const hair = (): Stroke | null => strokeWithin(isIn(codes.hair), true, random);
  const rest = (...wanted: number[]): Stroke | null => strokeWithin(isIn(...wanted), false, random);
  const strokes =
    how === 'one stroke'
      ? [hair()]
      : [hair(), hair(), rest(codes.face), rest(codes.background), rest(codes.background, codes.body)];
  return {
    latents,
    labels: labelsOfStrokes(
      strokes.filter((stroke) => stroke !== null),
      size,
    ),
  };
}

const longestStroke = 24;
const ways = [
  [1, 0],
  [1, 1],
  [0, 1],
  [-1, 1],
  [-1, 0],
  [-1, -1],
  [0, -1],
  [1, -1],
] as const;

/** A stroke of up to 24 pixels that keeps a pixel's distance to the region's edge and turns only where it must. */
function strokeWithin(isIn: (at: number) => boolean, isPart: boolean, random: Random): Stroke | null {
  const inside = (x: number, y: number): boolean =>
    [[0, 0], ...ways].every(([dx, dy]) => {
      const [column, row] = [x + dx, y + dy];
      return column >= 0 && row >= 0 && column < size && row < size && isIn(row * size + column);
    });
  const free = Array.from({ length: area }, (_, at) => at).filter((at) =>
    inside(at % size, Math.floor(at / size)),
  );
  if (free.length < 8) return null;
  const first = random.pick(free);
  let [x, y, way] = [first % size, Math.floor(first / size), random.integer(ways.length)];
  const seen = new Set([first]);
  const points: [number, number][] = [[x + 0.5, y + 0.5]];
  for (let move = 0; move < longestStroke; move++) {
    const next = [0, 1, -1, 2, -2]
      .map((turn) => (way + turn + ways.length) % ways.length)
      .find((each) => {
        const [column, row] = [x + ways[each]![0], y + ways[each]![1]];
        return inside(column, row) && !seen.has(row * size + column);
      });
    if (next === undefined) break;
    [x, y, way] = [x + ways[next]![0], y + ways[next]![1], next];
    seen.add(y * size + x);
    points.push([x + 0.5, y + 0.5]);
  }
  return { isPart, width: 3, points };
}
