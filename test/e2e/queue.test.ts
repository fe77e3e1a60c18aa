import { AxeBuilder } from '@axe-core/playwright';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { figure } from '../../src/contract/figures.ts';
import { metricsLineSchema } from '../../src/contract/runFiles.ts';
import { browserHost } from './hosts/browser.ts';
import { makeFaces, untilTraining } from './hosts/prepare.ts';
import { show } from './hosts/stage.ts';
import type { Stage } from './hosts/stage.ts';
import { teller } from './hosts/teller.ts';

const settling = { timeout: 60_000 };
const trained = { timeout: 300_000 };

/** Runs wait for each other, are moved and taken out; a sweep of four is trained to its end. */
describe('the queue and sweeps on the Train page', () => {
  const tell = teller(browserHost);
  let stage: Stage;
  let page: Page;
  let faces = '';
  const queue = (): Locator => page.getByRole('region', { name: 'Queue' });
  const fill = (name: string, value: number | string) =>
    page.getByRole('textbox', { name, exact: true }).fill(String(value));
  /** The names of runs that wait, from the labels of their buttons. */
  const waiting = async (): Promise<string[]> => {
    const labels = await queue()
      .getByRole('button', { name: /^Hold .* *$/ })
      .evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label') ?? ''));
    return labels.filter((label) => label !== '').map((label) => label.replace('Hold ', ''));
  };
  const faults = async (): Promise<string[]> =>
    (await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id);

  beforeAll(async () => {
    if (browserHost.missing !== undefined) return;
    stage = await browserHost.open();
    page = stage.page;
    page.setDefaultTimeout(60_000);
    faces = await makeFaces(stage.place, 64);
  });
  afterAll(async () => {
    if (browserHost.missing === undefined) await stage.close();
  });

  tell('what wants all threads waits behind what is trained, is moved by keys, and taken out', async () => {
    for (const seed of [0, 1, 2]) {
      await show(page, `#/train?view=new&data=${encodeURIComponent(faces)}`);
      await fill('Steps', 20_000);
      await fill('Checkpoint every', 10_000);
      await fill('Seed', seed);
      await fill('width', 4);
      await page.getByRole('button', { name: `${seed === 0 ? 'Train' : 'Queue'} 20,000 steps` }).click();
      if (seed === 0) await page.getByText(/^[\d.]+ steps\/s$/).waitFor(untilTraining);
      else await page.getByRole('button', { name: /^Leave the queue/ }).waitFor(untilTraining);
    }
    await expect.poll(async () => (await waiting()).length, settling).toBe(2);
    await page.getByText(/Waits, 2nd in the queue/).waitFor();
    const [first, second] = await waiting();
    const stop = await page.getByRole('button', { name: /^Save and stop/ }).getAttribute('aria-label');
    const running = stop!.replace('Save and stop ', '');
    await page.getByRole('button', { name: `Move ${second!} up` }).click();
    await expect.poll(waiting, settling).toEqual([second, first]);
    await page.getByRole('button', { name: `Hold ${second!}` }).focus();
    await page.keyboard.press('Alt+ArrowDown');
    await expect.poll(waiting, settling).toEqual([first, second]);
    const focused = page.locator(':focus');
    await expect.poll(() => focused.getAttribute('aria-label'), settling).toBe(`Hold ${second!}`);
    expect(await faults()).toEqual([]);
    await page.getByRole('button', { name: /^Leave the queue/ }).click();
    await expect.poll(waiting, settling).toEqual([first]);
    await page.getByRole('button', { name: `Remove ${first!} from the queue` }).click();
    await expect.poll(waiting, settling).toEqual([]);
    await show(page, `#/train?run=${running}`);
    await page.getByRole('button', { name: /^Pause/ }).click();
    await page.getByRole('button', { name: /^Resume/ }).waitFor(untilTraining);
    expect(stage.complaints()).toEqual([]);
  });

  tell('a sweep is planned while it is typed, trained to its end, and its table has the means', async () => {
    await show(page, '#/train?view=several');
    await fill('Steps', 4);
    await fill('Checkpoint every', 4);
    await fill('width', 4);
    await fill('batch', 8);
    await fill('Name', 'small');
    const values = page.getByRole('textbox', { name: 'Values of Seed' });
    await values.fill('0..5000');
    await page.getByText(/is no range from a smaller to a larger number/).waitFor();
    await values.fill('0..1');
    await page.getByRole('button', { name: 'Train 4 runs' }).click();
    await page.getByText(/All 4 runs finished/).waitFor(trained);
    const means = page.getByRole('table', { name: 'Means over seeds' });
    const plain = await means.getByRole('row', { name: /^spectral step off/ }).innerText();
    // By hand: the mean of the last values that the two plain runs wrote down.
    const [one, two] = [0, 1].map((seed) => lastOf(`seed${seed}-plain`, 'kl'));
    expect(plain).toContain(figure((one! + two!) / 2));
    await page.getByRole('table', { name: 'Spectral minus plain training' }).waitFor();
    expect(await faults()).toEqual([]);
    await page.getByRole('button', { name: 'Open seed0-plain' }).click();
    await page.getByText('small/seed0-plain on faces').waitFor();
    await page.getByRole('region', { name: 'Sweeps' }).getByText('All 4').waitFor();
    const runs = page.getByRole('region', { name: 'Runs', exact: true });
    await runs.getByText('seed1-plain', { exact: true }).waitFor();
    await runs.getByRole('button', { name: /^small/, expanded: true }).click();
    await runs.getByText('seed1-plain', { exact: true }).waitFor({ state: 'detached' });
    expect(stage.complaints()).toEqual([]);
  });

  function lastOf(cell: string, name: string): number {
    const text = readFileSync(join(stage.place.runs, 'small', cell, 'metrics.jsonl'), 'utf8');
    const lines = text
      .trim()
      .split('\n')
      .map((line) => metricsLineSchema.parse(JSON.parse(line)));
    return lines.flatMap(({ values }) => values[name] ?? []).at(-1)!;
  }
});
