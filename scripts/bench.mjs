#!/usr/bin/env node
/**
 * `npm run bench`, in two parts; `npm run bench -- step` or `-- latency` runs one of them. Close other programs first:
 * everything slows down many times under contention.
 *
 * step: one training step of the base β-VAE, and one of the DCGAN's two networks, here and in PyTorch, process by process
 * in turn, so that the machine's ups and downs fall on both. PYTHON names the Python that has torch; without torch the step is timed alone, and the output
 * says so.
 *
 * latency: how long the Studio's pages wait for answers while the compact model trains on the same machine, for a minute
 * or as many seconds as a number after the name says.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bootstrap } from './bootstrap/bootstrap.mjs';
import { BootstrapFailure } from './bootstrap/failure.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const rounds = 5;
/** What is timed, by which programs; each size is width, batch, latent dimensions, steps a round. */
const models = [
  {
    name: 'β-VAE',
    ours: 'bench.js',
    peer: 'vae_step_torch.py',
    sizes: [
      [16, 32, 64, 30],
      [32, 64, 128, 10],
    ],
  },
  {
    name: 'DCGAN',
    ours: 'benchDcgan.js',
    peer: 'dcgan_step_torch.py',
    sizes: [
      [16, 32, 64, 30],
      [32, 64, 100, 10],
    ],
  },
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

function benchStep() {
  const torch = hasTorch();
  if (!torch) {
    console.log(
      `${python} has no torch, so the step is timed alone. "pip install torch" in it, or name another by PYTHON, for the comparison.`,
    );
  }
  for (const model of models) for (const size of model.sizes) benchSize(model, size, torch);
}

/**
 * @param {(typeof models)[number]} model
 * @param {readonly number[]} size
 * @param {boolean} torch
 */
function benchSize({ name, ours: program, peer: script }, size, torch) {
  const args = size.map(String);
  const [width, batch, latent] = args;
  const rows = Array.from({ length: rounds }, () => {
    const ours = timeSteps(process.execPath, [path.join('out', 'main', program), ...args]);
    const peer = torch ? timeSteps(python, [path.join('test', 'bench', script), ...args]) : undefined;
    return { ours, peer };
  });
  const ours = median(rows.map((row) => row.ours.median_ms));
  console.log(
    `${name}, width ${width}, batch ${batch}, latent ${latent}: ${rows[0].ours.peer} ${ours.toFixed(1)} ms, ${rows[0].ours.ops} ops`,
  );
  if (!torch) return;
  const peer = median(rows.map((row) => row.peer?.median_ms ?? NaN));
  const ratios = rows.map((row) => row.ours.median_ms / (row.peer?.median_ms ?? NaN));
  const spread = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
  console.log(
    `  ${rows[0].peer?.peer} ${peer.toFixed(1)} ms; ratio ours / theirs, round by round: median ${median(ratios).toFixed(2)}, ${spread}`,
  );
}

/** @param {string} seconds */
function benchLatency(seconds) {
  const program = path.join('out', 'main', 'pageLatency.js');
  const done = spawnSync(process.execPath, [program, seconds], { cwd: root, stdio: 'inherit' });
  if (done.status !== 0) throw new Error('The latency could not be measured: the line before this says why.');
}

/** @param {readonly string[]} args */
async function main([part, seconds = '60']) {
  if (part !== undefined && part !== 'step' && part !== 'latency')
    throw new Error(`There is no part named ${part}: the parts are step and latency.`);
  if (!(Number(seconds) > 0)) throw new Error(`${seconds} is no number of seconds.`);
  await bootstrap({ root });
  if (part !== 'latency') benchStep();
  if (part !== 'step') benchLatency(seconds);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof BootstrapFailure || error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
