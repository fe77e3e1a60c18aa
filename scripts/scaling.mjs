#!/usr/bin/env node
/**
 * `npm run scaling -- [throughput] [sizes] [workers] [images]`: how time and memory of training grow, on this machine, and what runs side by
 * side gain. It prints the tables of docs/scaling.md. Nothing else should run meanwhile.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const cli = path.join(root, 'out', 'main', 'cli.js');
const place = fs.mkdtempSync(path.join(os.tmpdir(), 'extrapolation-scaling-'));
const cores = os.availableParallelism();

/**
 * Runs a command to its end.
 * @param {string[]} words
 * @returns {Promise<{ seconds: number, mebibytes: number }>} the time, and the most memory that it had (Linux)
 */
function run(words) {
  const start = performance.now();
  const env = {
    ...process.env,
    EXTRAPOLATION_CACHE: path.join(place, 'cache'),
    EXTRAPOLATION_RUNS: path.join(place, 'runs'),
  };
  const child = spawn(process.execPath, [cli, ...words], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (/** @type {Buffer} */ chunk) => (said += chunk.toString()));
  let mebibytes = 0;
  const look = setInterval(() => {
    const text = fs.existsSync(`/proc/${child.pid}/status`)
      ? fs.readFileSync(`/proc/${child.pid}/status`, 'utf8')
      : '';
    mebibytes = Math.max(mebibytes, Number(/VmHWM:\s+(\d+)/.exec(text)?.[1] ?? 0) / 1024);
  }, 100);
  return new Promise((resolve, reject) => {
    child.on('close', (code) => {
      clearInterval(look);
      if (code === 0) resolve({ seconds: (performance.now() - start) / 1000, mebibytes });
      else reject(new Error(`extrapolate ${words.join(' ')} ended with ${code}:\n${said}`));
    });
  });
}

let runs = 0;
/** @param {string[]} words @returns {Promise<{ seconds: number, mebibytes: number, perStep: number }>} */
async function train(words, steps = 80) {
  const folder = path.join(place, 'trained', String((runs += 1)));
  const often = ['--checkpoint-every', String(steps), '--measure-every', '20', '--steps', String(steps)];
  const taken = await run([
    'train',
    '--data',
    path.join(place, 'faces'),
    '--run',
    folder,
    ...often,
    ...words,
  ]);
  const lines = fs
    .readFileSync(path.join(folder, 'metrics.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const timed = lines.filter(({ step, values }) =>
    'loss' in values || 'generatorLoss' in values ? step >= 20 : false,
  );
  const [first, last] = [timed[0], timed.at(-1)];
  return { ...taken, perStep: (1000 * (last.seconds - first.seconds)) / (last.step - first.step) };
}

const steps = 250;

/** Four compact runs: through the queue with one thread each, and one after another with all threads, in turn. */
async function throughput(rounds = 2) {
  console.log(`Four compact runs of ${steps} steps, ${cores} threads\n`);
  console.log('| round | one after another, all threads | queue, one thread each | share |');
  console.log('|---|---|---|---|');
  for (let round = 1; round <= rounds; round++) {
    const start = performance.now();
    for (const seed of ['0', '1', '2', '3']) await train(['--seed', seed, '--threads', String(cores)], steps);
    const alone = (performance.now() - start) / 1000;
    const grid = ['--grid', `seed=0..3 checkpointEvery=${steps} measureEvery=20`, '--steps', String(steps)];
    const { seconds } = await run([
      'sweep',
      ...grid,
      '--data',
      path.join(place, 'faces'),
      '--out',
      path.join(place, `sweep${round}`),
    ]);
    console.log(
      `| ${round} | ${alone.toFixed(1)} s | ${seconds.toFixed(1)} s | ${(seconds / alone).toFixed(2)} |`,
    );
  }
}

async function sizes() {
  console.log(
    '\n| model | width | latents | batch | threads | a step | most memory |\n|---|---|---|---|---|---|---|',
  );
  for (const [model, width, latent, batch] of [
    ['vae', 8, 64, 32],
    ['vae', 16, 64, 32],
    ['vae', 32, 64, 32],
    ['vae', 64, 64, 32],
    ['vae', 16, 64, 64],
    ['vae', 16, 512, 32],
    ['dcgan', 16, 64, 32],
    ['dcgan', 64, 100, 64],
  ]) {
    for (const threads of [1, cores]) {
      const sizesOf = ['--width', String(width), '--latent', String(latent), '--batch', String(batch)];
      const count = Number(width) >= 64 ? 40 : 80;
      const { perStep, mebibytes } = await train(
        ['--model', String(model), ...sizesOf, '--threads', String(threads)],
        count,
      );
      console.log(
        `| ${model} | ${width} | ${latent} | ${batch} | ${threads} | ${perStep.toFixed(0)} ms | ${mebibytes.toFixed(0)} MiB |`,
      );
    }
  }
}

async function workers() {
  console.log('\n| runs at the same time, one thread each | steps a second, all together |\n|---|---|');
  for (const count of [1, 2, 3, 4]) {
    const all = await Promise.all(
      Array.from({ length: count }, (_, seed) => train(['--seed', String(seed), '--threads', '1'])),
    );
    const rate = all.reduce((sum, { perStep }) => sum + 1000 / perStep, 0);
    console.log(`| ${count} | ${rate.toFixed(1)} |`);
  }
}

async function images() {
  console.log('\n| images | packing | most memory | packed file |\n|---|---|---|---|');
  for (const count of [1000, 4000]) {
    const folder = path.join(place, `images${count}`);
    await run(['data', 'make', '--out', folder, '--count', String(count)]);
    const { seconds, mebibytes } = await run(['data', 'pack', folder]);
    const bytes = count * 64 * 64 * 3;
    console.log(
      `| ${count} | ${seconds.toFixed(1)} s | ${mebibytes.toFixed(0)} MiB | ${(bytes / 2 ** 20).toFixed(0)} MiB |`,
    );
  }
}

/** @type {Record<string, () => Promise<void>>} */
const parts = { throughput, sizes, workers, images };
const asked = process.argv.slice(2);
const unknown = asked.find((name) => parts[name] === undefined);
if (unknown !== undefined) {
  console.error(`“${unknown}” is none of ${Object.keys(parts).join(', ')}.`);
  process.exit(2);
}
try {
  await run(['data', 'make', '--out', path.join(place, 'faces'), '--count', '2000']);
  for (const name of asked.length > 0 ? asked : Object.keys(parts)) await parts[name]();
} finally {
  fs.rmSync(place, { recursive: true, force: true });
}
