import type { Page } from 'playwright-core';

const side = 64;
const scale = 6;

export type Line = readonly (readonly [x: number, y: number])[];

/** Where drawn faces have their hair, their cheeks and their background, in pixels of the picture. */
export const fringe: Line = [
  [26, 13],
  [32, 12],
  [38, 13],
];
export const cheeks: Line = [
  [26, 41],
  [38, 41],
];
export const corner: Line = [
  [3, 4],
  [3, 24],
];

/** One stroke with the pointer on the face that is taught. */
export async function paint(page: Page, line: Line): Promise<void> {
  const box = (await page.getByRole('application').boundingBox())!;
  const [first, ...rest] = line.map(([x, y]) => [box.x + x * scale, box.y + y * scale] as const);
  await page.mouse.move(...first!);
  await page.mouse.down();
  for (const point of rest) await page.mouse.move(...point, { steps: 5 });
  await page.mouse.up();
}

/** From the middle of the face, where the brush begins, and back: along the columns, then along the rows. */
export async function paintByKeys(page: Page, line: Line): Promise<void> {
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');
  let at: readonly [number, number] = [side / 2, side / 2];
  const go = async ([x, y]: readonly [number, number]): Promise<void> => {
    for (let left = at[0]; left > x; left--) await page.keyboard.press('ArrowLeft');
    for (let right = at[0]; right < x; right++) await page.keyboard.press('ArrowRight');
    for (let up = at[1]; up > y; up--) await page.keyboard.press('ArrowUp');
    for (let down = at[1]; down < y; down++) await page.keyboard.press('ArrowDown');
    at = [x, y];
  };
  await go(line[0]!);
  await page.keyboard.press('Space');
  for (const point of line.slice(1)) await go(point);
  await page.keyboard.press('Space');
}

/** The pixels within a pixel and a half of a line's points, which lie on one row or column. */
export function under(line: Line): boolean[] {
  const [xs, ys] = [line.map(([x]) => x), line.map(([, y]) => y)];
  const within = (value: number, ends: readonly number[]): boolean =>
    value + 0.5 >= Math.min(...ends) - 1.5 && value + 0.5 <= Math.max(...ends) + 1.5;
  return Array.from(
    { length: side * side },
    (_, at) => within(at % side, xs) && within(Math.floor(at / side), ys),
  );
}
