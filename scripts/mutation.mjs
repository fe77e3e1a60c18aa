#!/usr/bin/env node
/**
 * `npm run mutation -- math`: changes the code of a folder in a thousand small ways, one at a time, and runs the unit tests nearest to it
 * for each. What no test notices is named: a test is missing there, or the code. docs/testing.md says more, and has the scores.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bootstrap } from './bootstrap/bootstrap.mjs';
import { BootstrapFailure } from './bootstrap/failure.mjs';
import { outsideSample } from './mutation/sample.mjs';
import { tryMutants } from './mutation/stryker.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const folders = ['math', 'equations', 'models', 'training', 'interventions', 'analysis'];
const usage = `npm run mutation -- FOLDER [--sample PERCENT] [--seed NUMBER] [--file NAME] [--concurrency NUMBER]
  FOLDER         one of ${folders.join(', ')}
  --sample 20    a fifth of the mutants, chosen by the seed (1 where none is given), instead of all
  --file dft     only src/engine/FOLDER/dft.ts
  --concurrency  test processes at a time, 2 where nothing is said
`;

/**
 * @typedef {{ status: string, statusReason?: string, mutatorName: string, replacement?: string,
 *   location: { start: { line: number, column: number }, end: { line: number, column: number } } }} Mutant
 * @typedef {{ files: Record<string, { source: string, mutants: Mutant[] }> }} Report
 */

/**
 * The row of docs/testing.md's table, and the survivors, a line each.
 *
 * @param {Report} report Stryker's
 */
export function summarise(report) {
  const tried = { made: 0, killed: 0, survived: 0, uncovered: 0 };
  const survivors = [];
  for (const [file, { source, mutants }] of Object.entries(report.files)) {
    const lines = source.split('\n');
    for (const mutant of mutants) {
      if (mutant.status === 'Ignored') continue;
      tried.made++;
      if (mutant.status === 'CompileError' && mutant.statusReason === outsideSample) continue;
      // Neither killed nor alive: the tests themselves could not be run.
      if (mutant.status === 'RuntimeError') continue;
      if (mutant.status === 'Killed' || mutant.status === 'Timeout') {
        tried.killed++;
        continue;
      }
      if (mutant.status === 'NoCoverage') tried.uncovered++;
      else tried.survived++;
      const { start, end } = mutant.location;
      const before = lines[start.line - 1].slice(
        start.column - 1,
        start.line === end.line ? end.column - 1 : undefined,
      );
      const after = (mutant.replacement ?? '').replaceAll(/\s+/g, ' ');
      survivors.push(
        `${file}:${start.line}:${start.column} ${mutant.status} ${mutant.mutatorName}: ${before} -> ${after}`,
      );
    }
  }
  const all = tried.killed + tried.survived + tried.uncovered;
  return { ...tried, tried: all, score: all === 0 ? NaN : (100 * tried.killed) / all, survivors };
}

/** A thousand steps of training for every mutant of a step would take days. */
const tooLong = ['trainerLeaks.test.ts'];

/** @param {string} folder of the engine */
function testsNearest(folder) {
  const beside = `test/engine/${folder}`;
  return fs
    .readdirSync(path.join(root, beside), { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.test.ts') && !tooLong.includes(name))
    .map((name) => `${beside}/${name}`);
}

/** @param {readonly string[]} args */
function readArguments(args) {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      sample: { type: 'string', default: '100' },
      seed: { type: 'string', default: '1' },
      file: { type: 'string' },
      concurrency: { type: 'string', default: '2' },
    },
  });
  const [folder] = positionals;
  const share = Number(values.sample) / 100;
  const [seed, concurrency] = [Number(values.seed), Number(values.concurrency)];
  const isUsable =
    positionals.length === 1 &&
    folders.includes(folder) &&
    share > 0 &&
    share <= 1 &&
    Number.isInteger(seed) &&
    Number.isInteger(concurrency) &&
    concurrency >= 1;
  if (!isUsable) throw new TypeError(usage);
  return { folder, share, seed, concurrency, file: values.file ?? '*' };
}

/** @param {readonly string[]} args */
async function main(args) {
  const { folder, share, seed, concurrency, file } = readArguments(args);
  // Hours of work on all cores: whatever else the machine does comes first.
  os.setPriority(os.constants.priority.PRIORITY_LOW);
  await bootstrap({ root, steps: ['packages', 'tensorflow'] });
  const report = path.join(root, 'out', 'mutation', folder);
  const found = await tryMutants(root, {
    mutate: [`src/engine/${folder}/**/${file}.ts`],
    tests: testsNearest(folder),
    share,
    seed,
    concurrency,
    report,
  });
  const { survivors, ...counts } = summarise(found);
  fs.writeFileSync(`${report}.survivors.txt`, survivors.map((line) => `${line}\n`).join(''));
  const sample = share === 1 ? 'all' : `${Number((100 * share).toFixed(2))} %, seed ${seed}`;
  process.stdout.write(
    `${folder}: ${counts.made} mutants, tried ${counts.tried} (${sample}): ${counts.killed} killed, ${counts.survived} survived, ` +
      `${counts.uncovered} that no test reaches; score ${counts.score.toFixed(1)} %\n` +
      `survivors: ${path.relative(root, report)}.survivors.txt; report: ${path.relative(root, report)}.html\n`,
  );
}

if (process.argv[1] !== undefined && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    await main(process.argv.slice(2));
  } catch (error) {
    const isPlain = error instanceof BootstrapFailure || error instanceof Error;
    process.stderr.write(`${isPlain ? error.message : String(error)}\n`);
    process.exitCode = error instanceof TypeError ? 2 : 1;
  }
}
