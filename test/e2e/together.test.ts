import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { z } from 'zod';
import { browserHost } from './hosts/browser.ts';
import { command, firstRun, makeFaces, statusOf, trainByPage, untilTraining } from './hosts/prepare.ts';
import { listen, show, trainerPid } from './hosts/stage.ts';
import type { Stage } from './hosts/stage.ts';
import { teller } from './hosts/teller.ts';

const listSchema = z.object({
  runs: z.array(z.object({ id: z.string(), status: z.object({ phase: z.string(), step: z.number() }) })),
});

/** Two tabs and a command line on the same runs at once. */
describe('two tabs and a command line', () => {
  const tell = teller(browserHost);
  let stage: Stage;
  let one: Page;
  let two: Page;
  let complaints: () => string[];
  let run = '';
  let folder = '';

  const inBoth = async (look: (page: Page) => Promise<unknown>): Promise<void> => {
    await Promise.all([look(one), look(two)]);
  };
  const pause = (page: Page) => page.getByRole('button', { name: /^Pause/ });
  const resume = (page: Page) => page.getByRole('button', { name: /^Resume/ });
  const listed = async (): Promise<{ phase: string; step: number }> => {
    const { stdout } = await command(stage.place, 'runs', 'ls', '--json');
    return listSchema.parse(JSON.parse(stdout)).runs.find(({ id }) => id === run)!.status;
  };
  /** The step that the table of runs shows. */
  const shownStep = async (page: Page): Promise<number> => {
    const row = page.getByRole('row').filter({ hasText: run });
    return Number((await row.locator('[data-step]').innerText()).replaceAll(',', ''));
  };

  beforeAll(async () => {
    if (browserHost.missing !== undefined) return;
    stage = await browserHost.open();
    one = stage.page;
    two = await one.context().newPage();
    complaints = listen(two);
    for (const page of [one, two]) page.setDefaultTimeout(60_000);
    const faces = await makeFaces(stage.place, 64);
    await trainByPage(one, faces, { steps: 20_000, checkpointEvery: 10_000 });
    run = firstRun(stage.place);
    folder = join(stage.place.runs, run);
    await two.goto(`${new URL(one.url()).origin}/#/train?run=${run}`);
  });

  afterAll(async () => {
    if (browserHost.missing === undefined) await stage.close();
  });

  tell('what one tab starts the other follows; what one pauses all three know', async () => {
    await two.getByText(/^[\d.]+ steps\/s$/).waitFor();
    await pause(two).click();
    await inBoth((page) => resume(page).waitFor());
    const { step } = statusOf(folder);
    expect(await listed()).toMatchObject({ phase: 'stopped', step });
    await expect.poll(() => shownStep(one)).toBe(step);
    await expect.poll(() => shownStep(two)).toBe(step);
  });

  tell('what the command line trains both tabs follow, and a tab can pause', async () => {
    const before = statusOf(folder).step;
    const training = command(stage.place, 'train', '--resume', folder);
    await inBoth((page) => page.getByText(/^[\d.]+ steps\/s$/).waitFor(untilTraining));
    await pause(one).click();
    await inBoth((page) => resume(page).waitFor());
    // 130: interrupted, and saved.
    expect((await training).code).toBe(130);
    const { step } = await listed();
    expect(step).toBeGreaterThan(before);
    await expect.poll(() => shownStep(two)).toBe(step);
  });

  tell('of two that want to write the same run one is refused, with a sentence', async () => {
    await inBoth((page) => page.getByRole('button', { name: 'Extend…' }).click());
    const more = (page: Page) => page.getByRole('button', { name: /^Train [\d,]+ more steps$/ });
    await inBoth((page) => more(page).waitFor());
    await more(one).click();
    await pause(one).waitFor(untilTraining);
    await more(two).click();
    await two.getByRole('dialog').getByText('is already being trained').waitFor();
    await two.getByRole('button', { name: 'Cancel' }).click();
    await two.getByText(/^[\d.]+ steps\/s$/).waitFor(untilTraining);
    const [again, remove] = await Promise.all([
      command(stage.place, 'train', '--resume', folder),
      command(stage.place, 'runs', 'rm', folder),
    ]);
    expect(again.code).toBe(1);
    expect(again.stderr).toContain(
      `is being trained by process ${String(trainerPid(folder))} on ${hostname()}`,
    );
    expect(remove.code).toBe(1);
    expect(remove.stderr).toContain('is being trained');
    await pause(two).click();
    await inBoth((page) => resume(page).waitFor());
  });

  tell('a recipe saved in one tab is in the other, and the command line applies it', async () => {
    await show(two, `#/export?run=${run}`);
    await two.getByText('This run has no recipes yet').waitFor();
    await show(one, `#/intervene?run=${run}`);
    await one.getByRole('button', { name: 'Add', exact: true }).click();
    await one.getByRole('menuitem', { name: /^Stretch/ }).click();
    await one.getByRole('textbox', { name: 'Name of the recipe' }).fill('Wide faces');
    await one.getByRole('button', { name: 'Save recipe' }).click();
    await two.getByRole('checkbox', { name: 'Wide faces' }).waitFor();
    await show(two, `#/intervene?run=${run}`);
    await two.getByRole('button', { name: 'Open…' }).click();
    await two.getByRole('button', { name: /^Wide faces/ }).waitFor();
    const recipe = join(folder, 'recipes', 'wide-faces.recipe.json');
    const applied = await command(stage.place, 'apply', run, '--recipe', recipe, '--seeds', '1-2');
    expect(applied.code, applied.stderr).toBe(0);
    expect(stage.complaints()).toEqual([]);
    expect(complaints()).toEqual([]);
  });
});
