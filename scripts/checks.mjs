import { spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bootstrap } from './bootstrap/bootstrap.mjs';
import { BootstrapFailure } from './bootstrap/failure.mjs';
import { findNpm } from './bootstrap/npm.mjs';

/** Scripts of package.json, in the order they are told. */
const parts = ['lint', 'typecheck', 'layers', 'unit', 'integration', 'e2e', 'speed'];
/** Those that count tests. */
const counting = ['unit', 'integration', 'e2e'];
/** What can run side by side: in each stage a few lanes, in each lane parts that follow each other. What takes times is alone. */
const stages = [[['lint', 'typecheck', 'layers'], ['unit']], [['integration', 'e2e']], [['speed']]];
/** Words for several parts. */
const groups = { quick: ['lint', 'typecheck', 'layers', 'unit'] };

/**
 * @typedef {{ passed: number, failed: number, skipped: number, reasons: string[] }} Counts reasons: one a skipped test that says why
 * @typedef {{ part: string, code: number, seconds: number, counts?: Counts }} Result
 */

/**
 * @param {readonly string[]} args names of parts or of groups; none means all
 * @param {string} [root]
 * @returns {Promise<number>} exit code
 */
export async function runTests(args, root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))) {
  const named = args.flatMap((name) => Object.entries(groups).find(([group]) => group === name)?.[1] ?? name);
  const unknown = named.filter((name) => !parts.includes(name));
  if (unknown.length > 0) {
    const words = Object.entries(groups).map(([group, members]) => `"${group}" is ${members.join(', ')}`);
    process.stderr.write(
      `There is no part named ${unknown.join(', ')}; the parts are ${parts.join(', ')}, and ${words.join('; ')}.\n`,
    );
    return 2;
  }
  try {
    await bootstrap({ root });
  } catch (error) {
    if (!(error instanceof BootstrapFailure)) throw error;
    process.stderr.write(`${error.message}\n`);
    return error.exitCode;
  }
  const chosen = args.length === 0 ? parts : parts.filter((part) => named.includes(part));
  const results = await runChosen(chosen, root);
  const lines = [...results.map(describeResult), '', ...skippedLines(results), closingLine(results)];
  process.stdout.write(`\n${lines.join('\n')}\n`);
  return results.every((result) => result.code === 0) ? 0 : 1;
}

/**
 * Where there is room, the lanes of a stage run side by side, as each waits at times for what is no work of this machine's cores:
 * what runs so is shown whole when it ends, and what runs alone is shown as it goes.
 *
 * @param {readonly string[]} chosen
 * @param {string} root
 * @returns {Promise<Result[]>} in the order of `chosen`
 */
async function runChosen(chosen, root) {
  /** @type {Result[]} */
  const results = [];
  for (const stage of stages) {
    const lanes = stage.map((lane) => lane.filter((part) => chosen.includes(part)));
    const busy = lanes.filter((lane) => lane.length > 0);
    if (busy.length > 1 && hasRoom()) {
      const names = busy.map((lane) => lane.join(', ')).join(' beside ');
      process.stdout.write(`\n${names}: each is shown when it ends.\n`);
      const told = await Promise.all(busy.map((lane) => runInTurn(lane, root, runHeld)));
      results.push(...told.flat());
    } else {
      results.push(...(await runInTurn(busy.flat(), root, runInherited)));
    }
  }
  return results;
}

/** Two cores, and memory for the models, browsers and windows of two parts. */
function hasRoom() {
  return os.availableParallelism() > 1 && os.totalmem() > 12e9;
}

/**
 * @param {readonly string[]} lane
 * @param {string} root
 * @param {typeof runInherited} runner
 * @returns {Promise<Result[]>}
 */
async function runInTurn(lane, root, runner) {
  /** @type {Result[]} */
  const results = [];
  for (const part of lane) results.push(await runPart(part, root, runner));
  return results;
}

/**
 * @param {string} part
 * @param {string} root
 * @param {typeof runInherited} runner
 * @returns {Promise<Result>}
 */
async function runPart(part, root, runner) {
  const start = performance.now();
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'extrapolation-test-'));
  try {
    const file = path.join(folder, 'results.json');
    const reporters = counting.includes(part)
      ? ['--', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
      : [];
    const { command, before } = await findNpm(process.env);
    const code = await runner(
      command,
      [...before, 'run', '--silent', part, ...reporters],
      root,
      `\n── ${part}\n`,
    );
    const counts = counting.includes(part) ? await readCounts(file, code) : undefined;
    return { part, code, seconds: (performance.now() - start) / 1000, counts };
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} cwd
 * @param {string} heading said before what it says
 * @returns {Promise<number>} exit code
 */
function runInherited(command, args, cwd, heading) {
  process.stdout.write(heading);
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, stdio: 'inherit', shell: command.endsWith('.cmd') });
    child.on('error', () => resolve(1));
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/**
 * Says nothing until the end, and then all that was said, so that what runs beside it does not come in between.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} cwd
 * @param {string} heading said before what it says
 * @returns {Promise<number>} exit code
 */
async function runHeld(command, args, cwd, heading) {
  const child = spawn(command, args, {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: command.endsWith('.cmd'),
  });
  /** @type {Buffer[]} */
  const said = [];
  child.stdout.on('data', (chunk) => said.push(chunk));
  child.stderr.on('data', (chunk) => said.push(chunk));
  /** @type {number} */
  const code = await new Promise((resolve) => {
    child.on('error', () => resolve(1));
    child.on('close', (ended) => resolve(ended ?? 1));
  });
  process.stdout.write(`${heading}${Buffer.concat(said).toString('utf8')}`);
  return code;
}

/**
 * @param {string} file vitest's report
 * @param {number} code of vitest
 * @returns {Promise<Counts>}
 */
async function readCounts(file, code) {
  const text = await fs.readFile(file, 'utf8').catch(() => undefined);
  // A run that ended before it could report anything is a failure that must show in the numbers.
  if (text === undefined) return { passed: 0, failed: 1, skipped: 0, reasons: [] };
  return countTests(JSON.parse(text), code);
}

/**
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
 *   testResults: { status: string, assertionResults: { status: string, title?: string }[] }[] }} report vitest's
 * @param {number} code of vitest
 * @returns {Counts}
 */
export function countTests(report, code) {
  // A file that could not even be loaded has no failed test of its own.
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  const failed = report.numFailedTests + broken.length;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
    reasons: report.testResults
      .flatMap((file) => file.assertionResults)
      .flatMap(({ title }) => /\(skipped: (.+)\)$/.exec(title ?? '')?.[1] ?? []),
  };
}

/** @param {Result} result */
function describeResult({ part, code, seconds, counts }) {
  const tests = counts === undefined ? '' : `  ${counts.passed + counts.failed + counts.skipped} tests`;
  return `${code === 0 ? 'ok    ' : 'FAILED'}  ${part.padEnd(12)}${seconds.toFixed(1).padStart(7)} s${tests}`;
}

/**
 * @param {readonly Result[]} results
 * @returns {string[]} a line a reason
 */
function skippedLines(results) {
  const reasons = results.flatMap(({ counts }) => counts?.reasons ?? []);
  return [...new Set(reasons)].map((reason) => {
    const number = reasons.filter((one) => one === reason).length;
    return `${number} skipped, ${reason}`;
  });
}

/**
 * @param {readonly Result[]} results
 * @returns {string}
 */
export function closingLine(results) {
  const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ name) =>
    results.reduce((total, { counts }) => total + (counts?.[name] ?? 0), 0);
  return `${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`;
}
