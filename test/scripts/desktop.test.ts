import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findElectron, hasDisplay, openDesktop } from '../../scripts/desktop.mjs';

/** An Electron that writes down what it was started with, and ends with a code of its own. */
const program = `#!${process.execPath}
require('node:fs').writeFileSync(process.env.TOLD, JSON.stringify([process.argv.slice(2), process.env.EXTRAPOLATION_NODE]));
process.exit(7);
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
    expect(await open()).toBe(7);
    expect(said).toMatch(/^Fetching Electron, once, for the Studio’s window …\n {2}done in [\d.]+ s\n$/);
    expect(JSON.parse(readFileSync(told, 'utf8'))).toEqual([[root], process.execPath]);
    said = '';
    expect(await open()).toBe(7);
    expect([installs(), said]).toEqual([1, '']);
  });

  it('is given the recipe that the start named', async () => {
    installer(fetches);
    expect(await open({}, '/somewhere/hair.recipe.json')).toBe(7);
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
    expect(await open({ ELECTRON_OVERRIDE_DIST_PATH: own })).toBe(7);
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

  it('where there is no display, and then nothing is fetched', async () => {
    installer(fetches);
    expect(await open({ DISPLAY: '', WAYLAND_DISPLAY: '' })).toBeUndefined();
    expect([installs(), said]).toEqual([0, '']);
  });

  it.each([
    ['linux', { DISPLAY: ':0' }, 1000, true],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, 1000, true],
    ['linux', {}, 1000, false],
    ['linux', { DISPLAY: ':0' }, 0, false],
    ['darwin', {}, 501, true],
    ['darwin', { SSH_CONNECTION: '10.0.0.1' }, 501, false],
    ['win32', {}, 501, true],
  ] as const)('%s with %o as user %i: %s', (platform, env, user, expected) => {
    vi.spyOn(process, 'getuid').mockReturnValue(user);
    expect(hasDisplay(env, platform)).toBe(expected);
  });
});
