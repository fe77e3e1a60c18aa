import type { Locator } from 'playwright-core';

/** RGBA bytes of one picture, row by row, as the page shows it. */
export type Pixels = Uint8Array;

/** What lies on canvases of the page, at the pictures' own pixels. */
export async function pixelsOf(canvases: Locator): Promise<Pixels[]> {
  // As text: a list of a million numbers takes seconds to leave the page.
  const texts = await canvases.evaluateAll((elements) =>
    elements.map((element) => {
      if (!(element instanceof HTMLCanvasElement)) throw new Error('This is no canvas.');
      const { data } = element.getContext('2d')!.getImageData(0, 0, element.width, element.height);
      let text = '';
      for (const byte of data) text += String.fromCharCode(byte);
      return btoa(text);
    }),
  );
  return texts.map((text) => new Uint8Array(Buffer.from(text, 'base64')));
}

/**
 * Where an influence map that the page draws in viridis has at least half of its greatest value, and where less than a tenth. Green rises
 * with the value all along viridis (its published table of 256 colours): 36 at a tenth, 144 at a half.
 */
export function regionsOf(map: Pixels): { inside: boolean[]; outside: boolean[] } {
  const green = Array.from({ length: map.length / 4 }, (_, at) => map[at * 4 + 1]!);
  return { inside: green.map((value) => value >= 144), outside: green.map((value) => value < 36) };
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
