import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { findElectron } from './hosts/desktop.ts';
import { makePlace, project } from './hosts/stage.ts';

/** What is not here that the test needs. */
function missing(): string | undefined {
  if (process.platform !== 'linux') return 'user namespaces are of Linux';
  if (findElectron() === undefined) return 'no Electron: its binary was not fetched';
  try {
    execFileSync('bwrap', [...forbidden, 'true'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'no bubblewrap (bwrap) that may forbid user namespaces';
  }
}

/** As on a system that keeps user namespaces from ordinary people's programs. */
const forbidden = [
  '--die-with-parent',
  '--unshare-user',
  '--disable-userns',
  '--uid',
  '1001',
  '--dev-bind',
  '/',
  '/',
];

/** Starts the Studio there, until it serves a page or ends. */
async function start(env: NodeJS.ProcessEnv): Promise<{ said: string; code: number | null | 'serving' }> {
  const place = makePlace();
  onTestFinished(() => {
    place.remove();
  });
  const args = [...forbidden, process.execPath, join(project, 'scripts', 'extrapolate.mjs')];
  const child = spawn('bwrap', args, {
    cwd: place.data,
    env: { ...place.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  let said = '';
  const serving = new Promise<'serving'>((resolve) => {
    const hear = (bytes: Buffer): void => {
      said += bytes.toString('utf8');
      if (said.includes('Ctrl-C stops it')) resolve('serving');
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
  });
  const code = await Promise.race([serving, ended]);
  child.kill('SIGTERM');
  await ended;
  return { said, code };
}

const reason = missing();
const skipped = reason === undefined ? '' : ` (skipped: ${reason})`;

it.skipIf(reason !== undefined)(
  `a system without user namespaces is told in a sentence with a way out, and has the Studio in the browser${skipped}`,
  async () => {
    const { said, code } = await start({ DISPLAY: ':0' });
    expect(said).toMatch(
      /The window did not open\. Electron’s windows run in a sandbox, and .*“npm run sandbox” shows how to allow it for this program alone\. Meanwhile the Studio opens in the browser\.\nExtrapolation Studio is at http:\/\/127\.0\.0\.1:\d+\/\?token=\S+\n/,
    );
    expect(said).not.toContain('FATAL');
    expect(code).toBe('serving');
  },
);
