import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRandom } from '../../src/engine/math/random.ts';
import { checkpointHash, packFaces, temporaryFolder } from '../setup/tinyTraining.ts';

const cli = 'out/main/cli.js';
const steps = 240;
const models = [
  { kind: 'vae', tiny: ['--width', '4', '--fine-channels', '4', '--latent', '8', '--batch', '8'], kills: 20 },
  { kind: 'dcgan', tiny: ['--width', '2', '--latent', '8', '--batch', '8'], kills: 10 },
] as const;

let place: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  expect(existsSync(cli), 'the command line is built before the tests (npm test does)').toBe(true);
  place = await temporaryFolder();
  (await packFaces(place.folder, 80)).close();
});

afterAll(() => place.remove());

function start(args: readonly string[]): { ended: Promise<number | null>; kill: () => void } {
  const env = { ...process.env, EXTRAPOLATION_CACHE: place.folder };
  const child = spawn(process.execPath, [cli, 'train', ...args], { stdio: 'ignore', env });
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  return { ended, kill: () => void child.kill('SIGKILL') };
}

function newRun(folder: string, { kind, tiny }: (typeof models)[number]): string[] {
  const often = ['--checkpoint-every', '2', '--measure-every', '5', '--seed', '9'];
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

it.each(models)(
  '$kind, kill −9 at $kills moments: resuming always goes on, and the weights equal the uninterrupted run’s',
  async (model) => {
    const whole = join(place.folder, `whole-${model.kind}`);
    expect(await start(newRun(whole, model)).ended).toBe(0);

    // A checkpoint every second step: the kills fall into steps, into checkpoints being written, and into starting up.
    const folder = join(place.folder, `killed-${model.kind}`);
    const random = createRandom(17);
    let args = newRun(folder, model);
    for (let i = 0; i < model.kills; i++) {
      const running = start(args);
      await Promise.race([wait(random.between(300, 1800)), running.ended]);
      running.kill();
      await running.ended;
      if (existsSync(join(folder, 'run.json'))) args = ['--resume', folder];
    }
    expect(await start(args).ended).toBe(0);
    expect(await checkpointHash(folder, steps)).toBe(await checkpointHash(whole, steps));
  },
);
