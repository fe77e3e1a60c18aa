import path from 'node:path';
import { statOrNothing } from './files.mjs';

/**
 * How to run npm: the one that started this process where there is one, so that versions do not mix.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ command: string, before: string[] }>} `before` are arguments that come before npm's own
 */
export async function findNpm(env) {
  const own = env.npm_execpath;
  if (
    own !== undefined &&
    /npm-cli\.[cm]?js$/.test(path.basename(own)) &&
    (await statOrNothing(own)) !== undefined
  ) {
    return { command: process.execPath, before: [own] };
  }
  return { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', before: [] };
}
