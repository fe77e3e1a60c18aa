import type { Locator } from 'playwright-core';

/** RGBA bytes of one picture, row by row, as the page shows it. */
export type Pixels = readonly number[];

/** What lies on canvases of the page, at the pictures' own pixels. */
export function pixelsOf(canvases: Locator): Promise<Pixels[]> {
  return canvases.evaluateAll((elements) =>
    elements.map((element) => {
      if (!(element instanceof HTMLCanvasElement)) throw new Error('This is no canvas.');
      const { width, height } = element;
      return Array.from(element.getContext('2d')!.getImageData(0, 0, width, height).data);
    }),
  );
}

/**
 * The region of an influence map drawn in viridis: where the value is at least half of the greatest. Viridis' green rises with the value,
 * and is 144 in its middle (its table, entry 128 of 256: 33, 145, 140).
 */
export function regionOf(map: Pixels): boolean[] {
  return Array.from({ length: map.length / 4 }, (_, at) => map[at * 4 + 1]! >= 144);
}

/** Pixels no nearer than `reach` to the region, in squares: what an image layer of a (2 · reach + 1)² kernel cannot touch from it. */
export function farFrom(region: readonly boolean[], reach: number): boolean[] {
  const side = Math.sqrt(region.length);
  return region.map((_, at) => {
    const [x, y] = [at % side, Math.floor(at / side)];
    for (let dy = -reach; dy <= reach; dy++) {
      for (let dx = -reach; dx <= reach; dx++) {
        const [nx, ny] = [x + dx, y + dy];
        if (nx >= 0 && ny >= 0 && nx < side && ny < side && region[ny * side + nx]) return false;
      }
    }
    return true;
  });
}

/** Red, green and blue of the pixels in `where`, averaged over all pictures, 0 … 255. */
export function meanColour(pictures: readonly Pixels[], where: readonly boolean[]): number[] {
  const sums = [0, 0, 0];
  let count = 0;
  for (const picture of pictures) {
    for (let at = 0; at < where.length; at++) {
      if (!where[at]) continue;
      count += 1;
      for (let c = 0; c < 3; c++) sums[c]! += picture[at * 4 + c]!;
    }
  }
  return sums.map((sum) => sum / count);
}

/** The largest difference of two colours in a channel. */
export function farthest(a: readonly number[], b: readonly number[]): number {
  return Math.max(...a.map((value, c) => Math.abs(value - b[c]!)));
}
