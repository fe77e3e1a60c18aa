#!/usr/bin/env node
/**
 * `npm run bench`: times what people wait for, in turn with the same work elsewhere where there is such a thing; docs/performance.md says
 * what is measured and how to read it. The rows are in bench/rows.mjs.
 */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadNow, machineFacts, whyTooBusy } from './bench/machine.mjs';
import { writePage } from './bench/performancePage.mjs';
import { record, runQuick } from './bench/quick.mjs';
import { rows, rowsNamed } from './bench/rows.mjs';
import { runPages } from './bench/runPages.mjs';
import { runStarts } from './bench/runStarts.mjs';
import { runWays } from './bench/runWays.mjs';
import { ratioOf } from './bench/statistics.mjs';
import { merged, rowLines, withMedian } from './bench/table.mjs';
import { bootstrap } from './bootstrap/bootstrap.mjs';
import { BootstrapFailure } from './bootstrap/failure.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const usage = `npm run bench -- [NAME…] [--rounds 5] [--photographs FOLDER] [--seconds 60] [--out bench.json] [--anyway]
  NAME            rows or groups of rows; none: all of them
  --rounds        how often each row is measured
  --photographs   a folder with JPEGs for the row packing; without it the bench makes some
  --seconds       how long the rows of the group latency ask
  --out           where the numbers are kept; rows of other names stay there
  --anyway        also where other programs are running
npm run bench -- list | quick | record | page
  list            names the rows and their groups
  quick           ratios that need nothing else, held against test/bench/recorded.json: a minute
  record          writes those of this machine there
  page            writes the table of docs/performance.md from the numbers that are kept
`;

/** @typedef {import('./bench/table.mjs').Result} Result */
/** @typedef {{ rounds: number, seconds: number, photographsIn: string | undefined, out: string, anyway: boolean }} Options */

/**
 * @param {string[]} args
 * @returns {{ names: string[], options: Options }}
 */
function readArguments(args) {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '60' },
      photographs: { type: 'string' },
      out: { type: 'string', default: path.join(root, 'bench.json') },
      anyway: { type: 'boolean', default: false },
    },
  });
  const [rounds, seconds] = [Number(values.rounds), Number(values.seconds)];
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new RangeError(`${values.rounds} is no number of rounds.`);
  if (!(seconds > 0)) throw new RangeError(`${values.seconds} is no number of seconds.`);
  const { photographs: photographsIn, out, anyway } = values;
  return { names: positionals, options: { rounds, seconds, photographsIn, out, anyway } };
}

/**
 * @param {import('./bench/rows.mjs').Row} row
 * @param {Options} options
 * @param {number} load before the bench began: later it is of the rows before
 * @returns {Promise<Result>}
 */
async function runRow(row, options, load) {
  const { unit, sides, notes } = await measured(row, options);
  const [ours] = sides;
  const ratios = sides
    .filter(({ compared }) => compared)
    .map(({ label, perRound }) => ({ of: label, ...ratioOf(perRound, ours.perRound) }));
  const rounds = row.kind === 'pages' ? 1 : options.rounds;
  const { name, title } = row;
  const facts = { name, title, unit, rounds, load, measured: new Date().toISOString() };
  return { ...facts, sides: sides.map(withMedian), ratios, notes };
}

/**
 * @param {import('./bench/rows.mjs').Row} row
 * @param {Options} options
 */
async function measured(row, options) {
  switch (row.kind) {
    case 'ways':
      return runWays(row, { root, ...options });
    case 'pages':
      return runPages(row, { root, ...options });
    case 'start':
      return runStarts({ root, ...options });
  }
}

/**
 * @param {readonly string[]} names
 * @param {Options} options
 */
async function runRows(names, options) {
  const chosen = rowsNamed(names);
  const load = refuseWhereBusy(options);
  await bootstrap({ root });
  const machine = machineFacts();
  for (const row of chosen) {
    const result = await runRow(row, options, load);
    process.stdout.write(`${rowLines(result).join('\n')}\n`);
    // Row by row: what is measured stays where the next one fails.
    const before = fs.existsSync(options.out) ? JSON.parse(fs.readFileSync(options.out, 'utf8')) : undefined;
    const bench = merged(
      before,
      { version: 1, machine, rows: [result] },
      rows.map(({ name }) => name),
    );
    fs.writeFileSync(options.out, `${JSON.stringify(bench, null, 2)}\n`);
  }
  process.stdout.write(`The numbers are in ${options.out}.\n`);
}

/**
 * @param {Options} options
 * @returns {number} the load
 */
function refuseWhereBusy({ anyway }) {
  const load = loadNow();
  const why = whyTooBusy(load);
  if (why !== undefined && !anyway) throw new Error(why);
  return load;
}

/** @param {string[]} args */
async function main(args) {
  const { names, options } = readArguments(args);
  const [word] = names.length === 1 ? names : [];
  switch (word) {
    case 'list':
      for (const { name, group, title } of rows)
        process.stdout.write(`${group.padEnd(10)}${name.padEnd(24)}${title}\n`);
      return;
    case 'page':
      process.stdout.write(`${writePage(root, options.out)}\n`);
      return;
    case 'quick':
      await bootstrap({ root });
      if (!runQuick(root)) process.exitCode = 1;
      return;
    case 'record':
      refuseWhereBusy(options);
      await bootstrap({ root });
      record(root);
      return;
    default:
      await runRows(names, options);
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const isUsage = error instanceof RangeError || error?.code?.startsWith('ERR_PARSE_ARGS') === true;
  process.stderr.write(
    `${error instanceof BootstrapFailure || error instanceof Error ? error.message : error}\n`,
  );
  if (isUsage) process.stderr.write(usage);
  process.exitCode = isUsage ? 2 : 1;
}
