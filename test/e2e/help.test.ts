import { afterAll, beforeAll, describe, expect } from 'vitest';
import { browserHost } from './hosts/browser.ts';
import { desktopHost } from './hosts/desktop.ts';
import { show } from './hosts/stage.ts';
import type { Stage } from './hosts/stage.ts';
import { teller } from './hosts/teller.ts';

/** Finding things and reading about them, by keys alone. */
describe.each([browserHost, desktopHost])('help in the $name', (host) => {
  const tell = teller(host);
  let stage: Stage;
  beforeAll(async () => {
    if (host.missing === undefined) stage = await host.open();
  });
  afterAll(async () => {
    if (host.missing === undefined) await stage.close();
  });

  tell('Ctrl K finds a setting by its abbreviation, and opens it with the cursor in its field', async () => {
    const { page } = stage;
    await show(page, '#/explore');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: /^A page, run/ }).fill('lr');
    await page.getByRole('option', { name: /^Learning rate/, selected: true }).waitFor();
    await page.keyboard.press('Enter');
    const field = page.getByLabel('learning rate', { exact: true });
    await expect.poll(() => field.evaluate((input) => input === document.activeElement)).toBe(true);
    // The page scrolls to the field, and the window with its bars stays.
    expect(await page.evaluate(() => window.scrollY)).toBe(0);
    await page.keyboard.press('Control+k');
    const recent = page.getByRole('group', { name: 'Recent' }).getByRole('option');
    expect(await recent.first().textContent()).toContain('Learning rate');
    await page.keyboard.press('Escape');
  });

  tell(
    'F1 opens the guide at the page’s chapter, with pictures, search, links and the way back',
    async () => {
      const { page } = stage;
      await show(page, '#/channels');
      await page.keyboard.press('F1');
      const guide = page.getByRole('complementary', { name: 'User guide' });
      await guide.getByRole('heading', { level: 2, name: 'Channels' }).waitFor();
      const picture = guide.locator('img').first();
      await expect
        .poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth))
        .toBeGreaterThan(500);
      await page.keyboard.type('crossed pairs');
      await guide.getByRole('button', { name: /SDR: spectral density ratio/ }).click();
      await guide.getByRole('heading', { name: 'SDR: spectral density ratio' }).waitFor();
      await guide.getByRole('button', { name: 'Back' }).click();
      await guide.getByRole('heading', { level: 2, name: 'Channels' }).waitFor();
      await page.keyboard.press('Escape');
      await guide.waitFor({ state: 'detached' });
      expect(stage.complaints()).toEqual([]);
    },
  );

  tell('a term says what it means when it has the focus, and Enter leads to the guide', async () => {
    const { page } = stage;
    await show(page, '#/theory?view=drift');
    await page.getByRole('button', { name: 'SDR', exact: true }).first().focus();
    await page
      .getByRole('tooltip')
      .getByText(/^Spectral density ratio/)
      .waitFor();
    await page.keyboard.press('Enter');
    const guide = page.getByRole('complementary', { name: 'User guide' });
    await guide.getByRole('heading', { name: 'SDR: spectral density ratio' }).waitFor();
  });
});
