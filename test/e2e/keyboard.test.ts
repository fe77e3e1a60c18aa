import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { browserHost } from './hosts/browser.ts';
import { Keyboard } from './hosts/keyboard.ts';
import { farthest, meanColour, pixelsOf } from './hosts/pixels.ts';
import { firstRun, statusOf, untilTraining } from './hosts/prepare.ts';
import type { Stage } from './hosts/stage.ts';
import { teller } from './hosts/teller.ts';

const untilComputed = { timeout: 120_000 };

/** The whole way from nothing to an exported set without a pointer. */
describe('the story by keyboard alone', () => {
  const tell = teller(browserHost);
  let stage: Stage;
  let page: Page;
  let keys: Keyboard;
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });

  beforeAll(async () => {
    if (browserHost.missing !== undefined) return;
    stage = await browserHost.open();
    page = stage.page;
    page.setDefaultTimeout(60_000);
    keys = new Keyboard(page);
  });

  afterAll(async () => {
    if (browserHost.missing === undefined) await stage.close();
  });

  tell('makes faces and trains on them, pauses and resumes', async () => {
    await keys.type(field('Faces'), '100');
    await keys.press(button('Make 100 faces'));
    await page.getByText('Ready: all 100 images can be read').waitFor(untilComputed);
    await keys.press(button('Train on 90 images'));
    await keys.type(field('Steps'), '20000');
    await keys.press(button('Train 20,000 steps'));
    await page.getByText(/^[\d.]+ steps\/s$/).waitFor(untilTraining);
    const folder = join(stage.place.runs, firstRun(stage.place));
    await keys.press(button(/^Pause/));
    await button(/^Resume/).waitFor();
    expect(statusOf(folder).phase).toBe('stopped');
    await keys.press(button(/^Resume/));
    await page.getByText(/^[\d.]+ steps\/s$/).waitFor(untilTraining);
    // The key of the page, from wherever the focus is.
    await page.keyboard.press('p');
    await button(/^Resume/).waitFor();
    expect(stage.complaints()).toEqual([]);
  });

  tell('opens the shipped model, looks at a channel, paints a region, chooses a module', async () => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type('start');
    await page.keyboard.press('Enter');
    await keys.press(button('See its channels'));
    await page
      .getByRole('img', { name: /^Region of Hair/ })
      .first()
      .waitFor();
    await keys.reach(page.getByRole('application', { name: /^Face of seed/ }));
    for (let up = 0; up < 8; up++) await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Space');
    await page.getByText('Strongest here').waitFor();
    await page.keyboard.press('Enter');
    const chosen = page.getByRole('option', { selected: true });
    await expect.poll(() => chosen.count()).toBeGreaterThan(0);
    await keys.reach(page.getByRole('listbox', { name: 'Influence of each channel' }));
    await page.keyboard.press('End');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => new URL(page.url()).hash).toMatch(/[?&]at=\d+/);
    const selected = await chosen.count();
    await page.keyboard.press('Space');
    await expect.poll(() => chosen.count()).not.toBe(selected);
    await keys.press(page.getByRole('button', { name: /^Hair.*, \d+ channels?$/ }).first());
    await page
      .getByRole('button', { name: /^Hair.*, \d+ channels?$/, pressed: true })
      .first()
      .waitFor();
    expect(stage.complaints()).toEqual([]);
  });

  tell('recolours, reorders, undoes, and stretches', async () => {
    await keys.press(button('Recolour Hair'));
    await page.getByText('Fine maps unchanged, to the bit').waitFor(untilComputed);
    const before = page.locator('[data-shown="before"] canvas');
    const after = page.locator('[data-shown="after"] canvas');
    const everywhere = Array.from({ length: 64 * 64 }, () => true);
    const moved = async (): Promise<number> =>
      farthest(meanColour(await pixelsOf(before), everywhere), meanColour(await pixelsOf(after), everywhere));
    await expect.poll(moved, untilComputed).toBeGreaterThan(1);
    const magenta = await pixelsOf(after);
    await keys.reach(page.getByRole('slider', { name: 'Hue and saturation' }));
    for (let turn = 0; turn < 12; turn++) await page.keyboard.press('Shift+ArrowRight');
    await expect.poll(() => pixelsOf(after), untilComputed).not.toEqual(magenta);
    await keys.press(button('Add'));
    await keys.choose(page.getByRole('menuitem', { name: /^Stretch/ }));
    const steps = page.getByRole('list', { name: 'Steps, applied from top to bottom' });
    const titles = () => steps.locator('b').allInnerTexts();
    await expect.poll(titles, untilComputed).toEqual(['FluoHair', 'Stretch']);
    await keys.reach(steps.getByRole('button', { name: /^Stretch/ }));
    await page.keyboard.press('Alt+ArrowUp');
    await expect.poll(titles, untilComputed).toEqual(['Stretch', 'FluoHair']);
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await expect.poll(titles, untilComputed).toEqual(['FluoHair']);
    await keys.reach(page.getByRole('slider', { name: 'Before and after' }));
    await page.keyboard.press('Home');
    await expect.poll(() => new URL(page.url()).hash).toMatch(/[?&]wipe=0/);
    await keys.reach(page.getByRole('listbox', { name: 'Pictures with the recipe' }));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await page.getByRole('img', { name: 'Seed 7, before' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Seed 7' }).waitFor();
    await page.keyboard.press('ArrowRight');
    await page
      .getByRole('dialog', { name: 'Seed 8' })
      .getByRole('slider', { name: 'Before and after' })
      .waitFor();
    await page.keyboard.press('Escape');
    // The focus goes back to the grid.
    await page
      .getByRole('listbox', { name: 'Pictures with the recipe' })
      .and(page.locator(':focus'))
      .waitFor();
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: 'Keep' }).press('Enter');
    await page.getByRole('status').getByText('Seed 7 is kept.').waitFor();
    await keys.press(button('Measure 256'));
    await page.locator('[data-mean]').first().waitFor(untilComputed);
    expect(stage.complaints()).toEqual([]);
  });

  tell('exports the set', async () => {
    await keys.press(button('Export with this recipe'));
    const recipe = page.getByRole('checkbox', { name: 'My recipe' });
    await recipe.waitFor();
    if (!(await recipe.isChecked())) await keys.press(recipe, 'Space');
    await keys.type(field('Seeds'), '20');
    await keys.press(button('Export 20 images'));
    await page.getByText(/^20 images written to/).waitFor(untilComputed);
    expect(existsSync(join(stage.place.runs, 'exports', 'augmented', 'manifest.json'))).toBe(true);
    expect(stage.complaints()).toEqual([]);
  });
});
