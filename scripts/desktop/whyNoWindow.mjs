import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/**
 * Why there is no window, or why it ended: in a sentence, with what helps. Chromium says these things in a line of its own, for its developers.
 */

/**
 * What is known before anything is started.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 * @returns {string | undefined} a reason that goes on after "because"; undefined where a window can be tried
 */
export function whyNoDisplay(env, platform) {
  if (platform === 'darwin' || platform === 'win32')
    return env.SSH_CONNECTION === undefined
      ? undefined
      : 'you came in by SSH, which shows no windows of this system';
  if (process.getuid?.() === 0)
    return 'you are root: the sandbox that Electron’s windows run in is for ordinary users. Start it as one for a window';
  if (env.DISPLAY || env.WAYLAND_DISPLAY) return undefined;
  return env.SSH_CONNECTION === undefined
    ? 'there is no display: neither DISPLAY nor WAYLAND_DISPLAY is set'
    : 'you came in by SSH without a display (“ssh -X” brings one along)';
}

/** Debian's and Ubuntu's packages with libraries that a bare system lacks. */
const packages = new Map([
  ['libnss3.so', 'libnss3'],
  ['libnssutil3.so', 'libnss3'],
  ['libsmime3.so', 'libnss3'],
  ['libnspr4.so', 'libnspr4'],
  ['libgtk-3.so.0', 'libgtk-3-0'],
  ['libgbm.so.1', 'libgbm1'],
  ['libasound.so.2', 'libasound2'],
  ['libdrm.so.2', 'libdrm2'],
  ['libcups.so.2', 'libcups2'],
  ['libatk-1.0.so.0', 'libatk1.0-0'],
  ['libatk-bridge-2.0.so.0', 'libatk-bridge2.0-0'],
  ['libatspi.so.0', 'libatspi2.0-0'],
  ['libxkbcommon.so.0', 'libxkbcommon0'],
]);

/**
 * @param {string} electron
 * @returns {string[]} libraries that the program needs and this system lacks
 */
export function missingLibraries(electron) {
  try {
    const text = execFileSync('ldd', [electron], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return [...text.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1]);
  } catch {
    return [];
  }
}

/**
 * @param {readonly string[]} libraries
 * @returns {string}
 */
function librariesSentence(libraries) {
  const known = [
    ...new Set(libraries.map((name) => packages.get(name)).filter((name) => name !== undefined)),
  ];
  const help =
    known.length === 0
      ? 'Your system’s packages for GTK 3, NSS, GBM and ALSA bring such.'
      : `On Debian and Ubuntu “sudo apt install ${known.join(' ')}” brings ${known.length === 1 ? 'it' : 'them'}; Ubuntu 24.04 calls some of them …t64.`;
  return `Electron needs ${libraries.join(', ')}, which this system has not. ${help}`;
}

/**
 * How this system forbids what the sandbox is made of, as the kernel's files say.
 *
 * @param {(file: string) => string | undefined} [read] text of a file of the kernel
 * @returns {string | undefined} undefined where they do not say it
 */
export function knownSandboxReason(read = readOrNothing) {
  const isSet = (/** @type {string} */ file, /** @type {string} */ value) => read(file)?.trim() === value;
  if (isSet('/proc/sys/kernel/apparmor_restrict_unprivileged_userns', '1'))
    return 'AppArmor keeps user namespaces from programs that it does not know, as on Ubuntu 24.04';
  if (isSet('/proc/sys/kernel/unprivileged_userns_clone', '0'))
    return 'the kernel gives user namespaces to root alone (kernel.unprivileged_userns_clone is 0)';
  if (isSet('/proc/sys/user/max_user_namespaces', '0'))
    return 'the kernel gives no user namespaces (user.max_user_namespaces is 0)';
  return undefined;
}

/** @param {string} file */
function readOrNothing(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * @typedef {object} End how a window ended that nobody closed
 * @property {number | null} code
 * @property {NodeJS.Signals | null} signal
 * @property {string} said what it wrote to stderr, the end of it
 * @property {string} electron the program
 * @property {NodeJS.ProcessEnv} env
 */

/**
 * @param {End} end
 * @returns {string} what happened and what helps, as sentences
 */
export function explainEnd({ code, signal, said, electron, env }) {
  if (/error while loading shared libraries/.test(said)) {
    const missing = missingLibraries(electron);
    const named = /libraries: ([^:\s]+):/.exec(said)?.[1];
    return librariesSentence(missing.length > 0 ? missing : named === undefined ? ['a library'] : [named]);
  }
  if (/SUID sandbox helper|No usable sandbox|Failed to move to new namespace|sandbox_host/i.test(said))
    return `Electron’s windows run in a sandbox, and ${knownSandboxReason() ?? 'this system or container gives programs no user namespaces'}. “npm run sandbox” shows how to allow it for this program alone.`;
  if (
    /Missing X server|cannot open display|Unable to open X display|Failed to connect to Wayland/i.test(said)
  ) {
    const display = env.DISPLAY ? `DISPLAY=${env.DISPLAY}` : `WAYLAND_DISPLAY=${env.WAYLAND_DISPLAY}`;
    return `The display that is named by ${display} does not answer. Is its server running, and may this account use it?`;
  }
  if (/GPU process isn't usable/i.test(said))
    return 'Electron could not draw: its process for graphics ended again and again. A newer graphics driver helps.';
  const how = signal === null ? `with code ${code}` : `by ${signal}`;
  const last = said
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .at(-1);
  return `${path.basename(electron)} ended ${how}${last === undefined ? ', and said nothing' : `: ${last.slice(0, 300)}`}.`;
}
