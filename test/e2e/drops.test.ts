import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { browserHost } from './hosts/browser.ts';
import { desktopHost } from './hosts/desktop.ts';
import { command, expectRecipe, makeFaces } from './hosts/prepare.ts';
import { show } from './hosts/stage.ts';
import type { Stage } from './hosts/stage.ts';
import { teller } from './hosts/teller.ts';

const tries = 5;
const longestDrop = 3000;

/** Drags files or a folder of this machine from outside onto the middle of the page. */
async function drop(stage: Stage, ...files: string[]): Promise<void> {
  await dropAt(stage, { x: 640, y: 300 }, ...files);
}

/**
 * Onto a place of the window. A drop that is made this way does not always reach the
 * page, as Chromium may not have heard yet that the page would take it; then it is made again. One that reached it never is.
 */
async function dropAt({ page }: Stage, at: { x: number; y: number }, ...files: string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  let hasArrived = false;
  for (let count = 0; count < tries && !hasArrived; count++) {
    const arrival = await page.evaluateHandle((longest) => {
      const arrived = new Promise<boolean>((resolve) => {
        const hear = (): void => {
          resolve(true);
        };
        window.addEventListener('drop', hear, { once: true, capture: true });
        setTimeout(resolve, longest, false);
      });
      return { arrived };
    }, longestDrop);
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await session.send('Input.dispatchDragEvent', { type, ...at, data });
    hasArrived = await arrival.evaluate(({ arrived }) => arrived);
  }
  expect(hasArrived, 'the drop reached the page').toBe(true);
  // What was dropped is the page's once it has drawn again; a session that ends before takes it along.
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(drawn)));
  await session.detach();
}

/** What is dropped on the Studio is opened where it belongs, or a sentence says why not; the page is never left for it. */
describe.each([browserHost, desktopHost])('what is dropped on the $name', (host) => {
  const tell = teller(host);
  let stage: Stage;
  let faces = '';

  const untilHash = async (part: string): Promise<void> => {
    await expect.poll(() => stage.page.evaluate(() => location.hash), { timeout: 30_000 }).toContain(part);
  };

  beforeAll(async () => {
    if (host.missing !== undefined) return;
    stage = await host.open();
    stage.page.setDefaultTimeout(60_000);
    faces = await makeFaces(stage.place, 24);
    // Somewhere that the page may not look by itself.
    const outside = join(stage.place.root, 'outside');
    await command(stage.place, 'data', 'make', '--out', outside, '--count', '24');
  });

  afterAll(async () => {
    if (host.missing === undefined) await stage.close();
  });

  tell('a folder is opened on Data, or the page says why it cannot know where it lies', async () => {
    const { page, place } = stage;
    await show(page, '#/data');
    await drop(stage, join(place.root, 'outside'));
    if (host.name === 'desktop') {
      await untilHash(encodeURIComponent(join(place.root, 'outside')));
      await page.getByText('Ready: all 24 images can be read').waitFor();
      return;
    }
    await page.getByText('A browser does not tell a page where the folder “outside” is.').waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
  });

  tell('a photo becomes a face on Intervene, and elsewhere the page says where it goes', async () => {
    const { page } = stage;
    const photo = join(faces, 'img_align_celeba', '000001.jpg');
    await show(page, '#/train');
    await drop(stage, photo);
    const banner = page.getByText('Photos can be dropped on Explore and on Intervene.');
    await banner.waitFor();
    await show(page, '#/intervene');
    await page.getByRole('heading', { name: 'Intervene' }).waitFor();
    await page.getByText(/36 seeds, live/).waitFor();
    // The rail, which is no part of the page.
    await dropAt(stage, { x: 40, y: 400 }, photo);
    await page.getByText(/1 photo, live/).waitFor();
    expect(await banner.count()).toBe(0);
    expect(stage.complaints()).toEqual([]);
  });

  tell('a recipe is opened on Intervene, and a broken one is named there', async () => {
    const { page, place } = stage;
    const folder = join(place.root, 'outside', 'recipes');
    mkdirSync(folder, { recursive: true });
    const steps = [{ kind: 'stretch', level: 'image', axis: 'vertical', factor: 1.2 }];
    writeFileSync(join(folder, 'tall.json'), JSON.stringify({ version: 1, name: 'Taller', steps }));
    writeFileSync(join(folder, 'broken.json'), '{ "version": 1,');
    await show(page, '#/train');
    await drop(stage, join(folder, 'tall.json'));
    await untilHash('#/intervene');
    await expectRecipe(page, 'Taller');
    await drop(stage, join(folder, 'broken.json'));
    await page.getByText(/broken\.json.*not valid JSON/).waitFor();
    expect(stage.complaints()).toEqual([]);
  });

  tell('anything else is named, with what the Studio takes', async () => {
    const { page, place } = stage;
    const file = join(place.root, 'outside', 'notes.txt');
    writeFileSync(file, 'a text');
    await drop(stage, file);
    await page.getByText('notes.txt cannot be opened here: the Studio takes photos').waitFor();
  });
});
