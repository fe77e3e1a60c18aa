import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { z } from 'zod';
import { phases } from '../../../src/contract/runFiles.ts';
import { cli, show } from './stage.ts';
import type { Place } from './stage.ts';

/** How long a first step may take: TensorFlow is loaded and the images are packed before it. */
export const untilTraining = { timeout: 120_000 };

/** The command line, in the same place as the page. @returns what it said and how it ended; it is not thrown */
export async function command(
  place: Place,
  ...args: readonly string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
  const options = { cwd: place.root, env: place.env, maxBuffer: 64 * 1024 * 1024 };
  return promisify(execFile)(process.execPath, [cli, ...args], options).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: unknown) => {
      const failed = z.object({ code: z.number(), stdout: z.string(), stderr: z.string() });
      return failed.parse({ ...z.object({ code: z.number() }).loose().parse(error) });
    },
  );
}

/** Drawn faces, made by the command line. @returns their folder */
export async function makeFaces(place: Place, count: number): Promise<string> {
  const folder = join(place.data, 'faces');
  const { code, stderr } = await command(place, 'data', 'make', '--out', folder, '--count', String(count));
  if (code !== 0) throw new Error(`no faces: ${stderr}`);
  return folder;
}

export interface Training {
  steps: number;
  checkpointEvery: number;
}

/** From the Data page to a run in training, by what a person presses. */
export async function trainByPage(
  page: Page,
  folder: string,
  { steps, checkpointEvery }: Training,
): Promise<void> {
  await show(page, `#/data?data=${encodeURIComponent(folder)}`);
  await page.getByRole('button', { name: /^Train on / }).click();
  await page.getByRole('textbox', { name: 'Steps', exact: true }).fill(String(steps));
  await page.getByRole('textbox', { name: 'Checkpoint every' }).fill(String(checkpointEvery));
  await page.getByRole('button', { name: /^Train [\d,]+ steps$/ }).click();
  await page.getByText(/^[\d.]+ steps\/s$/).waitFor(untilTraining);
}

/** The name of the first run there is: beside it lie the queue and, for moments, what is being written. */
export function firstRun({ runs }: Place): string {
  const name = readdirSync(runs).find((each) => existsSync(join(runs, each, 'run.json')));
  if (name === undefined) throw new Error(`There is no run in ${runs}.`);
  return name;
}

/** What the run's folder says, whoever wrote it. */
export function statusOf(folder: string): { phase: string; step: number } {
  const text = readFileSync(join(folder, 'status.json'), 'utf8');
  return z.object({ phase: z.enum(phases), step: z.number() }).parse(JSON.parse(text));
}

/** Intervene works on the recipe of this name. */
export async function expectRecipe(page: Page, name: string): Promise<void> {
  await expect
    .poll(() => page.getByRole('textbox', { name: 'Name of the recipe' }).inputValue(), untilTraining)
    .toBe(name);
}
