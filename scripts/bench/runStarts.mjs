import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findNpm } from '../bootstrap/npm.mjs';
import { findChromium, launchChromium } from '../chromium.mjs';

/** What the first page shows once a person can work with it. */
const usable = { role: 'button', name: /^Make (\d[\d,]* )?faces$/ };
const patience = 120_000;

/**
 * Starts the Studio as a person does, in a place of its own, and takes the seconds until it says its address, until the page answers,
 * and until a Chromium that is open already has drawn it.
 *
 * @param {{ root: string, rounds: number }} options
 * @returns {Promise<{ unit: 's', sides: import('./runWays.mjs').Measured[], notes: string[] }>}
 */
export async function runStarts({ root, rounds }) {
  const executable = findChromium(process.env);
  const browser = executable === undefined ? undefined : await launchChromium(executable);
  /** @type {Record<string, number>[]} */
  const seconds = [];
  try {
    for (let round = 0; round < rounds; round++) seconds.push(await startOnce(root, browser));
  } finally {
    await browser?.close();
  }
  const labels = ['to its address', 'to its first answer', 'to a page that can be used'];
  const sides = labels.flatMap((label) => {
    const perRound = seconds.flatMap((one) => one[label] ?? []);
    return perRound.length === 0
      ? []
      : [{ label, compared: false, peer: '', threads: 0, perRound, facts: {} }];
  });
  const notes =
    browser === undefined ? ['No page was drawn: there is no Chromium (CHROMIUM_PATH names one).'] : [];
  return { unit: 's', sides, notes };
}

/**
 * @param {string} root
 * @param {import('playwright-core').Browser | undefined} browser
 * @returns {Promise<Record<string, number>>} seconds from the start
 */
async function startOnce(root, browser) {
  const place = fs.mkdtempSync(path.join(os.tmpdir(), 'extrapolation-bench-'));
  const env = { ...process.env, EXTRAPOLATION_RUNS: path.join(place, 'runs') };
  const { command, before } = await findNpm(process.env);
  const start = performance.now();
  const since = () => (performance.now() - start) / 1000;
  const args = [...before, 'start', '--silent', '--', 'serve', '--port', '0', '--folder', place];
  const child = spawn(command, args, {
    ...{ cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], shell: command.endsWith('.cmd') },
    // A group of its own: a signal must reach npm and what it started.
    detached: process.platform !== 'win32',
  });
  const ended = new Promise((resolve) => child.on('close', resolve));
  try {
    const url = await addressOf(child);
    /** @type {Record<string, number>} */
    const taken = { 'to its address': since() };
    const answer = await fetch(url);
    await answer.text();
    if (!answer.ok) throw new Error(`the page answered ${answer.status}`);
    taken['to its first answer'] = since();
    if (browser !== undefined) {
      const page = await browser.newPage();
      await page.goto(url);
      await page.getByRole(usable.role, { name: usable.name }).waitFor({ timeout: patience });
      taken['to a page that can be used'] = since();
      await page.close();
    }
    return taken;
  } finally {
    endGroup(child);
    await ended;
    fs.rmSync(place, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<string>}
 */
function addressOf(child) {
  return new Promise((resolve, reject) => {
    let said = '';
    const hear = (/** @type {Buffer} */ text) => {
      said += text.toString('utf8');
      const url = /http:\/\/\S+/.exec(said)?.[0];
      if (url !== undefined) resolve(url);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.on('close', () => reject(new Error(`the Studio ended before it served: ${said.trim()}`)));
  });
}

/** @param {import('node:child_process').ChildProcess} child */
function endGroup(child) {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') child.kill();
  else process.kill(-child.pid, 'SIGTERM');
}
