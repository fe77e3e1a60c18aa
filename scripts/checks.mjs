import { spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bootstrap } from './bootstrap/bootstrap.mjs';
import { BootstrapFailure } from './bootstrap/failure.mjs';
import { findNpm } from './bootstrap/npm.mjs';

/** Scripts of package.json, in the order they run; the last ones count tests. */
const parts = ['lint', 'typecheck', 'layers', 'unit', 'integration', 'e2e'];
const counting = ['unit', 'integration', 'e2e'];

/**
 * @typedef {{ passed: number, failed: number, skipped: number, reasons: string[] }} Counts reasons: one a skipped test that says why
 * @typedef {{ part: string, code: number, seconds: number, counts?: Counts }} Result
 */

/**
 * @param {readonly string[]} args names of parts; none means all
 * @param {string} [root]
 * @returns {Promise<number>} exit code
 */
export async function runTests(args, root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))) {
  const unknown = args.filter((name) => !parts.includes(name));
  if (unknown.length > 0) {
    process.stderr.write(
      `There is no part named ${unknown.join(', ')}; the parts are ${parts.join(', ')}.\n`,
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
  const chosen = args.length === 0 ? parts : parts.filter((part) => args.includes(part));
  /** @type {Result[]} */
  const results = [];
  for (const part of chosen) results.push(await runPart(part, root));
  const lines = [...results.map(describeResult), '', ...skippedLines(results), closingLine(results)];
  process.stdout.write(`\n${lines.join('\n')}\n`);
  return results.every((result) => result.code === 0) ? 0 : 1;
}

/**
 * @param {string} part
 * @param {string} root
 * @returns {Promise<Result>}
 */
async function runPart(part, root) {
  process.stdout.write(`\n── ${part}\n`);
  const start = performance.now();
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'extrapolation-test-'));
  try {
    const file = path.join(folder, 'results.json');
    const reporters = counting.includes(part)
      ? ['--', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
      : [];
    const { command, before } = await findNpm(process.env);
    const code = await runInherited(command, [...before, 'run', '--silent', part, ...reporters], root);
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
 * @returns {Promise<number>} exit code
 */
function runInherited(command, args, cwd) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, stdio: 'inherit', shell: command.endsWith('.cmd') });
    child.on('error', () => resolve(1));
    child.on('close', (code) => resolve(code ?? 1));
  });
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
