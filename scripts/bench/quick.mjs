import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { kindOf, machineFacts } from './machine.mjs';
import { attemptsAtMost, judge } from './recorded.mjs';
import { median } from './statistics.mjs';

/** Rounds of a pair, and runs of each of its ways in a round. */
const effort = { quick: [5, 6], record: [15, 6] };

/** @param {string} root */
const recordedFile = (root) => path.join(root, 'test', 'bench', 'recorded.json');

/**
 * Ratios of two ways to the same result. No Python, a minute at most: a ratio that has fallen below a share of the one recorded on this
 * kind of machine fails, after it was measured anew twice.
 *
 * @param {string} root
 * @returns {boolean} whether none has fallen
 */
export function runQuick(root) {
  const machine = machineFacts();
  const kind = kindOf(machine);
  const recorded = readRecorded(root)[kind];
  if (recorded === undefined) {
    process.stdout.write(`Nothing is recorded for ${kind}: "npm run bench -- record" does it.\n`);
  }
  const against = (/** @type {string} */ name) => ({ recorded: recorded?.[name], cores: machine.cores });
  const attempts = new Map(measure(root, effort.quick, []).map((attempt) => [attempt.name, [attempt]]));
  for (let attempt = 1; attempt < attemptsAtMost; attempt++) {
    const low = [...attempts].filter(([name, own]) =>
      ['too-low', 'too-busy'].includes(judge(name, own, against(name)).verdict),
    );
    if (low.length === 0) break;
    const names = low.map(([name]) => name);
    for (const again of measure(root, effort.quick, names)) attempts.get(again.name)?.push(again);
  }
  const verdicts = [...attempts].map(([name, own]) => judge(name, own, against(name)));
  for (const { verdict, sentence } of verdicts) {
    process.stdout.write(`${verdict === 'too-low' ? 'FAILED' : 'ok    '}  ${sentence}\n`);
  }
  return verdicts.every(({ verdict }) => verdict !== 'too-low');
}

/**
 * Keeps this machine's ratios for its kind.
 *
 * @param {string} root
 */
export function record(root) {
  const kind = kindOf(machineFacts());
  const measured = measure(root, effort.record, []).map(({ name, ratios }) => [
    name,
    Number(median(ratios).toFixed(2)),
  ]);
  const recorded = { ...readRecorded(root), [kind]: Object.fromEntries(measured) };
  fs.writeFileSync(recordedFile(root), `${JSON.stringify(recorded, null, 2)}\n`);
  process.stdout.write(`${kind}: ${measured.map(([name, ratio]) => `${name} ${ratio}`).join(', ')}\n`);
}

/**
 * @param {string} root
 * @param {readonly number[]} rounds and runs
 * @param {readonly string[]} names none: all
 * @returns {import('./recorded.mjs').Attempt[]}
 */
function measure(root, rounds, names) {
  const args = ['out/main/benchQuick.js', ...rounds.map(String), ...names];
  const done = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`The ratios could not be measured: ${done.stderr.trim()}`);
  return done.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/**
 * @param {string} root
 * @returns {Record<string, Record<string, number>>} by kind of machine, by name
 */
function readRecorded(root) {
  return JSON.parse(fs.readFileSync(recordedFile(root), 'utf8'));
}
