import { spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { statOrNothing } from './bootstrap/files.mjs';
import { endWithParent, isNetworkTrouble, lastWords, runProgram } from './bootstrap/processes.mjs';
import { createReport } from './bootstrap/report.mjs';

/** Electron is about 110 MB: on a slow line that takes its time, on one that is cut it must end. */
const longestFetchMs = 15 * 60_000;

/**
 * Whether a window can be shown here.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 */
export function hasDisplay(env, platform) {
  if (platform === 'darwin' || platform === 'win32') return env.SSH_CONNECTION === undefined;
  // Electron keeps its sandbox, which root has no use of: there the browser is the window.
  if (process.getuid?.() === 0) return false;
  return Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY);
}

/**
 * The Electron program: of the folder that the environment names, or of the package.
 *
 * @param {string} root the clone
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string | undefined>}
 */
export async function findElectron(root, env) {
  const folder = path.join(root, 'node_modules', 'electron');
  const name = await fs.readFile(path.join(folder, 'path.txt'), 'utf8').catch(() => 'electron');
  const override = env.ELECTRON_OVERRIDE_DIST_PATH;
  const program = path.join(override || path.join(folder, 'dist'), name);
  return (await statOrNothing(program)) === undefined ? undefined : program;
}

/**
 * Fetches Electron by its own installer, which npm was not allowed to run: it verifies checksums.
 *
 * @param {string} root the clone
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.WritableStream} stream
 * @returns {Promise<string | undefined>} undefined where it cannot be had; that was said in one line
 */
async function fetchElectron(root, env, stream) {
  const report = createReport(stream);
  const installer = path.join(root, 'node_modules', 'electron', 'install.js');
  if ((await statOrNothing(installer)) === undefined) return undefined;
  try {
    await report.step('Fetching Electron, once, for the Studio’s window', async () => {
      const signal = AbortSignal.timeout(longestFetchMs);
      const args = ['--require', endWithParent, installer];
      const { code, output } = await runProgram(process.execPath, args, {
        cwd: root,
        env,
        signal,
        input: 'open',
      });
      if (code !== 0)
        throw new Error(
          isNetworkTrouble(output) ? 'its host cannot be reached' : lastWords(output, /error/i),
        );
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    report.say(`Electron could not be fetched (${reason}), so the Studio opens in the browser.`);
    return undefined;
  }
  return findElectron(root, env);
}

/**
 * Opens the Studio's window and waits until it is closed.
 *
 * @param {string} root the clone
 * @param {{ recipe?: string, env?: NodeJS.ProcessEnv, platform?: NodeJS.Platform, stream?: NodeJS.WritableStream }} [options]
 *   `recipe` is the file of one that is shown at once
 * @returns {Promise<number | undefined>} the exit code; undefined where there is no window to be had
 */
export async function openDesktop(
  root,
  { recipe, env = process.env, platform = process.platform, stream = process.stderr } = {},
) {
  if (!hasDisplay(env, platform)) return undefined;
  const electron = (await findElectron(root, env)) ?? (await fetchElectron(root, env, stream));
  if (electron === undefined) return undefined;
  return new Promise((resolve) => {
    // The engine runs on the Node that everything was made ready for, not on the one inside Electron.
    const child = spawn(electron, recipe === undefined ? [root] : [root, recipe], {
      stdio: 'inherit',
      env: { ...env, EXTRAPOLATION_NODE: process.execPath },
    });
    const stop = (/** @type {NodeJS.Signals} */ signal) => void child.kill(signal);
    const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
    for (const signal of signals) process.on(signal, stop);
    child.on('error', () => resolve(undefined));
    child.on('close', (code) => {
      for (const signal of signals) process.off(signal, stop);
      resolve(code ?? 0);
    });
  });
}
