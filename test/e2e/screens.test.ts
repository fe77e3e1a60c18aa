import { AxeBuilder } from '@axe-core/playwright';
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { browserHost, launchBrowser, serve } from './hosts/browser.ts';
import type { Served } from './hosts/browser.ts';
import { cli, listen, makePlace, project } from './hosts/stage.ts';
import type { Place } from './hosts/stage.ts';
import { teller } from './hosts/teller.ts';

/** Written for people to look at; out/ is not kept. */
const folder = join(project, 'out', 'screens');
const sizes = [
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
] as const;
const themes = ['light', 'dark'] as const;
/** Pages that look into a model show the one that comes with the Studio; Analyse also one whose pictures are there. */
const screens = {
  start: '#/start',
  data: '#/data?data=FACES',
  train: '#/train?run=vae-plain',
  'train-new': '#/train?view=new',
  explore: '#/explore?run=bundled',
  channels: '#/channels?run=bundled&at=24',
  intervene: '#/intervene?run=bundled&add=hair',
  teach: '#/teach?run=vae-plain',
  'teach-bundled': '#/teach?run=bundled',
  analyse: '#/analyse?run=vae-plain',
  'analyse-bundled': '#/analyse?run=bundled',
  theory: '#/theory',
  experiments: '#/experiments',
  export: '#/export?run=bundled',
} as const;

/** Pictures of every page in both themes and sizes; no page scrolls sideways, and axe finds nothing serious. */
describe('every page', () => {
  const look = teller(browserHost);
  let place: Place;
  let faces = '';
  let served: Served;
  let browser: Browser;

  beforeAll(async () => {
    if (browserHost.missing !== undefined) return;
    mkdirSync(folder, { recursive: true });
    place = makePlace();
    faces = join(place.data, 'faces');
    const run = (...args: string[]): void => {
      execFileSync(process.execPath, [cli, ...args], { env: place.env, stdio: 'ignore' });
    };
    run('data', 'make', '--out', faces, '--count', '200');
    run(
      'train',
      '--data',
      faces,
      '--steps',
      '20',
      '--checkpoint-every',
      '10',
      '--measure-every',
      '2',
      '--run',
      join(place.runs, 'vae-plain'),
    );
    served = await serve(place);
    browser = await launchBrowser();
  });

  afterAll(async () => {
    if (browserHost.missing !== undefined) return;
    await browser.close();
    await served.stop();
    place.remove();
  });

  for (const [name, hash] of Object.entries(screens)) {
    look(name, async () => {
      const context = await browser.newContext();
      const page = await context.newPage();
      page.setDefaultTimeout(60_000);
      const complaints = listen(page);
      await page.goto(served.url);
      for (const theme of themes) {
        for (const size of sizes) {
          await page.setViewportSize(size);
          await page.goto(`${new URL(served.url).origin}/${withTheme(hash.replace('FACES', faces), theme)}`);
          await settled(page);
          await page.screenshot({ path: join(folder, `${name}-${theme}-${size.width}.png`) });
          expect(await sideways(page), `${name} at ${size.width} scrolls sideways by this many pixels`).toBe(
            0,
          );
        }
        const { violations } = await new AxeBuilder({ page }).analyze();
        const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
        expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
          [],
        );
      }
      expect(complaints()).toEqual([]);
      await context.close();
    });
  }
});

function withTheme(hash: string, theme: string): string {
  return `${hash}${hash.includes('?') ? '&' : '?'}theme=${theme}`;
}

/** The page is there, and nothing on it is greyed or under way any more. */
async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForFunction(() => document.querySelector('.stale, [data-waiting]') === null, undefined, {
    timeout: 60_000,
  });
  // Pictures and charts are drawn in the frames after their data.
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        let frames = 0;
        const next = (): void => {
          if (++frames < 30) requestAnimationFrame(next);
          else resolve(undefined);
        };
        next();
      }),
  );
}

function sideways(page: Page): Promise<number> {
  return page.evaluate(() => {
    const inner = document.getElementById('page');
    const root = document.documentElement;
    return Math.max(
      root.scrollWidth - root.clientWidth,
      inner === null ? 0 : inner.scrollWidth - inner.clientWidth,
    );
  });
}
