import { spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { statOrNothing } from '../bootstrap/files.mjs';
import { findNpm } from '../bootstrap/npm.mjs';

/** The last Stryker for Node 20. */
const version = '9.6.1';
const packages = ['core', 'vitest-runner'].map((name) => `@stryker-mutator/${name}`);
const here = path.dirname(fileURLToPath(import.meta.url));

/**
 * @typedef {object} Plan
 * @property {readonly string[]} mutate patterns of the files to change
 * @property {readonly string[]} tests the test files to run
 * @property {number} share of the mutants, above 0, at most 1
 * @property {number} seed of the sample
 * @property {number} concurrency test processes at a time
 * @property {string} report file without its ending
 */

/**
 * Where Stryker lies: below `node_modules`, so that it finds the clone's own Vitest, and outside of package.json, so that only who
 * asks for it fetches its 170 packages.
 *
 * @param {string} root
 */
function strykerFolder(root) {
  return path.join(root, 'node_modules', '.cache', `stryker-${version}`);
}

/** @param {string} root */
async function installStryker(root) {
  const folder = strykerFolder(root);
  const program = path.join(folder, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
  const done = path.join(folder, 'installed');
  if ((await statOrNothing(done)) !== undefined) return program;
  process.stderr.write(`Fetching Stryker ${version} (64 MB) into node_modules/.cache …\n`);
  await fs.mkdir(folder, { recursive: true });
  await fs.writeFile(path.join(folder, 'package.json'), '{ "private": true }\n');
  const { command, before } = await findNpm(process.env);
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--legacy-peer-deps'];
  const names = packages.map((name) => `${name}@${version}`);
  const code = await run(command, [...before, 'install', ...quiet, ...names], { cwd: folder });
  if (code !== 0) throw new Error('Stryker could not be fetched: the lines before this one say why.');
  await fs.writeFile(done, '');
  return program;
}

/**
 * Tries mutants, and returns Stryker's report (https://github.com/stryker-mutator/mutation-testing-elements, version 2).
 *
 * @param {string} root
 * @param {Plan} plan
 */
export async function tryMutants(root, { mutate, tests, share, seed, concurrency, report }) {
  const program = await installStryker(root);
  const config = {
    plugins: [
      path.join(
        strykerFolder(root),
        'node_modules',
        '@stryker-mutator',
        'vitest-runner',
        'dist',
        'src',
        'index.js',
      ),
      path.join(here, 'sample.mjs'),
    ],
    mutate,
    testRunner: 'vitest',
    vitest: { configFile: path.join(here, 'vitest.config.mjs'), related: false },
    checkers: share < 1 ? ['sample'] : [],
    coverageAnalysis: 'perTest',
    concurrency,
    timeoutMS: 30_000,
    dryRunTimeoutMinutes: 30,
    tempDirName: 'out/mutation/sandbox',
    // What no unit test of these folders reads need not be copied.
    ignorePatterns: ['.ci', 'out', 'runs', 'demo-output', 'docs/images', 'resources', 'test/e2e'].map(
      (name) => `/${name}`,
    ),
    reporters: ['progress-append-only', 'json', 'html'],
    jsonReporter: { fileName: `${report}.json` },
    htmlReporter: { fileName: `${report}.html` },
    disableTypeChecks: false,
    allowConsoleColors: false,
  };
  await fs.mkdir(path.dirname(report), { recursive: true });
  const configFile = `${report}.config.json`;
  await fs.writeFile(configFile, JSON.stringify(config, null, 2));
  await fs.rm(`${report}.json`, { force: true });
  const env = {
    ...process.env,
    MUTATION_TESTS: tests.join(','),
    MUTATION_SHARE: String(share),
    MUTATION_SEED: String(seed),
  };
  const code = await run(process.execPath, [program, 'run', configFile], { cwd: root, env });
  if (code !== 0) throw new Error('Stryker ended before its report: the lines before this one say why.');
  const found = JSON.parse(await fs.readFile(`${report}.json`, 'utf8'));
  // A file that could not even be loaded fails no test, and its part of the code would count as untested.
  const silent = tests.filter((file) => !(file in found.testFiles));
  if (silent.length > 0) throw new Error(`No test ran of ${silent.join(', ')}: nothing can be said.`);
  return found;
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<number>} exit code
 */
function run(command, args, options) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      ...options,
      stdio: ['ignore', 2, 2],
      shell: command.endsWith('.cmd'),
    });
    child.on('error', () => resolve(1));
    child.on('close', (code) => resolve(code ?? 1));
  });
}
