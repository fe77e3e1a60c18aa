import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { browserHost } from './hosts/browser.ts';
import { desktopHost } from './hosts/desktop.ts';
import { firstRun, makeFaces, statusOf, trainByPage, untilTraining } from './hosts/prepare.ts';
import { trainerPid } from './hosts/stage.ts';
import type { Stage } from './hosts/stage.ts';
import { teller } from './hosts/teller.ts';

/** Training outlives the window where the person wants it to, and is found again. */
describe.each([browserHost, desktopHost])('training and the closed $name', (host) => {
  const tell = teller(host);
  const isDesktop = host.name === 'desktop';
  let stage: Stage;
  let folder = '';

  const reopen = async (): Promise<void> => {
    stage = await host.open(stage.place);
    stage.page.setDefaultTimeout(60_000);
  };

  beforeAll(async () => {
    if (host.missing !== undefined) return;
    stage = await host.open();
    stage.page.setDefaultTimeout(60_000);
    const faces = await makeFaces(stage.place, 64);
    await trainByPage(stage.page, faces, { steps: 20_000, checkpointEvery: 10_000 });
    folder = join(stage.place.runs, firstRun(stage.place));
  });

  afterAll(async () => {
    if (host.missing === undefined) await stage.close();
  });

  tell('training goes on when the window is closed, if the person says so', async () => {
    expect(stage.complaints()).toEqual([]);
    const asked = await stage.leave('Keep training');
    expect(asked).toBe(isDesktop ? 'A run is training. Continue without the window?' : null);
    const { step } = statusOf(folder);
    expect(trainerPid(folder)).toBeDefined();
    await expect.poll(() => statusOf(folder).step, untilTraining).toBeGreaterThan(step);
  });

  tell('the next start finds it, follows it, and can pause it', async () => {
    await reopen();
    const { page } = stage;
    await page.getByRole('button', { name: 'Watch' }).click();
    await page.getByText(/^[\d.]+ steps\/s$/).waitFor();
    await page.getByRole('button', { name: /^Pause/ }).click();
    await page.getByRole('button', { name: /^Resume/ }).waitFor();
    expect(statusOf(folder).phase).toBe('stopped');
    expect(trainerPid(folder)).toBeUndefined();
    expect(stage.complaints()).toEqual([]);
  });

  tell('nothing is asked where nothing trains', async () => {
    expect(await stage.leave('Keep training')).toBeNull();
    await reopen();
  });

  if (!isDesktop) return;
  tell('it is saved and paused with the window, if the person says so', async () => {
    const { step } = statusOf(folder);
    await stage.page.getByRole('button', { name: 'Resume' }).click();
    await stage.page.getByText(/^[\d.]+ steps\/s$/).waitFor(untilTraining);
    expect(await stage.leave('Save and pause')).toBe('A run is training. Continue without the window?');
    // The trainer was told; it saves the step it is making and ends by itself.
    await expect.poll(() => trainerPid(folder), { timeout: 30_000 }).toBeUndefined();
    const saved = statusOf(folder);
    expect(saved.phase).toBe('stopped');
    expect(saved.step).toBeGreaterThan(step);
    const checkpoint = `step-${String(saved.step).padStart(8, '0')}`;
    expect(readdirSync(join(folder, 'checkpoints'))).toContain(checkpoint);
    await reopen();
  });

  tell('what the page keeps for a person is there at the next start', async () => {
    const theme = (): Promise<string | undefined> =>
      stage.page.evaluate(() => document.documentElement.dataset['theme']);
    await expect.poll(theme, { timeout: 30_000 }).toBeDefined();
    const [before, address] = [await theme(), new URL(stage.page.url()).origin];
    await stage.page.getByRole('button', { name: 'Dark or light' }).click();
    const chosen = await theme();
    expect(chosen).not.toBe(before);
    await stage.leave('Keep training');
    await reopen();
    // The store of a page belongs to its address.
    expect(new URL(stage.page.url()).origin).toBe(address);
    await expect.poll(theme, { timeout: 30_000 }).toBe(chosen);
  });
});
