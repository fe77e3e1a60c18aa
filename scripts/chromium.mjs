import fs from 'node:fs';
import { chromium } from 'playwright-core';

const systemPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * The Chromium that CHROMIUM_PATH names, Playwright's own, or the system's.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined}
 */
export function findChromium(env) {
  return [env.CHROMIUM_PATH ?? '', chromium.executablePath(), ...systemPlaces].find(
    (file) => file !== '' && fs.existsSync(file),
  );
}

/**
 * A browser without tabs.
 *
 * @param {string | undefined} executablePath undefined: Playwright's own, which says what to do where it is missing
 */
export function launchChromium(executablePath) {
  // Only as root, as in a container; a person's browser keeps its sandbox.
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
}
