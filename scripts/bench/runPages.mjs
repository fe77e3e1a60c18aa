import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/**
 * Asks the Studio what its pages ask, alone and while the compact model trains, and shows what it says meanwhile.
 *
 * @param {{ only?: string, crowd?: string[] }} row `crowd`: how many pages are open, and how much there is to look at
 * @param {{ root: string, seconds: number }} options
 * @returns {{ unit: 'ms', sides: import('./runWays.mjs').Measured[], notes: string[] }}
 */
export function runPages({ only, crowd = [] }, { root, seconds }) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'extrapolation-bench-'));
  const out = path.join(folder, 'latency.json');
  try {
    const args = ['out/main/pageLatency.js', String(seconds), '--out', out, ...crowd];
    if (only !== undefined) args.push('--only', only);
    const done = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
    if (done.status !== 0)
      throw new Error('The latency could not be measured: the line before this says why.');
    const { alone, training } = JSON.parse(fs.readFileSync(out, 'utf8'));
    const side = (/** @type {string} */ label, /** @type {number} */ value, /** @type {object} */ facts) => ({
      ...{ label, compared: false, peer: '', threads: 0, perRound: [value], facts },
    });
    const sides = [
      side('alone, median', alone.median, alone),
      side('95 % while the compact model trains', training.p95, training),
    ];
    return { unit: 'ms', sides, notes: [`${training.asked} questions while it trained.`] };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
