import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bootstrap } from './bootstrap/bootstrap.mjs';
import { BootstrapFailure } from './bootstrap/failure.mjs';
import { openDesktop } from './desktop.mjs';
import { nodeNotice } from './nodeVersion.mjs';

/** Two interrupts closer together than this are one: no hand is so quick. */
const oneInterruptMs = 250;

/**
 * Under npm a Ctrl-C arrives twice: from the terminal, which tells every process in the foreground, and from npm, which passes its own on.
 * The command line takes a second one as "stop at once", so the echo must not reach it.
 */
function dropEchoOfInterrupt() {
  const emit = process.emit;
  let last = -Infinity;
  process.emit = function (event, ...rest) {
    if (event === 'SIGINT') {
      const now = performance.now();
      if (now - last < oneInterruptMs) return true;
      last = now;
    }
    return emit.call(this, event, ...rest);
  };
}

/**
 * Gets ready and runs the command line in this process, so that signals, streams and the exit code are its own.
 * Without a command, or with a recipe's file, it opens the Studio: in a window where there is a display, else in the browser.
 *
 * @param {string} [root] the clone
 */
export async function start(root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))) {
  const [node, script, ...args] = process.argv;
  if (args[0] === '--gpu') {
    args.shift();
    process.env.EXTRAPOLATION_GPU = '1';
  }
  let place = root;
  try {
    place = (await bootstrap({ root })).root;
  } catch (error) {
    if (!(error instanceof BootstrapFailure)) throw error;
    process.stderr.write(`${error.message}\n`);
    // Anything a step left behind, such as a timer, must not keep a failed start alive.
    process.exit(error.exitCode);
  }
  if (args.length === 0 || args[0] === 'doctor') {
    const notice = nodeNotice(process.versions.node, new Date());
    if (notice !== undefined) process.stderr.write(`${notice}\n`);
  }
  if (process.env.npm_lifecycle_event !== undefined) dropEchoOfInterrupt();
  const recipe =
    args.length === 1 && args[0].toLowerCase().endsWith('.json') ? path.resolve(args[0]) : undefined;
  if (recipe !== undefined && !existsSync(recipe)) {
    process.stderr.write(`There is no recipe at ${recipe}.\n`);
    process.exitCode = 2;
    return;
  }
  if (args.length === 0 || recipe !== undefined) {
    const code = await openDesktop(place, { recipe });
    if (code !== undefined) {
      process.exitCode = code;
      return;
    }
    args.splice(0, args.length, 'serve', '--open', ...(recipe === undefined ? [] : ['--recipe', recipe]));
  }
  process.argv = [node, script, ...args];
  await import(pathToFileURL(path.join(place, 'out', 'main', 'cli.js')).href);
}
