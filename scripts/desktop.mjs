import { spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { statOrNothing } from './bootstrap/files.mjs';
import { endWithParent, isNetworkTrouble, lastWords, runProgram } from './bootstrap/processes.mjs';
import { createReport } from './bootstrap/report.mjs';
import { explainEnd, whyNoDisplay } from './desktop/whyNoWindow.mjs';

/** Electron is about 110 MB: on a slow line that takes its time, on one that is cut it must end. */
const longestFetchMs = 15 * 60_000;

/** A window that ended before this, and that nobody could have closed so soon, did not open. */
const soonMs = 10_000;
const keptWords = 16_384;

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
 * @returns {Promise<number | undefined>} the exit code; undefined where there was no window, or none that stayed: why was said, and the
 *   browser is to be opened
 */
export async function openDesktop(
  root,
  { recipe, env = process.env, platform = process.platform, stream = process.stderr } = {},
) {
  const reason = whyNoDisplay(env, platform);
  if (reason !== undefined) {
    stream.write(`The Studio opens in the browser, not in a window, because ${reason}.\n`);
    return undefined;
  }
  const electron = (await findElectron(root, env)) ?? (await fetchElectron(root, env, stream));
  if (electron === undefined) return undefined;
  const args = recipe === undefined ? [root] : [root, recipe];
  // Without an X server Electron is to look for a Wayland one: newer ones do by themselves.
  if (platform === 'linux' && !env.DISPLAY) args.unshift('--ozone-platform-hint=auto');
  const begun = performance.now();
  const { code, signal, said, wasStopped } = await runWindow(electron, args, env, stream);
  if (wasStopped) return signal === null ? (code ?? 1) : 0;
  const isSoon = performance.now() - begun < soonMs;
  if (code === 0 || (code !== null && !isSoon)) return code;
  const sentence = explainEnd({ code, signal, said, electron, env });
  const what = isSoon ? 'The window did not open.' : 'The window ended; training goes on.';
  stream.write(`${what} ${sentence} Meanwhile the Studio opens in the browser.\n`);
  return undefined;
}

/**
 * @param {string} electron
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.WritableStream} stream where its words go that came after it had opened
 * @returns {Promise<{ code: number | null, signal: NodeJS.Signals | null, said: string, wasStopped: boolean }>}
 *   `wasStopped`: a signal of ours ended it
 */
function runWindow(electron, args, env, stream) {
  return new Promise((resolve) => {
    let said = '';
    let wasStopped = false;
    // The engine runs on the Node that everything was made ready for, not on the one inside Electron.
    const child = spawn(electron, args, {
      stdio: ['inherit', 'inherit', 'pipe'],
      env: { ...env, EXTRAPOLATION_NODE: process.execPath },
    });
    // Chromium's own words are for its developers: those of a window that opened are passed on, of others the reason is said.
    let hasOpened = false;
    const opened = setTimeout(() => {
      hasOpened = true;
      stream.write(said);
    }, soonMs);
    opened.unref();
    child.stderr.on('data', (/** @type {Buffer} */ bytes) => {
      said = (said + bytes.toString('utf8')).slice(-keptWords);
      if (hasOpened && !wasStopped) stream.write(bytes);
    });
    const stop = (/** @type {NodeJS.Signals} */ name) => {
      wasStopped = true;
      child.kill(name);
    };
    const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
    for (const name of signals) process.on(name, stop);
    const end = (/** @type {number | null} */ code, /** @type {NodeJS.Signals | null} */ signal) => {
      clearTimeout(opened);
      for (const name of signals) process.off(name, stop);
      resolve({ code, signal, said, wasStopped });
    };
    child.on('error', (error) => {
      said = error.message;
      end(1, null);
    });
    child.on('close', end);
  });
}
