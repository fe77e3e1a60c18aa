import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { missingModule, python } from './python.mjs';
import { photographs, photographsFolder } from './rows.mjs';

/** @typedef {import('./rows.mjs').Way} Way */
/** @typedef {{ label: string, compared: boolean, peer: string, threads: number, perRound: number[], facts: object }} Measured */

/**
 * Runs the ways of a row in turn, round after round, each in a process of its own; the one that begins changes from round to round.
 *
 * @param {import('./rows.mjs').Row & { kind: 'ways' }} row
 * @param {{ root: string, rounds: number, photographsIn: string | undefined }} options
 * @returns {{ unit: 'ms', sides: Measured[], notes: string[] }}
 */
export function runWays(row, { root, rounds, photographsIn }) {
  const notes = [];
  const ways = row.ways.filter(({ label, needs }) => {
    const missing = needs && missingModule(needs);
    if (missing !== undefined) {
      notes.push(
        `${label} is left out: ${python} has no ${missing}. Install it there, or name another Python by PYTHON.`,
      );
    }
    return missing === undefined;
  });
  const folder = row.photographs ? preparePhotographs(root, photographsIn) : undefined;
  try {
    /** @type {Map<Way, Record<string, any>[]>} */
    const told = new Map(ways.map((way) => [way, []]));
    for (let round = 0; round < rounds; round++) {
      const first = round % ways.length;
      for (const way of [...ways.slice(first), ...ways.slice(0, first)]) {
        told.get(way)?.push(runOnce(way, root, folder?.path));
      }
    }
    const pictures = told.get(ways[0])?.[0]?.pictures;
    if (folder) notes.push(`${pictures.toLocaleString('en')} ${folder.what}`);
    return { unit: 'ms', sides: ways.map((way) => measuredOf(way, told.get(way) ?? [])), notes };
  } finally {
    folder?.remove();
  }
}

/**
 * @param {Way} way
 * @param {Record<string, any>[]} told what it printed, a round each
 * @returns {Measured}
 */
function measuredOf({ label, compared }, told) {
  const { peer, threads, ...rest } = told[0];
  const facts = Object.fromEntries(Object.entries(rest).filter(([name]) => !name.endsWith('_ms')));
  return { label, compared, peer, threads, perRound: told.map(({ median_ms }) => median_ms), facts };
}

/**
 * @param {Way} way
 * @param {string} root
 * @param {string | undefined} folder with photographs
 */
function runOnce({ program, args, env }, root, folder = '') {
  return runTold(program === 'python' ? python : process.execPath, root, {
    args: args.map((word) => (word === photographsFolder ? folder : word)),
    env: { ...process.env, ...env },
  });
}

/**
 * @param {string} program
 * @param {string} cwd
 * @param {{ args: string[], env: NodeJS.ProcessEnv }} call
 * @returns {Record<string, any>} its last line
 */
function runTold(program, cwd, { args, env }) {
  const done = spawnSync(program, args, { cwd, env, encoding: 'utf8' });
  if (done.status !== 0) {
    throw new Error(`${args[0]} failed: ${done.error?.message ?? done.stderr.trim().split('\n').at(-1)}`);
  }
  return JSON.parse(done.stdout.trim().split('\n').at(-1) ?? '');
}

/**
 * @param {string} root
 * @param {string | undefined} named the person's folder
 * @returns {{ path: string, what: string, remove: () => void }}
 */
function preparePhotographs(root, named) {
  if (named !== undefined) {
    return { path: path.resolve(named), what: 'photographs of a folder.', remove: () => undefined };
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'extrapolation-bench-'));
  const args = ['out/main/benchPieces.js', 'photographs', folder, String(photographs)];
  const made = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`No JPEGs could be made: ${made.stderr.trim().split('\n').at(-1)}`);
  return {
    path: folder,
    what: 'JPEGs of 178 × 218 that the bench made; --photographs FOLDER takes real ones.',
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}
