import type { Stroke, TaughtFace } from '../../contract/gates.ts';

/** What a pixel is not known to be. */
export const unknownLabel = 255;

/** Faces with what their strokes say of each pixel, as gates are fitted on. */
export function labelledFaces(
  faces: readonly TaughtFace[],
  size: number,
): { latents: number[]; labels: Uint8Array }[] {
  return faces.map(({ latents, strokes }) => ({ latents, labels: labelsOfStrokes(strokes, size) }));
}

/**
 * The pixels under strokes: 1 the part, 0 not the part, `unknownLabel` where nobody painted; a later stroke counts where
 * two overlap. A pixel is painted where its centre is within half the stroke's width, and a dot paints one pixel at least.
 */
export function labelsOfStrokes(strokes: readonly Stroke[], size: number): Uint8Array {
  const labels = new Uint8Array(size * size).fill(unknownLabel);
  for (const { isPart, width, points } of strokes) {
    const paint = (at: number): void => {
      labels[at] = isPart ? 1 : 0;
    };
    const reach = width / 2;
    points.forEach(([x, y], index) => {
      const [fromX, fromY] = points[Math.max(0, index - 1)]!;
      const [left, right] = [Math.min(x, fromX) - reach, Math.max(x, fromX) + reach];
      const [top, bottom] = [Math.min(y, fromY) - reach, Math.max(y, fromY) + reach];
      for (let row = Math.max(0, Math.floor(top)); row < Math.min(size, Math.ceil(bottom)); row++) {
        for (
          let column = Math.max(0, Math.floor(left));
          column < Math.min(size, Math.ceil(right));
          column++
        ) {
          if (distance([column + 0.5, row + 0.5], [fromX, fromY], [x, y]) <= reach)
            paint(row * size + column);
        }
      }
      const [column, row] = [Math.floor(x), Math.floor(y)];
      if (column >= 0 && column < size && row >= 0 && row < size) paint(row * size + column);
    });
  }
  return labels;
}

type Point = readonly [number, number];

/** From a point to the piece of line between two others. */
function distance([x, y]: Point, [fromX, fromY]: Point, [toX, toY]: Point): number {
  const [dx, dy] = [toX - fromX, toY - fromY];
  const squared = dx * dx + dy * dy;
  const share = squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - fromX) * dx + (y - fromY) * dy) / squared));
  return Math.hypot(x - fromX - share * dx, y - fromY - share * dy);
}
