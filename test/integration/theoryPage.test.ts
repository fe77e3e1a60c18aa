import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fig3bResultSchema } from '../../src/contract/theory.ts';
import oracle from '../oracles/theory.json' with { type: 'json' };

const cli = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url));
const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const browserPath = process.env['EXTRAPOLATION_BROWSER'] ?? places.find((place) => existsSync(place));

// Without a browser on the machine there is no page to look at; npm test says so by this name.
describe.skipIf(browserPath === undefined)('the Theory page in a browser', () => {
  let folder: string;
  let server: ChildProcess;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'extrapolation-theory-page-'));
    server = spawn(process.execPath, [cli, 'serve', '--port', '0'], { cwd: folder });
    const address = await new Promise<string>((resolve, reject) => {
      let said = '';
      const listen = (data: Buffer): void => {
        said += data.toString();
        const found = /http:\/\/\S+/.exec(said)?.[0];
        if (found !== undefined) resolve(found);
      };
      server.stdout?.on('data', listen);
      server.stderr?.on('data', listen);
      server.on('exit', () => {
        reject(new Error(`the Studio ended: ${said}`));
      });
    });
    browser = await chromium.launch({ executablePath: browserPath!, args: ['--no-sandbox'] });
    page = await (await browser.newContext({ viewport: { width: 1280, height: 720 } })).newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(address);
    await page.getByText('Theory', { exact: true }).first().waitFor();
  });

  afterAll(async () => {
    await browser.close();
    server.kill('SIGINT');
    await new Promise((resolve) => server.once('exit', resolve));
    await rm(folder, { recursive: true, force: true });
    expect(complaints).toEqual([]);
  });

  async function show(hash: string): Promise<void> {
    await page.evaluate((next) => {
      location.hash = next;
    }, hash);
  }

  it('shows the command’s ratio at 10,000 steps, to six digits', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [cli, 'theory', 'fig3b', '--json'], {
      cwd: folder,
      maxBuffer: 64 * 1024 * 1024,
    });
    const { result } = z.object({ result: fig3bResultSchema }).parse(JSON.parse(stdout));
    await show('#/theory?view=drift');
    const step = page.getByLabel('Step of training, value');
    await step.fill('10,000');
    await step.press('Enter');
    const shown = page.locator('[data-ratio]');
    await page.waitForURL(/drift=10000/);
    expect(await shown.textContent()).toBe(result.ratio[result.step.indexOf(10_000)]!.toFixed(6));
    await page.reload();
    await shown.waitFor();
    expect(await step.inputValue()).toBe('10,000');
    expect(await shown.textContent()).toBe(result.ratio[result.step.indexOf(10_000)]!.toFixed(6));
  });

  it('moves the eyes along the group without asking again, and says the command', async () => {
    await show('#/theory?eyes=line&to=26');
    const error = page
      .getByRole('group', { name: 'The balanced solution' })
      .getByText(/^error/)
      .locator('b');
    // NumPy: g = 31 doubles 13 to 26, test/oracles/theory.py.
    await expect.poll(() => error.textContent()).toBe(oracle.fig2.balanced.errors[30]!.toPrecision(3));
    const slider = page.getByRole('slider', { name: 'Distance of the eyes' });
    await slider.focus();
    await page.keyboard.press('ArrowRight');
    await page.waitForURL(/to=27/);
    // 27 = 13/g modulo 61 for g = 5.
    expect(await error.textContent()).toBe(String(Number(oracle.fig2.balanced.errors[4]!.toPrecision(3))));
    expect(await page.locator('footer code').first().textContent()).toBe(
      'extrapolate theory fig2 --dimension 1 --stretch 5',
    );
  });

  it('starts a path where a person clicks or presses Enter, plays, pauses and steps', async () => {
    await show('#/theory?starts=2,0.2');
    const plane = page.getByRole('application', { name: /^Plane of a and b/ });
    const rings = plane.locator('circle[stroke]');
    await expect.poll(() => rings.count()).toBe(1);
    await plane.click({ position: { x: 156, y: 142 } });
    await expect.poll(() => rings.count()).toBe(2);
    await plane.press('ArrowUp');
    await plane.press('Enter');
    await page.waitForURL(/starts=2%2C0.2%3B1.5%2C1.5%3B1%2C1.1/);
    await page.getByRole('button', { name: 'Play' }).click();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.waitForURL(/[?&]t=\d+/);
    const before = await page.getByLabel('Step of training, value').inputValue();
    await page.getByRole('button', { name: 'One step on' }).click();
    await expect.poll(() => page.getByLabel('Step of training, value').inputValue()).not.toBe(before);
  });

  it('lists nine propositions that hold, with their notes, and what equation (13) does not do', async () => {
    await show('#/theory?check=2');
    const rows = page
      .getByRole('region', { name: 'Live checks' })
      .locator('> table > tbody > tr:not([data-details])');
    await expect.poll(() => rows.getByText('holds', { exact: true }).count()).toBe(9);
    expect(await rows.count()).toBe(10);
    await rows.last().getByText('not in this toy').waitFor();
    await page.getByText('needs a generic k1*').waitFor();
    const [wide, room] = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return [scrollWidth, clientWidth] as const;
    });
    expect(room).toBe(1280);
    expect(wide).toBe(room);
  });

  it('saves the figure and its numbers as the command writes them', async () => {
    await promisify(execFile)(process.execPath, [cli, 'theory', 'fig2', '--out', 'here'], { cwd: folder });
    await show('#/theory');
    await page.getByRole('group', { name: 'The true mechanism' }).waitFor();
    for (const [item, name] of [
      ['Drawing, SVG', 'fig2.svg'],
      ['Numbers, CSV', 'fig2.csv'],
      ['Picture, PNG', 'fig2.png'],
    ] as const) {
      await page.getByRole('button', { name: 'Figure and numbers' }).click();
      const saved = page.waitForEvent('download');
      await page.getByRole('menuitem', { name: item }).first().click();
      const download = await saved;
      expect(download.suggestedFilename()).toBe(name);
      const own = await readFile(await download.path());
      expect(own.equals(await readFile(join(folder, 'here', name)))).toBe(true);
    }
  });

  it('says what is wrong where the address asks for nonsense, and takes what it can', async () => {
    await show('#/theory?starts=x,2;1,1&noise=7&to=-4&solution=best&check=99&view=3c&t=abc');
    await expect.poll(() => page.locator('[role=application] circle[stroke]').count()).toBe(1);
    expect(await page.getByRole('slider', { name: 'Noise' }).inputValue()).toBe('1');
    expect(await page.getByLabel('Step of training, value').inputValue()).toBe('15,000');
  });
});
