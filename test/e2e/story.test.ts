import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { browserHost } from './hosts/browser.ts';
import { desktopHost } from './hosts/desktop.ts';
import { statusOf } from './hosts/prepare.ts';
import { cli, enginePid, trainerPid } from './hosts/stage.ts';
import type { Stage } from './hosts/stage.ts';
import { teller } from './hosts/teller.ts';

const steps = 60;

/** The same story on both hosts, by what a person sees and does; what it ends on are numbers in files. */
describe.each([browserHost, desktopHost])('the story in the $name', (host) => {
  const tell = teller(host);
  let stage: Stage;
  let run = '';

  beforeAll(async () => {
    if (host.missing !== undefined) return;
    expect(existsSync(cli), 'the Studio is built before these tests (npm test does)').toBe(true);
    stage = await host.open();
    stage.page.setDefaultTimeout(60_000);
  });

  afterAll(async () => {
    if (host.missing === undefined) await stage.close();
  });

  tell('makes 600 faces and finds all of them whole', async () => {
    const { page, place } = stage;
    await page.getByRole('textbox', { name: 'Faces' }).fill('600');
    await page.getByRole('button', { name: 'Make faces' }).click();
    await page.getByText('Ready: all 600 images can be read').waitFor({ timeout: 180_000 });
    expect(readdirSync(join(place.data, 'faces-600', 'img_align_celeba'))).toHaveLength(600);
    expect(stage.complaints()).toEqual([]);
  });

  tell('trains with a live chart, pauses, and resumes', async () => {
    const { page, place } = stage;
    await page.getByRole('button', { name: 'Train on 600 images' }).click();
    await page.getByRole('textbox', { name: 'Steps', exact: true }).fill(String(steps));
    await page.getByRole('textbox', { name: 'Checkpoint every' }).fill('20');
    await page.getByRole('button', { name: `Train ${steps} steps` }).click();
    await page.getByRole('button', { name: /^Pause/ }).waitFor({ timeout: 120_000 });
    run = readdirSync(place.runs)[0]!;
    await page
      .getByRole('img', { name: 'sample' })
      .or(page.getByRole('img', { name: 'seed 1', exact: true }))
      .first()
      .waitFor({ timeout: 120_000 });
    await page.keyboard.press('p');
    await page.getByRole('button', { name: /^Resume/ }).waitFor({ timeout: 120_000 });
    const paused = statusOf(join(place.runs, run));
    expect(paused.phase).toBe('stopped');
    expect(paused.step).toBeLessThan(steps);
    await page.getByRole('button', { name: /^Resume/ }).click();
    await page.getByRole('button', { name: /^Pause/ }).waitFor({ timeout: 120_000 });
    expect(stage.complaints()).toEqual([]);
  });

  tell('goes on when the engine is killed: training too', async () => {
    const { page, ownerPid, place } = stage;
    process.kill(enginePid(ownerPid), 'SIGKILL');
    await page.getByText('The engine is away. Reconnecting; training goes on.').waitFor();
    await page
      .getByText('The engine is away. Reconnecting; training goes on.')
      .waitFor({ state: 'detached' });
    await page.locator('.facts').getByText('Finished').waitFor({ timeout: 180_000 });
    const status = statusOf(join(place.runs, run));
    expect([status.phase, status.step]).toEqual(['finished', steps]);
    // 0, 20, 40 and 60, and the step of the pause.
    await page
      .getByText(/of [45]$/)
      .first()
      .waitFor();
    await page.getByRole('img', { name: /^Objective against step\. [\d.]+ now\.$/ }).waitFor();
    stage.complaints();
  });

  tell('shows a trainer that was killed as interrupted, and resumes it to its end', async () => {
    const { page, place } = stage;
    const folder = join(place.runs, run);
    await page.getByRole('button', { name: 'Extend…' }).click();
    await page.getByRole('textbox', { name: 'Steps to add' }).fill('40');
    await page.getByRole('button', { name: 'Train 40 more steps' }).click();
    await page.getByRole('button', { name: /^Pause/ }).waitFor({ timeout: 120_000 });
    await page.getByText(/^[\d.]+ steps\/s$/).waitFor({ timeout: 120_000 });
    process.kill(trainerPid(folder)!, 'SIGKILL');
    await page.getByText('The trainer ended without saying why').waitFor();
    await page.getByRole('button', { name: /^Resume/ }).click();
    await page.locator('.facts').getByText('Finished').waitFor({ timeout: 240_000 });
    expect(statusOf(folder)).toMatchObject({ phase: 'finished', step: steps + 40 });
    expect(stage.complaints()).toEqual([]);
  });

  tell('finds the same page again after a reload', async () => {
    const { page } = stage;
    await page.getByRole('radio', { name: 'linear' }).check({ force: true });
    const before = page.url();
    await page.reload();
    await page.getByRole('heading', { name: 'Train' }).waitFor();
    expect(page.url()).toBe(before);
    expect(await page.getByRole('radio', { name: 'linear' }).isChecked()).toBe(true);
    expect(stage.complaints()).toEqual([]);
  });
});
