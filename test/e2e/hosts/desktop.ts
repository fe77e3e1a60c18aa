import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import type { Page } from 'playwright-core';
import { answerBoxes, askMain, pressClose } from './mainProcess.ts';
import { endTrainers, listen, makePlace, project } from './stage.ts';
import type { HostKind, Stage } from './stage.ts';

/** The Electron that the environment names, or the one of the package where it was fetched. */
export function findElectron(): string | undefined {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const folder = join(project, 'node_modules', 'electron');
  const name = existsSync(join(folder, 'path.txt'))
    ? readFileSync(join(folder, 'path.txt'), 'utf8')
    : 'electron';
  const places = [override === undefined ? '' : join(override, name), join(folder, 'dist', name)];
  return places.find((path) => path !== '' && existsSync(path));
}

function missingForDesktop(): string | undefined {
  if (findElectron() === undefined)
    return 'no Electron: its binary was not fetched (node node_modules/electron/install.js)';
  if (process.platform === 'linux' && process.env['DISPLAY'] === undefined && !hasVirtualDisplay())
    return 'no display, and no xvfb-run to make one';
  return undefined;
}

function hasVirtualDisplay(): boolean {
  try {
    execFileSync('which', ['xvfb-run'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  });
}

/** Two workers that look for a free display at once must not find the same one. */
const firstDisplay = 100 * Number(process.env['VITEST_POOL_ID'] ?? 1);
const screen = ['-a', '-n', String(firstDisplay), '-s', '-screen 0 1920x1200x24'];

/** A window, its main process, and how it is started once more beside itself. */
export interface DesktopStage extends Stage {
  /** What a text means in the main process. */
  ask: (text: string) => Promise<string>;
  /** A second start with these words; resolves when it has ended. */
  startAgain: (...words: readonly string[]) => Promise<void>;
}

/** Electron has no launcher in Playwright that every runtime answers to; its debugging port is the same in all. */
export async function openDesktop(place = makePlace(), words: readonly string[] = []): Promise<DesktopStage> {
  const electron = findElectron()!;
  const [port, inspector] = [await freePort(), await freePort()];
  const needsDisplay = process.platform === 'linux' && (process.env['DISPLAY'] ?? '') === '';
  const defaultArgs = [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    `--user-data-dir=${join(place.root, 'desktop')}`,
  ];
  const ports = [`--remote-debugging-port=${port}`, `--inspect=127.0.0.1:${inspector}`];
  const args = [...defaultArgs, ...ports, project, ...words];
  const env = { ...place.env, EXTRAPOLATION_NODE: process.execPath, EXTRAPOLATION_FOLDERS: place.data };
  const ended = startElectron(electron, args, { env, needsDisplay });
  await untilPage(port);
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`, { noDefaults: true });
  const page: Page = browser.contexts()[0]!.pages()[0]!;
  const closeWindow = async (): Promise<void> => {
    const pid = mainPid(port);
    await browser.close();
    await pressClose(inspector).catch(() => undefined);
    // The engine is asked to stop, and the program ends by itself.
    const late = wait(30_000).then(() => 'late');
    if ((await Promise.race([ended, late])) === 'late') process.kill(pid, 'SIGKILL');
  };
  return {
    page,
    place,
    ownerPid: mainPid(port),
    complaints: listen(page),
    ask: (text) => askMain(inspector, text),
    startAgain: (...more) =>
      startElectron(electron, [...defaultArgs, project, ...more], { env, needsDisplay }),
    leave: async (answer) => {
      const asked = join(place.root, 'asked.json');
      rmSync(asked, { force: true });
      await answerBoxes(inspector, asked, answer);
      await closeWindow();
      return existsSync(asked) ? readFileSync(asked, 'utf8') : null;
    },
    close: async () => {
      await answerBoxes(inspector, join(place.root, 'asked.json'), 'Save and pause').catch(() => undefined);
      await closeWindow();
      endTrainers(place.runs);
      place.remove();
    },
  };
}

/** Electron, on a display of its own where there is none; resolves when it has ended. */
function startElectron(
  program: string,
  args: readonly string[],
  { env, needsDisplay }: { env: NodeJS.ProcessEnv; needsDisplay: boolean },
): Promise<void> {
  const child = needsDisplay
    ? spawn('xvfb-run', [...screen, program, ...args], { env, stdio: 'ignore' })
    : spawn(program, args, { env, stdio: 'ignore' });
  return new Promise((resolve) => {
    child.on('close', () => {
      resolve();
    });
  });
}

/** Only a page that is there when Playwright connects is seen by it. */
async function untilPage(port: number): Promise<void> {
  for (let waited = 0; waited < 600; waited++) {
    const targets = await fetch(`http://127.0.0.1:${port}/json`).then(
      (answer) => answer.text(),
      () => '',
    );
    if (/"url": "http:\/\/127\.0\.0\.1/.test(targets)) return;
    await wait(100);
  }
  throw new Error('the desktop shows no page after a minute');
}

function mainPid(port: number): number {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  const own = lines.find(
    (line) => line.includes(`--remote-debugging-port=${port}`) && !/--type=|xvfb-run/.test(line),
  );
  return Number(own?.trim().split(/\s+/)[0]);
}

export const desktopHost: HostKind = {
  name: 'desktop',
  missing: missingForDesktop(),
  open: (place) => openDesktop(place),
};
