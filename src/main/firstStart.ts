import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { app, BrowserWindow } from 'electron';
import { programFolder } from './packagedFiles.ts';
import { setupAnswerSchema } from './setupAnswer.ts';
import type { SetupAnswer } from './setupAnswer.ts';
import { setupPage, titleOnceAsked } from './setupPage.ts';

/**
 * An installed Studio comes without TensorFlow: at its first start a person is asked whether it may be fetched, and sees how far it is.
 * @returns false where the person left
 */
export async function prepareRuntime(): Promise<boolean> {
  if (!app.isPackaged) return true;
  const found = await prepare(['--look'], () => undefined);
  const ready = found.isReady ? found : await askAndFetch(found);
  if (ready?.runtime !== undefined) process.env['EXTRAPOLATION_RUNTIME'] = ready.runtime;
  return ready !== undefined;
}

/** Shows what is to be fetched until it is there; undefined where the window was closed. */
async function askAndFetch(facts: SetupAnswer): Promise<SetupAnswer | undefined> {
  const window = new BrowserWindow({
    ...{ width: 720, height: 460, resizable: false, title: 'Extrapolation Studio' },
    webPreferences: { contextIsolation: true, sandbox: true, nodeIntegration: false },
  });
  window.removeMenu();
  const closed = new Promise<undefined>((resolve) => {
    window.on('closed', () => {
      resolve(undefined);
    });
  });
  const show = (state: Parameters<typeof setupPage>[1]): Promise<unknown> =>
    window.isDestroyed() ? Promise.resolve() : window.loadURL(setupPage(facts, state)).catch(() => undefined);
  let { sentence } = facts;
  for (;;) {
    await show({ kind: 'asked', sentence });
    if ((await Promise.race([pressed(window), closed])) === undefined) return undefined;
    await show({ kind: 'fetching' });
    const fetched = prepare([], (line) => {
      tell(window, line);
    });
    const answer = await Promise.race([fetched, closed]);
    if (answer === undefined) return undefined;
    if (answer.isReady) {
      // The Studio's own window comes at once; without one in between the program would end.
      setTimeout(() => {
        if (!window.isDestroyed()) window.close();
      }, 500);
      return answer;
    }
    sentence = answer.sentence ?? 'TensorFlow could not be fetched. Try again.';
  }
}

/** The page's only button changes its title, which is all that a page without a bridge can say. */
function pressed(window: BrowserWindow): Promise<true> {
  return new Promise((resolve) => {
    window.on('page-title-updated', function hear(_event, title) {
      if (title !== titleOnceAsked) return;
      window.off('page-title-updated', hear);
      resolve(true);
    });
  });
}

function tell(window: BrowserWindow, line: string): void {
  if (window.isDestroyed()) return;
  const text = JSON.stringify(line.trim());
  const share = shareOf(line);
  const bar = share === undefined ? 'removeAttribute("value")' : `setAttribute("value", ${share})`;
  void window.webContents
    .executeJavaScript(
      `document.getElementById("said").textContent = ${text}; document.getElementById("bar").${bar};`,
    )
    .catch(() => undefined);
}

/** "12 MB of 274 MB" is 0.04. */
export function shareOf(line: string): number | undefined {
  const found = /([\d.]+) (MB|GB) of ([\d.]+) (MB|GB)/.exec(line);
  if (found === null) return undefined;
  const bytes = (count: string, unit: string): number => Number(count) * (unit === 'GB' ? 1000 : 1);
  return bytes(found[1]!, found[2]!) / bytes(found[3]!, found[4]!);
}

/** Runs `prepare.mjs` on the Node that the engine has too. */
function prepare(args: readonly string[], onLine: (line: string) => void): Promise<SetupAnswer> {
  const own = process.env['EXTRAPOLATION_NODE'];
  const isOwn = own !== undefined && own !== '';
  const env = isOwn ? process.env : { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const script = join(programFolder(), 'scripts', 'prepare.mjs');
  const child = spawn(isOwn ? own : process.execPath, [script, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  app.once('will-quit', () => child.kill('SIGTERM'));
  let last = '';
  createInterface({ input: child.stdout }).on('line', (line) => {
    last = line;
    if (!line.startsWith('{')) onLine(line);
  });
  return new Promise((resolve) => {
    const end = (why: string): void => {
      resolve(answerOf(last) ?? { isReady: false, sentence: `TensorFlow could not be looked for: ${why}.` });
    };
    child.on('error', (error) => {
      end(error.message);
    });
    child.on('close', (code, signal) => {
      end(`${script} ended (${signal ?? `code ${code ?? 'unknown'}`})`);
    });
  });
}

function answerOf(line: string): SetupAnswer | undefined {
  try {
    return setupAnswerSchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
