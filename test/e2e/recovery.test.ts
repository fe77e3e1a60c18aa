import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { exportManifestSchema } from '../../src/contract/exports.ts';
import { browserHost } from './hosts/browser.ts';
import { command, makeFaces } from './hosts/prepare.ts';
import { enginePid, show } from './hosts/stage.ts';
import type { Stage } from './hosts/stage.ts';
import { teller } from './hosts/teller.ts';

const pictures = 1000;
const untilComputed = { timeout: 240_000 };

/** The engine dies in the middle of long work: the page comes back, and what was finished is kept. */
describe('an engine that is killed in the middle of work', () => {
  const tell = teller(browserHost);
  let stage: Stage;
  let page: Page;

  /** Kills it, and waits until the page says so and says so no more. */
  const killEngine = async (): Promise<void> => {
    const away = page.getByText('The connection to the engine is lost. Reconnecting; training continues.');
    process.kill(enginePid(stage.ownerPid), 'SIGKILL');
    await away.waitFor();
    await away.waitFor({ state: 'detached' });
  };

  beforeAll(async () => {
    if (browserHost.missing !== undefined) return;
    stage = await browserHost.open();
    page = stage.page;
    page.setDefaultTimeout(60_000);
    const faces = await makeFaces(stage.place, 100);
    const run = join(stage.place.runs, 'short');
    // A small network: its modules take seconds, not a minute.
    const size = ['--width', '8', '--fine-channels', '16', '--steps', '8'];
    const trained = await command(stage.place, 'train', '--data', faces, ...size, '--run', run);
    expect(trained.code, trained.stderr).toBe(0);
  });

  afterAll(async () => {
    if (browserHost.missing === undefined) await stage.close();
  });

  tell('modules that were being computed are computed again without being asked for', async () => {
    await show(page, '#/channels?run=short');
    const standing = page
      .getByRole('region', { name: 'Modules' })
      .locator('[data-waiting]')
      .getByText(/\d+ of \d+/);
    await standing.waitFor();
    await killEngine();
    await page
      .getByRole('img', { name: /^Region of / })
      .first()
      .waitFor(untilComputed);
    stage.complaints();
  });

  tell('an export that was being written is gone on with: its pictures are kept', async () => {
    await show(page, '#/export?run=bundled');
    await page.getByRole('textbox', { name: 'Seeds' }).fill(String(pictures));
    await page.getByRole('button', { name: 'Export 1,000 images' }).click();
    const folder = join(stage.place.runs, 'exports', 'augmented');
    const written = (): string[] =>
      existsSync(join(folder, 'train'))
        ? readdirSync(join(folder, 'train')).filter((name) => name.endsWith('.png'))
        : [];
    await expect.poll(() => written().length, untilComputed).toBeGreaterThan(50);
    await killEngine();
    const kept = written();
    expect(kept.length).toBeLessThan(pictures);
    await page.getByRole('button', { name: 'Resume augmented' }).click();
    await page.getByText('1,000 images written to').waitFor(untilComputed);
    const manifest = exportManifestSchema.parse(
      JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')),
    );
    expect([manifest.complete, manifest.files.length]).toEqual([true, pictures]);
    expect(written()).toHaveLength(pictures);
    expect(written()).toEqual(expect.arrayContaining(kept));
    stage.complaints();
  });
});
