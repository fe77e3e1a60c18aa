import { AxeBuilder } from '@axe-core/playwright';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { browserHost } from './hosts/browser.ts';
import { show } from './hosts/stage.ts';
import type { Stage } from './hosts/stage.ts';
import { teller } from './hosts/teller.ts';

/** A generator of PyTorch comes in (test/oracles/importedModels.py), and the model that comes along goes out. */
describe('models of other programs', () => {
  const tell = teller(browserHost);
  let stage: Stage;
  let page: Page;
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const file = (): string => join(stage.place.data, 'theirs.onnx');

  beforeAll(async () => {
    if (browserHost.missing !== undefined) return;
    stage = await browserHost.open();
    page = stage.page;
    page.setDefaultTimeout(60_000);
    mkdirSync(stage.place.data, { recursive: true });
    copyFileSync(join('test', 'oracles', 'imported', 'dcgan.onnx'), file());
    await show(page, '#/start');
  });
  afterAll(async () => {
    if (browserHost.missing === undefined) await stage.close();
  });

  tell('a file that is of no use gets a sentence in the dialog', async () => {
    await button('Open a model…').click();
    const path = page.getByRole('textbox', { name: 'File' });
    await path.fill(join(stage.place.data, 'netG.pth'));
    await button('Open').click();
    await page.getByText('netG.pth looks like a Python pickle').waitFor();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(serious(violations)).toEqual([]);
  });

  tell('a generator is opened, checked, and explored', async () => {
    await page.getByRole('textbox', { name: 'File' }).fill(file());
    await button('Open').click();
    await page
      .getByText(/64 × 64 pixels from 32 latents\. Its pictures differ from the file’s own by at most/)
      .waitFor();
    await button('Explore it').click();
    await page.getByRole('heading', { name: 'Explore' }).waitFor();
    await page.getByRole('option').nth(8).waitFor();
    expect(existsSync(join(stage.place.runs, 'theirs', 'run.json'))).toBe(true);
  });

  tell('a VAE comes in with its encoder, and no page says that it has none', async () => {
    const vae = join('test', 'oracles', 'imported', 'vaes', 'unit');
    for (const name of ['decoder.onnx', 'encoder.onnx'])
      copyFileSync(join(vae, name), join(stage.place.data, `my-${name}`));
    await show(page, '#/start');
    await button('Open a model…').click();
    await page.getByRole('textbox', { name: 'File' }).fill(join(stage.place.data, 'my-decoder.onnx'));
    await page.getByRole('textbox', { name: 'Encoder' }).fill(join(stage.place.data, 'my-encoder.onnx'));
    await button('Open').click();
    await page.getByText(/Its encoder is my-encoder\.onnx, for pictures from 0 to 1\./).waitFor();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(serious(violations)).toEqual([]);
    await show(page, '#/train?run=my-decoder');
    await page.getByText('The generator’s own pictures come back').waitFor();
    await show(page, '#/explore?run=my-decoder');
    await page.getByRole('option').nth(8).waitFor();
    expect(await page.getByText('has no encoder').count()).toBe(0);
  });

  tell('its page on Train says where it comes from, and every page has it', async () => {
    await show(page, '#/train?run=theirs');
    await page.getByText('Imported generator').first().waitFor();
    await page.getByText('theirs.onnx').first().waitFor();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(serious(violations)).toEqual([]);
    for (const [at, heading] of [
      ['channels', 'Channels'],
      ['intervene', 'Intervene'],
      ['analyse', 'Analyse'],
      ['export', 'Export'],
    ] as const) {
      await show(page, `#/${at}?run=theirs`);
      await page.getByRole('heading', { name: heading }).first().waitFor();
      expect(await page.getByText(/fault in the program|Something went wrong/).count()).toBe(0);
    }
  });

  tell('the model that comes along is exported for PyTorch', async () => {
    await show(page, '#/explore?run=bundled');
    await button('Export model…').click();
    await button('Export').click();
    await page.getByText(/model\.py, config\.json, weights\.safetensors, README\.md in /).waitFor();
  });
});

/** The rules that count, each with what breaks it. */
function serious(violations: Awaited<ReturnType<AxeBuilder['analyze']>>['violations']): [string, string[]][] {
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
}
