#!/usr/bin/env node
/**
 * `npm run bench`: one training step of the base β-VAE here and in PyTorch, process by process in turn, so that the
 * machine's ups and downs fall on both. Close other programs first: both slow down many times under contention.
 * PYTHON names the Python that has torch; without torch the step is timed alone, and the output says so.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bootstrap } from './bootstrap/bootstrap.mjs';
import { BootstrapFailure } from './bootstrap/failure.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const rounds = 5;
/** Width, batch, latent dimensions, steps a round. */
const settings = [
  [16, 32, 64, 30],
  [32, 64, 128, 10],
];
const python = process.env.PYTHON ?? 'python3';

/**
 * @param {string} program
 * @param {string[]} args
 * @returns {{ median_ms: number; peer: string; ops?: number }}
 */
function timeSteps(program, args) {
  const done = spawnSync(program, args, { cwd: root, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${program} failed: ${done.stderr.trim().split('\n').at(-1)}`);
  return JSON.parse(done.stdout.trim().split('\n').at(-1) ?? '');
}

/** @param {number[]} values */
function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function hasTorch() {
  return spawnSync(python, ['-c', 'import torch'], { stdio: 'ignore' }).status === 0;
}

function main() {
  const torch = hasTorch();
  if (!torch) {
    console.log(
      `${python} has no torch, so the step is timed alone. "pip install torch" in it, or name another by PYTHON, for the comparison.`,
    );
  }
  for (const [width, batch, latent, steps] of settings) {
    const args = [width, batch, latent, steps].map(String);
    const rows = Array.from({ length: rounds }, () => {
      const ours = timeSteps(process.execPath, [path.join('out', 'main', 'bench.js'), ...args]);
      const peer = torch
        ? timeSteps(python, [path.join('test', 'bench', 'vae_step_torch.py'), ...args])
        : undefined;
      return { ours, peer };
    });
    const ours = median(rows.map((row) => row.ours.median_ms));
    console.log(
      `width ${width}, batch ${batch}, latent ${latent}: ${rows[0].ours.peer} ${ours.toFixed(1)} ms, ${rows[0].ours.ops} ops`,
    );
    if (!torch) continue;
    const peer = median(rows.map((row) => row.peer?.median_ms ?? NaN));
    const ratios = rows.map((row) => row.ours.median_ms / (row.peer?.median_ms ?? NaN));
    const spread = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
    console.log(
      `  ${rows[0].peer?.peer} ${peer.toFixed(1)} ms; ratio ours / theirs, round by round: median ${median(ratios).toFixed(2)}, ${spread}`,
    );
  }
}

try {
  await bootstrap({ root });
  main();
} catch (error) {
  console.error(error instanceof BootstrapFailure || error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
