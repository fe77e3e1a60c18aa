import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { z } from 'zod';
import { fig3bResultSchema } from '../../src/contract/theory.ts';
import { browserHost } from './hosts/browser.ts';
import { desktopHost } from './hosts/desktop.ts';
import { cli } from './hosts/stage.ts';
import type { Stage } from './hosts/stage.ts';
import { teller } from './hosts/teller.ts';

describe.each([browserHost, desktopHost])('the Theory page in the $name', (host) => {
  let stage: Stage;

  beforeAll(async () => {
    if (host.missing !== undefined) return;
    stage = await host.open();
    stage.page.setDefaultTimeout(60_000);
  });

  afterAll(async () => {
    if (host.missing === undefined) await stage.close();
  });

  teller(host)('shows the command’s SDR of Fig. 3b at 10,000 steps, to six digits', async () => {
    // The command writes its figure into the folder it is run in.
    const output = execFileSync(process.execPath, [cli, 'theory', 'fig3b', '--json'], {
      cwd: stage.place.root,
      maxBuffer: 64 * 1024 * 1024,
    });
    const { result } = z.object({ result: fig3bResultSchema }).parse(JSON.parse(output.toString()));
    const { page } = stage;
    await page.evaluate(() => {
      location.hash = '#/theory?view=drift&drift=10000';
    });
    const shown = page.locator('[data-ratio]');
    await shown.waitFor();
    expect(await page.getByLabel('Step of training, value').inputValue()).toBe('10,000');
    expect(await shown.textContent()).toBe(result.ratio[result.step.indexOf(10_000)]!.toFixed(6));
    expect(stage.complaints()).toEqual([]);
  });
});
