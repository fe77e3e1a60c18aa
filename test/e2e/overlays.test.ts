import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { browserHost, launchBrowser, serve } from './hosts/browser.ts';
import type { Served } from './hosts/browser.ts';
import { listen, makePlace } from './hosts/stage.ts';
import type { Place } from './hosts/stage.ts';
import { teller } from './hosts/teller.ts';

const press = (name: string | RegExp) => (page: Page) =>
  page.getByRole('button', { name, exact: true }).first().click();
const dialog = (name: string | RegExp) => (page: Page) => page.getByRole('dialog', { name });
const list = (name: string) => (page: Page) => page.getByRole('listbox', { name });
const popover = (page: Page) => page.locator('.mantine-Popover-dropdown');
const firstFace = (page: Page) => page.getByRole('option').first();

interface Overlay {
  hash: string;
  open: (page: Page) => Promise<void>;
  shows: (page: Page) => Locator;
}

/** What opens over a page: where, how, and what then stands there. */
const overlays: Record<string, Overlay> = {
  'find or do': {
    hash: '#/start',
    open: (page) => page.keyboard.press('Control+k'),
    shows: dialog('Find or do'),
  },
  'find or do, with something found': {
    hash: '#/start',
    open: async (page) => {
      await page.keyboard.press('Control+k');
      await dialog('Find or do')(page).waitFor();
      await page.keyboard.type('hair');
    },
    shows: (page) => dialog('Find or do')(page).getByRole('option').first(),
  },
  'the guide': {
    hash: '#/channels?run=bundled',
    open: (page) => page.keyboard.press('F1'),
    shows: (page) => page.getByRole('complementary', { name: 'User guide' }),
  },
  'the runs': { hash: '#/explore?run=bundled', open: press(/^Run: /), shows: list('Runs') },
  'the bottom corner': {
    hash: '#/start',
    open: press('Nothing running'),
    shows: popover,
  },
  'the folder chooser': {
    hash: '#/start',
    open: press('Choose folder…'),
    shows: dialog('Choose a folder of images'),
  },
  'a model to open': {
    hash: '#/start',
    open: press('Open a model…'),
    shows: dialog('Open a generator that was trained elsewhere'),
  },
  'a model to export': {
    hash: '#/explore?run=bundled',
    open: press('Export model…'),
    shows: dialog(/^Export step/),
  },
  'a sheet': {
    hash: '#/intervene?run=bundled&add=hair',
    open: press('Make a sheet…'),
    shows: dialog('Make a sheet'),
  },
  'a picture, enlarged': {
    hash: '#/intervene?run=bundled&add=hair',
    open: async (page) => {
      await page.getByRole('listbox', { name: 'Pictures with the recipe' }).focus();
      await page.keyboard.press('Enter');
    },
    shows: dialog(/^Seed \d+/),
  },
  'the menu of a picture': {
    hash: '#/explore?run=bundled',
    open: (page) => firstFace(page).click({ button: 'right' }),
    shows: (page) => page.getByRole('menuitem').first(),
  },
  'kept faces': {
    hash: '#/teach?run=bundled',
    open: press(/^Kept faces/),
    shows: popover,
  },
  'deleted runs': { hash: '#/train', open: press('Deleted runs…'), shows: dialog('Deleted runs') },
};

/** Whatever opens over a page has no serious fault of accessibility, in both themes; Esc closes it. */
describe('what opens over a page', () => {
  const look = teller(browserHost);
  let place: Place;
  let served: Served;
  let browser: Browser;

  beforeAll(async () => {
    if (browserHost.missing !== undefined) return;
    place = makePlace();
    served = await serve(place);
    browser = await launchBrowser();
  });

  afterAll(async () => {
    if (browserHost.missing !== undefined) return;
    await browser.close();
    await served.stop();
    place.remove();
  });

  for (const [name, { hash, open, shows }] of Object.entries(overlays)) {
    look(name, async () => {
      const context = await browser.newContext({
        viewport: { width: 1280, height: 720 },
        reducedMotion: 'reduce',
      });
      const page = await context.newPage();
      page.setDefaultTimeout(30_000);
      const complaints = listen(page);
      await page.goto(served.url);
      for (const theme of ['light', 'dark']) {
        const address = `${hash}${hash.includes('?') ? '&' : '?'}theme=${theme}`;
        await page.goto(`${new URL(served.url).origin}/${address}`);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await open(page);
        const overlay = shows(page).first();
        await overlay.waitFor();
        await page.waitForFunction(() => document.querySelector('.stale, [data-waiting]') === null);
        const { violations } = await new AxeBuilder({ page }).analyze();
        const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
        expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
          [],
        );
        await page.keyboard.press('Escape');
        await overlay.waitFor({ state: 'hidden' });
      }
      expect(complaints()).toEqual([]);
      await context.close();
    });
  }
});
