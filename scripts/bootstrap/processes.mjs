import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A module for Node's `--require`; with `input: 'open'` it ends the program when this process is killed. */
export const endWithParent = fileURLToPath(new URL('endWithParent.cjs', import.meta.url));

/**
 * @typedef {object} Outcome
 * @property {boolean} missing the program is not on this machine
 * @property {number} code exit code; 1 when a signal ended it
 * @property {string} output stdout and stderr together, the last 64 kB
 */

const keptOutput = 65_536;

/**
 * Runs a program to its end and never throws for what the program does.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, signal?: AbortSignal, input?: 'open' }} [options]
 *   input 'open': stdin is a pipe held open for as long as this process lives
 * @returns {Promise<Outcome>}
 */
export function runProgram(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    if (options.signal?.aborted) {
      reject(options.signal.reason);
      return;
    }
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: [options.input === 'open' ? 'pipe' : 'ignore', 'pipe', 'pipe'],
      // npm is a .cmd file on Windows, which only a shell can run.
      shell: process.platform === 'win32' && command.endsWith('.cmd'),
    });
    let output = '';
    const keep = (/** @type {Buffer} */ bytes) => {
      output = (output + bytes.toString('utf8')).slice(-keptOutput);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.stdin?.on('error', () => undefined);
    const stop = () => void child.kill('SIGTERM');
    options.signal?.addEventListener('abort', stop, { once: true });
    child.on('error', (error) => {
      options.signal?.removeEventListener('abort', stop);
      resolve({ missing: 'code' in error && error.code === 'ENOENT', code: 1, output: error.message });
    });
    child.on('close', (code) => {
      options.signal?.removeEventListener('abort', stop);
      if (options.signal?.aborted) reject(options.signal.reason);
      else resolve({ missing: false, code: code ?? 1, output });
    });
  });
}

/**
 * @param {string} output
 * @param {RegExp} [wanted] prefer the last line that matches
 * @returns {string} the last telling line of a program's output, without its full stop; never a line of a stack
 */
export function lastWords(output, wanted) {
  const lines = output
    .split(/\r?\n/)
    .map((line) => line.replace(/\u001b\[[0-9;]*m/g, '').trim())
    .filter((line) => line !== '' && !/^at /.test(line));
  const chosen = (wanted && lines.findLast((line) => wanted.test(line))) ?? lines.at(-1) ?? 'it said nothing';
  return chosen.replace(/\.$/, '').slice(0, 300);
}

const networkWords =
  /NewConnectionError|ConnectTimeoutError|ReadTimeout|Max retries|name resolution|getaddrinfo|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|Connection refused|Connection reset|Network is unreachable|ProxyError|timed out|ConnectionError|IncompleteRead|Connection broken/i;

/**
 * @param {string} output of pip or npm
 * @returns {boolean} whether what failed was the way to the network
 */
export function isNetworkTrouble(output) {
  return networkWords.test(output);
}

/**
 * @param {string} output of pip, npm, Python or a compiler
 * @returns {boolean}
 */
export function isFullDisk(output) {
  return /ENOSPC|No space left|Disk quota exceeded|not enough space/i.test(output);
}
