import { AxeBuilder } from '@axe-core/playwright';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, vi } from 'vitest';
import { labelsFileSchema } from '../../src/contract/runLabels.ts';
import type { RunLabels } from '../../src/contract/runLabels.ts';
import { appendMetrics } from '../../src/engine/runs/metricsFile.ts';
import { createRun, writeStatus } from '../../src/engine/runs/runFolder.ts';
import { stoppedRun, stoppedStatus } from '../setup/stoppedRun.ts';
import { browserHost } from './hosts/browser.ts';
import { command } from './hosts/prepare.ts';
import { show } from './hosts/stage.ts';
import type { Stage } from './hosts/stage.ts';
import { teller } from './hosts/teller.ts';

const settling = { timeout: 60_000, interval: 250 };

/** Two runs that stand still are compared, written about, found, deleted and brought back. */
describe('runs on the Train page', () => {
  const tell = teller(browserHost);
  let stage: Stage;
  let page: Page;
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const folderOf = (id: string): string => join(stage.place.runs, id);
  const parameter = async (name: string): Promise<string | null> => {
    const address = await page.evaluate(() => location.hash);
    return new URLSearchParams(address.split('?')[1]).get(name);
  };
  const labels = (): Partial<RunLabels> => {
    const file = join(folderOf('first'), 'labels.json');
    return existsSync(file) ? labelsFileSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
  };

  beforeAll(async () => {
    if (browserHost.missing !== undefined) return;
    stage = await browserHost.open();
    page = stage.page;
    page.setDefaultTimeout(60_000);
    for (const [at, id] of ['first', 'second'].entries()) {
      const folder = folderOf(id);
      await createRun(folder, { ...stoppedRun, id, seed: at });
      await writeStatus(folder, stoppedStatus(64));
      for (const step of [1, 2, 4, 8, 16, 32, 64]) {
        const values = { loss: 1 / step + at, reconstruction: 1 / step, kl: step };
        await appendMetrics(folder, { step, seconds: step, values });
      }
    }
    await show(page, '#/train?run=first');
  });
  afterAll(async () => {
    if (browserHost.missing === undefined) await stage.close();
  });

  tell('are overlaid, read at one step in all charts, and looked at closely', async () => {
    await page.getByRole('checkbox', { name: 'Overlay second' }).check({ force: true });
    const charts = page.getByRole('group', { name: /^Charts:/ });
    await charts.focus();
    for (const key of ['Home', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
    const row = (name: string) => page.getByRole('row', { name: new RegExp(`^${name} 0|^${name} 1`) });
    // By hand: 1/4 and 1/4 + 1, at step 4 of both.
    await page.getByRole('columnheader', { name: 'At step 4' }).waitFor();
    expect(await row('first').first().textContent()).toContain('0.250');
    expect(await row('second').first().textContent()).toContain('1.25');
    const chart = page.getByRole('img', { name: /^KL, nats against step/ });
    const box = (await chart.boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.4, box.y + 40);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.8, box.y + 40, { steps: 4 });
    await page.mouse.up();
    expect(await parameter('zoom')).toMatch(/^\d+-\d+$/);
    await chart.dblclick({ position: { x: box.width / 2, y: 40 } });
    expect(await parameter('zoom')).toBeNull();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
  });

  tell('have a name, tags and a note, and what two people write at once is lost by neither', async () => {
    await page.getByText('Notes', { exact: true }).click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('The plain one');
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Tags', exact: true }).fill('paper');
    await page.keyboard.press('Enter');
    const note = page.getByRole('textbox', { name: 'Note', exact: true });
    await note.fill('What I saw');
    await vi.waitUntil(() => labels().note === 'What I saw', settling);
    expect(labels()).toMatchObject({ name: 'The plain one', tags: ['paper'] });
    expect((await command(stage.place, 'runs', 'label', 'first', '--note', 'Theirs')).code).toBe(0);
    await vi.waitUntil(async () => (await note.inputValue()) === 'Theirs', settling);
    await page.getByRole('button', { name: 'The plain one' }).first().waitFor();
  });

  tell('are found by tag, deleted, and brought back', async () => {
    await page.keyboard.press('Escape');
    await page.getByRole('textbox', { name: 'Search runs' }).fill('tag:paper');
    await page.getByText('1 of 3 runs').waitFor();
    await page.getByRole('textbox', { name: 'Search runs' }).fill('');
    await button('More about second').click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByText(/^second is deleted\./).waitFor();
    expect(existsSync(folderOf('second'))).toBe(false);
    await button('Undo').last().click();
    await vi.waitUntil(() => existsSync(folderOf('second')), settling);
    await button('More about second').waitFor();
  });
});
