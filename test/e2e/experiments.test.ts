import { AxeBuilder } from '@axe-core/playwright';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { experimentResultSchema } from '../../src/contract/experiments.ts';
import { browserHost } from './hosts/browser.ts';
import { project } from './hosts/stage.ts';
import type { Stage } from './hosts/stage.ts';
import { teller } from './hosts/teller.ts';

const minutes = 60_000;
/** Written for people to look at; out/ is not kept. */
const pictures = join(project, 'out', 'screens');

/** From the page: a quick experiment is started, cancelled, found again after a reload, gone on with, and read. */
describe('the Experiments page', () => {
  let stage: Stage;

  beforeAll(async () => {
    if (browserHost.missing !== undefined) return;
    mkdirSync(pictures, { recursive: true });
    stage = await browserHost.open();
    stage.page.setDefaultTimeout(2 * minutes);
  });

  afterAll(async () => {
    if (browserHost.missing === undefined) await stage.close();
  });

  const tell = teller(browserHost);

  tell('starts an experiment, cancels it, and finds it again after a reload', async () => {
    const { page } = stage;
    await show(page, '#/experiments');
    await page.getByText('No experiments here yet').waitFor();
    await page.getByRole('combobox', { name: 'Experiment' }).click();
    await page.getByRole('option', { name: 'Eye distance under stretched layers' }).click();
    await page.getByRole('radiogroup', { name: 'Scale' }).getByText('Quick').click();
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByRole('heading', { name: 'Working' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Working' }).waitFor();
    expect(await page.getByRole('button', { name: 'Start', exact: true }).isDisabled()).toBe(true);
    await photograph(page, 'experiments-working');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('heading', { name: 'Stopped' }).waitFor();
    expect(stage.complaints()).toEqual([]);
  });

  tell('goes on, and shows the numbers of result.json with figures, verdicts and notes', async () => {
    const { page, place } = stage;
    await page.getByRole('combobox', { name: 'Experiment' }).click();
    await page.getByRole('option', { name: 'Eye distance under stretched layers' }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'Finished' }).waitFor({ timeout: 15 * minutes });
    const file = join(place.data, 'reproduction', 'eye-distance', 'result.json');
    const result = experimentResultSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    await page.getByRole('heading', { name: result.title }).waitFor();
    for (const { claim, because } of result.verdicts) {
      await page.getByText(claim, { exact: true }).waitFor();
      expect(await page.getByText(because, { exact: true }).count()).toBe(1);
    }
    for (const { caption } of result.figures) await page.getByText(caption, { exact: true }).waitFor();
    await page.waitForFunction(
      (wanted) =>
        [...document.querySelectorAll('figure img')].filter(
          (image) => image instanceof HTMLImageElement && image.naturalWidth > 0,
        ).length === wanted,
      result.figures.length,
    );
    // A number of a table, as it stands in the file.
    const table = result.tables.find(({ name }) => name === 'detector')!;
    await page.getByText(table.title).click();
    const cells = await page
      .getByRole('group', { name: table.title })
      .locator('tbody tr')
      .first()
      .locator('td')
      .all();
    const shown = await Promise.all(cells.map((cell) => cell.textContent()));
    expect(shown.slice(0, 3)).toEqual(table.rows[0]!.slice(0, 3).map(String));
    for (const note of result.notes) await page.getByText(note, { exact: true }).waitFor();
    expect(stage.complaints()).toEqual([]);
  });

  tell('is whole in both themes, without a serious finding of axe', async () => {
    const { page } = stage;
    for (const theme of ['light', 'dark']) {
      await show(page, `#/experiments?theme=${theme}`);
      await page.getByRole('heading', { name: 'Verdicts' }).waitFor();
      await photograph(page, `experiments-done-${theme}`);
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
    }
  });
});

async function show(page: Page, hash: string): Promise<void> {
  await page.evaluate((wanted) => {
    location.hash = wanted;
  }, hash);
  await page.getByRole('heading', { level: 1, name: 'Experiments' }).waitFor();
}

async function photograph(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}
