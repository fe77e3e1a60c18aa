import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findElectron, openDesktop } from '../../scripts/desktop.mjs';
import { explainEnd, knownSandboxReason, whyNoDisplay } from '../../scripts/desktop/whyNoWindow.mjs';
import { appArmorProfile, sandboxHelp } from '../../scripts/sandbox.mjs';

/** An Electron that writes down what it was started with, and is closed at once. */
const program = `#!${process.execPath}
require('node:fs').writeFileSync(process.env.TOLD, JSON.stringify([process.argv.slice(2), process.env.EXTRAPOLATION_NODE]));
process.exit(0);
`;

let root = '';
let told = '';
let said = '';
const stream = new Writable({
  write: (text: Buffer, _encoding, done) => {
    said += text.toString('utf8');
    done();
  },
});

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'extrapolation-desktop-'));
  mkdirSync(join(root, 'node_modules', 'electron'), { recursive: true });
  told = join(root, 'told.json');
  said = '';
  // A person's start: root gets the browser, since Electron keeps its sandbox.
  vi.spyOn(process, 'getuid').mockReturnValue(1000);
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

/** Electron's own installer, as far as it is looked at from outside. */
function installer(text: string): void {
  const counted = `require('node:fs').appendFileSync(${JSON.stringify(join(root, 'installs'))}, 'x');`;
  writeFileSync(join(root, 'node_modules', 'electron', 'install.js'), `${counted}\n${text}`);
}
const installs = (): number =>
  existsSync(join(root, 'installs')) ? readFileSync(join(root, 'installs'), 'utf8').length : 0;

function open(env: NodeJS.ProcessEnv = {}, recipe?: string): Promise<number | undefined> {
  return openDesktop(root, {
    ...(recipe !== undefined && { recipe }),
    env: { ...process.env, DISPLAY: ':99', ELECTRON_OVERRIDE_DIST_PATH: '', TOLD: told, ...env },
    platform: 'linux',
    stream,
  });
}

const fetches = `
  const fs = require('node:fs');
  const folder = require('node:path').join(__dirname, 'dist');
  fs.mkdirSync(folder);
  fs.writeFileSync(folder + '/electron', ${JSON.stringify(program)}, { mode: 0o755 });
`;

describe('a window', () => {
  it('is fetched once, in sight, and opened; the next start fetches nothing', async () => {
    installer(fetches);
    expect(await open()).toBe(0);
    expect(said).toMatch(/^Fetching Electron, once, for the Studio’s window …\n {2}done in [\d.]+ s\n$/);
    expect(JSON.parse(readFileSync(told, 'utf8'))).toEqual([[root], process.execPath]);
    said = '';
    expect(await open()).toBe(0);
    expect([installs(), said]).toEqual([1, '']);
  });

  it('is given the recipe that the start named', async () => {
    installer(fetches);
    expect(await open({}, '/somewhere/hair.recipe.json')).toBe(0);
    expect(JSON.parse(readFileSync(told, 'utf8'))).toEqual([
      [root, '/somewhere/hair.recipe.json'],
      process.execPath,
    ]);
  });

  it('is that of the folder which the environment names, and then nothing is fetched', async () => {
    installer(fetches);
    const own = join(root, 'own');
    mkdirSync(own);
    writeFileSync(join(own, 'electron'), program);
    chmodSync(join(own, 'electron'), 0o755);
    expect(await open({ ELECTRON_OVERRIDE_DIST_PATH: own })).toBe(0);
    expect([installs(), said]).toEqual([0, '']);
    expect(await findElectron(root, { ELECTRON_OVERRIDE_DIST_PATH: own })).toBe(join(own, 'electron'));
  });
});

describe('without a window the browser is opened', () => {
  it.each([
    [
      'a host that cannot be reached',
      `console.error('RequestError: getaddrinfo EAI_AGAIN a.host\\n    at onlookup (node:dns:122:26)'); process.exit(1);`,
      'its host cannot be reached',
    ],
    [
      'a download that is not what it should be',
      `console.error('Error: Generated checksum for electron.zip did not match\\n    at f (x.js:1:1)'); process.exit(1);`,
      'Error: Generated checksum for electron.zip did not match',
    ],
  ])('after %s, which is said in one line', async (_name, text, reason) => {
    installer(text);
    expect(await open()).toBeUndefined();
    expect(said).toBe(
      `Fetching Electron, once, for the Studio’s window …\nElectron could not be fetched (${reason}), so the Studio opens in the browser.\n`,
    );
  });

  it('where the installer ends well and leaves nothing, as when a person forbade it to fetch', async () => {
    installer('');
    expect(await open()).toBeUndefined();
  });

  it('where there is no display, which is said, and then nothing is fetched', async () => {
    installer(fetches);
    expect(await open({ DISPLAY: '', WAYLAND_DISPLAY: '', SSH_CONNECTION: undefined })).toBeUndefined();
    expect([installs(), said]).toEqual([
      0,
      'The Studio opens in the browser, not in a window, because there is no display: neither DISPLAY nor WAYLAND_DISPLAY is set.\n',
    ]);
  });

  it.each([
    [
      'its sandbox is forbidden',
      '[1:FATAL:setuid_sandbox_host.cc(157)] The SUID sandbox helper binary was found, but is not configured correctly.',
      'process.kill(process.pid, "SIGTRAP")',
      /^The window did not open\. Electron’s windows run in a sandbox, and .*\. “npm run sandbox” shows how to allow it for this program alone\. Meanwhile the Studio opens in the browser\.\n$/,
    ],
    [
      'its display does not answer',
      '[1:ERROR:ozone_platform_x11.cc(239)] Missing X server or $DISPLAY',
      'process.exit(1)',
      /DISPLAY=:99 does not answer/,
    ],
    [
      'it cannot draw',
      "[1:FATAL:gpu_data_manager_impl_private.cc(440)] GPU process isn't usable. Goodbye.",
      'process.kill(process.pid, "SIGTRAP")',
      /could not draw/,
    ],
    [
      'it ends for a reason of its own',
      'A reason',
      'process.exit(3)',
      /electron ended with code 3: A reason\./,
    ],
    [
      'it is killed',
      '',
      'process.kill(process.pid, "SIGKILL")',
      /electron ended by SIGKILL, and said nothing\./,
    ],
  ])('where a window ends at once since %s', async (_why, words, end, sentence) => {
    installer(fetches);
    const own = electronThat(`process.stderr.write(${JSON.stringify(`${words}\n`)}, () => ${end});`);
    expect(await open({ ELECTRON_OVERRIDE_DIST_PATH: own })).toBeUndefined();
    expect(said).toMatch(sentence);
    expect(said.match(/\n/g)).toHaveLength(1);
  });

  it('where its program may not be run', async () => {
    const own = electronThat('');
    chmodSync(join(own, 'electron'), 0o644);
    expect(await open({ ELECTRON_OVERRIDE_DIST_PATH: own })).toBeUndefined();
    expect(said).toMatch(/^The window did not open\. electron ended with code 1: .*EACCES/);
  });

  it('where libraries are missing, which are named with the packages that bring them', () => {
    const bin = join(root, 'bin');
    mkdirSync(bin);
    const list =
      '\tlibnss3.so => not found\n\tlibc.so.6 => /lib/libc.so.6 (0x1)\n\tlibstrange.so.9 => not found\n';
    writeFileSync(join(bin, 'ldd'), `#!/bin/sh\nprintf '${list}'\n`, { mode: 0o755 });
    vi.stubEnv('PATH', `${bin}:${process.env['PATH'] ?? ''}`);
    const loader =
      'electron: error while loading shared libraries: libnss3.so: cannot open shared object file';
    const end = { code: 127, signal: null, said: loader, electron: '/x/electron', env: {} };
    expect(explainEnd(end)).toBe(
      'Electron needs libnss3.so, libstrange.so.9, which this system has not. On Debian and Ubuntu “sudo apt install libnss3” brings it; Ubuntu 24.04 calls some of them …t64.',
    );
    vi.unstubAllEnvs();
  });

  it.each([
    ['linux', { DISPLAY: ':0' }, 1000, undefined],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, 1000, undefined],
    ['linux', {}, 1000, /no display/],
    ['linux', { SSH_CONNECTION: '10.0.0.1' }, 1000, /by SSH without a display/],
    ['linux', { SSH_CONNECTION: '10.0.0.1', DISPLAY: 'localhost:10.0' }, 1000, undefined],
    ['linux', { DISPLAY: ':0' }, 0, /you are root/],
    ['darwin', {}, 501, undefined],
    ['darwin', { SSH_CONNECTION: '10.0.0.1' }, 501, /by SSH/],
    ['win32', {}, 501, undefined],
  ] as const)('%s with %o as user %i: %s', (platform, env, user, expected) => {
    vi.spyOn(process, 'getuid').mockReturnValue(user);
    const reason = whyNoDisplay(env, platform);
    if (expected === undefined) expect(reason).toBeUndefined();
    else expect(reason).toMatch(expected);
  });
});

describe('what keeps the sandbox from a program', () => {
  it.each([
    ['/proc/sys/kernel/apparmor_restrict_unprivileged_userns', '1', /AppArmor .* Ubuntu 24\.04/],
    ['/proc/sys/kernel/unprivileged_userns_clone', '0', /root alone/],
    ['/proc/sys/user/max_user_namespaces', '0', /gives no user namespaces/],
  ])('%s', (file, value, words) => {
    expect(knownSandboxReason((asked) => (asked === file ? `${value}\n` : undefined))).toMatch(words);
    expect(knownSandboxReason(() => undefined)).toBeUndefined();
  });

  it('is answered by a profile for this program alone, or by root’s own helper', () => {
    expect(appArmorProfile('/home/a b/electron')).toContain(
      'profile extrapolation-studio "/home/a b/electron" flags=(unconfined) {\n  userns,\n',
    );
    const place = { electron: '/home/a b/electron', profile: '/p/extrapolation-studio' };
    const withProfile = sandboxHelp({ ...place, hasAppArmor: true }).join('\n');
    expect(withProfile).toContain('sudo install -m 644 /p/extrapolation-studio /etc/apparmor.d/');
    const without = sandboxHelp({ ...place, hasAppArmor: false });
    expect(without[1]).toBe("  sudo chown root:root '/home/a b/chrome-sandbox'");
    expect(without.join('')).not.toContain('apparmor');
  });
});

/** A folder with an Electron that does this. */
function electronThat(does: string): string {
  const own = join(root, 'own');
  mkdirSync(own);
  writeFileSync(join(own, 'electron'), `#!${process.execPath}\n${does}\n`, { mode: 0o755 });
  return own;
}
