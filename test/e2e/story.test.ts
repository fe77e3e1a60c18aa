import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { stretchingAnalysisSchema } from '../../src/contract/analysis.ts';
import { figure } from '../../src/contract/figures.ts';
import { hiddenLevels } from '../../src/contract/levels.ts';
import { browserHost } from './hosts/browser.ts';
import { desktopHost } from './hosts/desktop.ts';
import { checkExport } from './hosts/exported.ts';
import { farthest, meanColour, pixelsOf, regionsOf } from './hosts/pixels.ts';
import type { Pixels } from './hosts/pixels.ts';
import { command, firstRun, statusOf } from './hosts/prepare.ts';
import { bundledFolder, bundledStep, bundledStepName } from '../setup/bundledStep.ts';
import { cli, enginePid, trainerPid } from './hosts/stage.ts';
import type { Stage } from './hosts/stage.ts';
import { teller } from './hosts/teller.ts';

/** Both are long enough that a quick machine has not trained them before the page shows that it trains, and before the trainer is killed. */
const steps = 300;
const extension = 300;
const untilComputed = { timeout: 120_000 };
const settling = { timeout: 60_000, interval: 250 };

/** The same story on both hosts, by what a person sees and does; what it ends on are numbers in files. */
describe.each([browserHost, desktopHost])('the story in the $name', (host) => {
  const tell = teller(host);
  let stage: Stage;
  let run = '';
  let regions: ReturnType<typeof regionsOf>;

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
    await page.getByRole('button', { name: 'Make 600 faces' }).click();
    await page.getByText('Ready: all 600 images can be read').waitFor({ timeout: 180_000 });
    expect(readdirSync(join(place.data, 'faces-600', 'img_align_celeba'))).toHaveLength(600);
    expect(stage.complaints()).toEqual([]);
  });

  tell('trains with a live chart, pauses, and resumes', async () => {
    const { page, place } = stage;
    await page.getByRole('button', { name: 'Train on 540 images' }).click();
    const field = page.getByRole('textbox', { name: 'Steps', exact: true });
    await field.fill('2.5');
    await page.getByText('Steps: a whole number, 1 or more.').waitFor();
    expect(await page.getByRole('button', { name: 'Train', exact: true }).last().isDisabled()).toBe(true);
    expect(await field.inputValue()).toBe('2.5');
    await field.fill('1e4');
    await page.getByRole('button', { name: 'Train 10,000 steps' }).waitFor();
    await field.blur();
    expect(await field.inputValue()).toBe('1e4');
    await field.fill(String(steps));
    await page.getByRole('textbox', { name: 'Checkpoint every' }).fill('100');
    await page.getByRole('button', { name: `Train ${steps} steps` }).click();
    await page.getByRole('button', { name: /^Pause/ }).waitFor({ timeout: 120_000 });
    run = firstRun(place);
    await page
      .getByRole('img', { name: 'sample' })
      .or(page.getByRole('option', { name: 'seed 1', exact: true }))
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
    await page.getByText('The connection to the engine is lost. Reconnecting; training continues.').waitFor();
    await page
      .getByText('The connection to the engine is lost. Reconnecting; training continues.')
      .waitFor({ state: 'detached' });
    await page.getByRole('region', { name: 'Progress' }).getByText('Finished').waitFor({ timeout: 180_000 });
    const status = statusOf(join(place.runs, run));
    expect([status.phase, status.step]).toEqual(['finished', steps]);
    // 0, 100, 200 and 300, and the step of the pause.
    await page
      .getByText(/of [45]$/)
      .first()
      .waitFor();
    await page.getByRole('img', { name: /^Objective against step\. [\d.]+ now\.$/ }).waitFor();
    stage.complaints();
  });

  tell('a trainer that was killed is begun again by the queue, and goes to its end', async () => {
    const { page, place } = stage;
    const folder = join(place.runs, run);
    await page.getByRole('button', { name: 'Extend…' }).click();
    await page.getByRole('textbox', { name: 'Steps to add' }).fill(String(extension));
    await page.getByRole('button', { name: `Train ${extension} more steps` }).click();
    await page.getByRole('button', { name: /^Pause/ }).waitFor({ timeout: 120_000 });
    await page.getByText(/^[\d.]+ steps\/s$/).waitFor({ timeout: 120_000 });
    // Steps are added once the first of them is done.
    await expect.poll(() => statusOf(folder).step, { timeout: 120_000 }).toBeGreaterThan(steps);
    process.kill(trainerPid(folder)!, 'SIGKILL');
    await page.getByRole('region', { name: 'Progress' }).getByText('Finished').waitFor({ timeout: 240_000 });
    expect(statusOf(folder)).toMatchObject({ phase: 'finished', step: steps + extension });
    expect(stage.complaints()).toEqual([]);
  });

  tell('finds the same page again after a reload', async () => {
    const { page } = stage;
    const linear = page.getByRole('radiogroup', { name: 'Step axis' }).getByRole('radio', { name: 'linear' });
    await linear.check({ force: true });
    const before = page.url();
    await page.reload();
    await page.getByRole('heading', { name: 'Train' }).waitFor();
    expect(page.url()).toBe(before);
    expect(await linear.isChecked()).toBe(true);
    expect(stage.complaints()).toEqual([]);
  });

  tell('opens the model that comes with the Studio and finds what makes hair', async () => {
    const { page } = stage;
    await page.getByRole('link', { name: 'Start' }).click();
    await page.getByRole('button', { name: 'See its channels' }).click();
    const region = page.getByRole('img', { name: /^Region of Hair/ }).first();
    await region.waitFor();
    regions = regionsOf((await pixelsOf(region))[0]!);
    // Hair takes a part of a face's picture, and leaves a part alone.
    expect(sizeOf(regions.inside)).toBeGreaterThan(200);
    expect(sizeOf(regions.outside)).toBeGreaterThan(1000);
    expect(stage.complaints()).toEqual([]);
  });

  tell('recolours hair: the mean colour changes in its region and not outside', async () => {
    const { page } = stage;
    await page.getByRole('button', { name: 'Recolour Hair' }).click();
    await expect.poll(changeOnPage, settling).toMatchObject({ pictures: 36, isLocal: true });
    const recoloured = await after();
    await page.keyboard.press('Control+z');
    await expect.poll(changeOnPage, settling).toMatchObject({ inside: 0, outside: 0 });
    await page.keyboard.press('Control+Shift+z');
    await expect.poll(changeOnPage, settling).toMatchObject({ isLocal: true });
    expect(await after()).toEqual(recoloured);
    expect(stage.complaints()).toEqual([]);
  });

  tell('measures stretching as the command line does, to six digits', async () => {
    const { page, place } = stage;
    await page.getByRole('button', { name: 'Measure 256' }).click();
    const analysed = command(place, 'analyse', 'stretching', 'bundled', '--out', 'stretching', '--json');
    const shown = page.locator('[data-mean]');
    await expect.poll(() => shown.count(), settling).toBe(3);
    const [texts, values] = await Promise.all([
      shown.allInnerTexts(),
      shown.evaluateAll((parts) =>
        parts.map((part) => Number(part.getAttribute('data-value')).toPrecision(6)),
      ),
    ]);
    const { stdout, stderr, code } = await analysed;
    expect(code, stderr).toBe(0);
    const [model] = stretchingAnalysisSchema.parse(JSON.parse(stdout)).models;
    expect(model?.stretching.levels.map(({ level }) => level)).toEqual(hiddenLevels);
    const errors = model?.stretching.levels.map(({ error }) => error);
    expect(values).toEqual(errors?.map((error) => error.toPrecision(6)));
    expect(texts).toEqual(errors?.map((error) => `256: ${figure(error)}`));
    expect(stage.complaints()).toEqual([]);
  });

  tell('exports 20 images that are what the page showed, with a manifest that is right', async () => {
    const { page, place } = stage;
    const pictures = await after();
    await page.getByRole('button', { name: 'Export with this recipe' }).click();
    await page.getByRole('checkbox', { name: 'My recipe' }).check({ force: true });
    await page.getByRole('textbox', { name: 'Seeds' }).fill('999999999');
    await page.getByText('Seeds: a whole number from 1 to 1,000,000.').waitFor();
    expect(await page.getByRole('button', { name: 'Export images' }).isDisabled()).toBe(true);
    await page.getByRole('textbox', { name: 'Seeds' }).fill('20');
    await page.getByRole('button', { name: 'Export 20 images' }).click();
    await page.getByText(/^20 images written to/).waitFor(untilComputed);
    const folder = join(place.runs, 'exports', 'augmented');
    await checkExport(folder, {
      recipe: join(place.runs, 'recipes', 'my-recipe.recipe.json'),
      weights: join(bundledFolder, 'checkpoints', bundledStepName, 'weights.safetensors'),
      step: bundledStep,
      pictures: pictures.slice(0, 20),
    });
    expect(stage.complaints()).toEqual([]);
  });

  const after = (): Promise<Pixels[]> => pixelsOf(stage.page.locator('[data-shown="after"] canvas'));

  /** How far the mean colour of all pictures moved, in the hair's region and outside, of 255. */
  async function changeOnPage(): Promise<{
    pictures: number;
    inside: number;
    outside: number;
    isLocal: boolean;
  }> {
    const [before, now] = [await pixelsOf(stage.page.locator('[data-shown="before"] canvas')), await after()];
    const moved = (where: readonly boolean[]): number =>
      farthest(meanColour(before, where), meanColour(now, where));
    const [inside, outside] = [moved(regions.inside), moved(regions.outside)];
    // A tenth of the range is a change, three hundredths are none: what is left outside comes from hair that is longer than most.
    return { pictures: now.length, inside, outside, isLocal: inside > 25.5 && outside < 7.65 };
  }
});

function sizeOf(region: readonly boolean[]): number {
  return region.filter(Boolean).length;
}
