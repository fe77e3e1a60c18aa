import { spawn } from 'node:child_process';
import type { Browser } from 'playwright-core';
import { findChromium, launchChromium } from '../../../scripts/chromium.mjs';
import { cli, endTrainers, listen, makePlace } from './stage.ts';
import type { HostKind, Place, Stage } from './stage.ts';

export interface Served {
  url: string;
  pid: number;
  stop: () => Promise<void>;
}

/** `extrapolate serve` in a place of its own. */
export async function serve(place: Place, args: readonly string[] = []): Promise<Served> {
  const child = spawn(process.execPath, [cli, 'serve', '--port', '0', '--folder', place.data, ...args], {
    cwd: place.root,
    env: place.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => {
    child.on('close', () => {
      resolve();
    });
  });
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (text: Buffer): void => {
      said += text.toString('utf8');
      const found = /http:\/\/\S+/.exec(said)?.[0];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('close', () => {
      reject(new Error(`serve ended before it served: ${said}`));
    });
  });
  return {
    url,
    pid: child.pid!,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** A browser without tabs; each context is a browser profile of its own. */
export function launchBrowser(): Promise<Browser> {
  return launchChromium(findChromium(process.env));
}

async function open(place = makePlace()): Promise<Stage> {
  const served = await serve(place);
  const browser = await launchBrowser();
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  const page = await context.newPage();
  const complaints = listen(page);
  await page.goto(served.url);
  return {
    page,
    place,
    ownerPid: served.pid,
    complaints,
    // Who ends the server in a terminal is not asked: trainers are processes of their own.
    leave: async () => {
      await browser.close();
      await served.stop();
      return null;
    },
    close: async () => {
      await browser.close();
      await served.stop();
      endTrainers(place.runs);
      place.remove();
    },
  };
}

export const browserHost: HostKind = {
  name: 'browser',
  missing:
    findChromium(process.env) === undefined
      ? 'no Chromium: set CHROMIUM_PATH, or run "npx playwright-core install chromium"'
      : undefined,
  open,
};
