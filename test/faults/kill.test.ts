import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRandom } from '../../src/engine/math/random.ts';
import { checkpointSteps } from '../../src/engine/runs/checkpoints.ts';
import { readMetrics } from '../../src/engine/runs/metricsFile.ts';
import { checkpointHash, packFaces, temporaryFolder } from '../setup/tinyTraining.ts';

const cli = 'out/main/cli.js';
const checkpointEvery = 2;
/** More kills, in the soak, need more steps to fall into. */
const isSoak = process.env['EXTRAPOLATION_SOAK'] === '1';
const models = [
  {
    kind: 'vae',
    tiny: ['--width', '4', '--fine-channels', '4', '--latent', '8', '--batch', '8'],
    ...(isSoak ? { kills: 70, steps: 1600 } : { kills: 20, steps: 240 }),
  },
  {
    kind: 'dcgan',
    tiny: ['--width', '2', '--latent', '8', '--batch', '8'],
    ...(isSoak ? { kills: 40, steps: 1000 } : { kills: 10, steps: 240 }),
  },
] as const;

/** Every second one is the kill that nothing can answer to. */
const ways = ['SIGKILL', 'SIGTERM', 'SIGKILL', 'SIGHUP', 'SIGKILL', 'SIGINT', 'SIGKILL', 'SIGSTOP'] as const;
type Way = (typeof ways)[number];

let place: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  expect(existsSync(cli), 'the command line is built before the tests (npm test does)').toBe(true);
  place = await temporaryFolder();
  (await packFaces(place.folder, 80)).close();
});

afterAll(() => place.remove());

function start(args: readonly string[]): {
  ended: Promise<number | null>;
  signal: (name: NodeJS.Signals) => void;
} {
  const env = { ...process.env, EXTRAPOLATION_CACHE: place.folder };
  const child = spawn(process.execPath, [cli, 'train', ...args], { stdio: 'ignore', env });
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  return { ended, signal: (name) => void child.kill(name) };
}

function newRun(folder: string, { kind, tiny, steps }: (typeof models)[number]): string[] {
  const often = ['--checkpoint-every', String(checkpointEvery), '--measure-every', '5', '--seed', '9'];
  return [
    '--data',
    join(place.folder, 'faces'),
    '--steps',
    String(steps),
    '--run',
    folder,
    '--model',
    kind,
    ...often,
    ...tiny,
  ];
}

/** Ends a trainer: at once, by asking it, or after it stood still for a while and went on. */
async function endBy(way: Way, running: ReturnType<typeof start>): Promise<void> {
  running.signal(way);
  if (way === 'SIGSTOP') {
    await wait(400);
    running.signal('SIGCONT');
    await Promise.race([wait(200), running.ended]);
    running.signal('SIGKILL');
  }
  await running.ended;
}

it.each(models)(
  '$kind, ended at $kills moments by every signal: resuming always goes on, and weights and measurements equal the uninterrupted run’s',
  { timeout: isSoak ? 3_600_000 : 600_000 },
  async (model) => {
    const { kind, kills, steps } = model;
    const whole = join(place.folder, `whole-${kind}`);
    expect(await start(newRun(whole, model)).ended).toBe(0);

    // A checkpoint every second step: the kills fall into steps, into checkpoints being written, and into starting up.
    const folder = join(place.folder, `killed-${kind}`);
    const random = createRandom(17);
    let args = newRun(folder, model);
    let [saved, lost] = [0, 0];
    for (let i = 0; i < kills; i++) {
      const running = start(args);
      await Promise.race([wait(random.between(300, 1800)), running.ended]);
      await endBy(ways[i % ways.length]!, running);
      if (existsSync(join(folder, 'run.json'))) args = ['--resume', folder];
      const newest = (await checkpointSteps(folder)).at(-1) ?? 0;
      lost += Math.max(0, saved - newest);
      saved = newest;
    }
    expect(await start(args).ended).toBe(0);
    const isEqual = (await checkpointHash(folder, steps)) === (await checkpointHash(whole, steps));
    process.stdout.write(
      `${kind}: ${kills} kills, ${lost} saved steps lost, weights ${isEqual ? 'bit-identical' : 'other'}\n`,
    );
    expect([lost, isEqual]).toEqual([0, true]);
    expect(await measurementsOf(folder)).toEqual(await measurementsOf(whole));
  },
);

/**
 * Each line's step and numbers: every one once, and none missing. Who is asked to end saves and measures where it is, also between
 * the steps at which the run does.
 */
async function measurementsOf(folder: string): Promise<string[]> {
  const lines = await readMetrics(folder);
  const due = lines.filter(({ step, values }) => isOfLosses(values) || step % checkpointEvery === 0);
  return due.map(({ step, values }) => JSON.stringify([step, values]));
}

function isOfLosses(values: Readonly<Record<string, number>>): boolean {
  return 'loss' in values || 'generatorLoss' in values;
}
