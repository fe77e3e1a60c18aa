#!/usr/bin/env node
/**
 * `npm run guide-pictures`: photographs the pages for docs/user-guide.md, on the model that comes with the Studio, on faces that are drawn
 * for it and on one small experiment. `-- NAME…` photographs some of them. It needs a Chromium (CHROMIUM_PATH, the system's, or Playwright's
 * own), takes a few minutes and writes docs/images/guide.
 */
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { bootstrap } from './bootstrap/bootstrap.mjs';
import { findChromium, launchChromium } from './chromium.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const target = path.join(root, 'docs', 'images', 'guide');
const cli = path.join(root, 'out', 'main', 'cli.js');
const size = { width: 1280, height: 800 };
const largest = 250_000;
/** Pictures show it, so it has a plain name. */
const place = path.join(os.tmpdir(), 'studio');

/**
 * A page's address, a button that is pressed there, and the name of the part of the page that is photographed alone.
 *
 * @typedef {{ hash: string, press?: string, part?: string }} Screen
 */

/**
 * @param {string} faces the folder of drawn faces
 * @returns {Record<string, Screen>}
 */
const screens = (faces) => ({
  start: { hash: '#/start' },
  data: { hash: `#/data?data=${encodeURIComponent(faces)}` },
  train: { hash: '#/train?run=bundled' },
  'train-new': { hash: `#/train?view=new&data=${encodeURIComponent(faces)}` },
  explore: { hash: '#/explore?run=bundled' },
  channels: { hash: '#/channels?run=bundled&at=24' },
  intervene: { hash: '#/intervene?run=bundled&add=hair&at=13' },
  'stretch-bench': { hash: '#/intervene?run=bundled&at=13', part: 'Stretch bench' },
  analyse: { hash: '#/analyse?run=bundled&bin=fine.decoder.12' },
  differences: { hash: '#/analyse?run=bundled&tab=differences' },
  verdicts: { hash: '#/analyse?run=bundled&tab=verdicts' },
  theory: { hash: '#/theory' },
  experiments: { hash: '#/experiments' },
  export: { hash: '#/intervene?run=bundled&add=hair', press: 'Export with this recipe' },
});

/** Makes the place. One that is there is somebody's, or of a call that was killed: it is not touched. */
function makePlace() {
  try {
    fs.mkdirSync(place);
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    process.stderr.write(
      `${place} is there already. If a call of this script left it, delete it and start again.\n`,
    );
    process.exit(1);
  }
  fs.mkdirSync(path.join(place, 'runs'));
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ url: string, stop: () => void }>}
 */
function serve(env) {
  const child = spawn(process.execPath, [cli, 'serve', '--port', '0', '--folder', place], {
    env,
    cwd: place,
  });
  return new Promise((resolve, reject) => {
    let said = '';
    const hear = (/** @type {Buffer} */ text) => {
      said += text.toString('utf8');
      const url = /http:\/\/\S+/.exec(said)?.[0];
      if (url !== undefined) resolve({ url, stop: () => void child.kill('SIGTERM') });
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('close', () => reject(new Error(`serve ended: ${said}`)));
  });
}

/** @param {import('playwright-core').Page} page */
async function untilDrawn(page) {
  await page.getByRole('heading', { level: 1 }).waitFor();
  const isDone = () => document.querySelector('.stale, [data-waiting]') === null;
  // Long work may begin a moment after the page is there; twice done is done.
  for (let round = 0; round < 2; round++) {
    await page.waitForTimeout(2500);
    await page.waitForFunction(isDone, undefined, { timeout: 300_000 });
  }
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} name
 * @param {string | undefined} part
 */
async function photograph(page, name, part) {
  const picture = await (part === undefined ? page : page.getByRole('region', { name: part })).screenshot();
  for (const colours of [256, 160, 96]) {
    const small = await sharp(picture).png({ palette: true, colours, effort: 10 }).toBuffer();
    if (small.length > largest) continue;
    await fs.promises.writeFile(path.join(target, `${name}.png`), small);
    process.stdout.write(`${name}.png, ${Math.round(small.length / 1000)} kB\n`);
    return;
  }
  throw new Error(`The picture of ${name} is over ${largest} bytes, whatever its colours.`);
}

/** @param {readonly string[]} names of the pictures to make; none: all */
async function photographAll(names) {
  const faces = path.join(place, 'faces');
  const env = {
    ...process.env,
    EXTRAPOLATION_RUNS: path.join(place, 'runs'),
    EXTRAPOLATION_CACHE: path.join(place, 'cache'),
  };
  const wanted = Object.entries(screens(faces)).filter(
    ([name]) => names.length === 0 || names.includes(name),
  );
  const run = (/** @type {string[]} */ ...args) =>
    execFileSync(process.execPath, [cli, ...args], {
      env,
      cwd: place,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  run('data', 'make', '--out', faces, '--count', '600');
  if (wanted.some(([name]) => name === 'experiments')) {
    run('reproduce', 'fig5', '--scale', 'quick', '--out', path.join(place, 'reproduction'));
  }
  const served = await serve(env);
  try {
    const browser = await launchChromium(findChromium(process.env));
    try {
      const page = await browser.newPage({ viewport: size });
      page.setDefaultTimeout(120_000);
      await page.goto(served.url);
      for (const [name, { hash, press, part }] of wanted) {
        await page.goto(`${new URL(served.url).origin}/${hash}`);
        await untilDrawn(page);
        if (press !== undefined) {
          await page.getByRole('button', { name: press }).click();
          await untilDrawn(page);
        }
        await photograph(page, name, part);
      }
    } finally {
      await browser.close();
    }
  } finally {
    served.stop();
  }
}

async function main() {
  await bootstrap({ root });
  fs.mkdirSync(target, { recursive: true });
  makePlace();
  try {
    await photographAll(process.argv.slice(2));
  } finally {
    fs.rmSync(place, { recursive: true, force: true, maxRetries: 5 });
  }
}

await main();
