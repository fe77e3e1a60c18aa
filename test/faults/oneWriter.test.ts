import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { checkpointSteps } from '../../src/engine/runs/checkpoints.ts';
import { readMetrics } from '../../src/engine/runs/metricsFile.ts';
import { readStatus, runPaths } from '../../src/engine/runs/runFolder.ts';
import { packFaces, temporaryFolder } from '../setup/tinyTraining.ts';

const cli = 'out/main/cli.js';
let place: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  expect(existsSync(cli), 'the command line is built before the tests (npm test does)').toBe(true);
  place = await temporaryFolder();
  (await packFaces(place.folder, 40)).close();
});

afterAll(() => place.remove());

interface Trainer {
  ended: Promise<number | null>;
  said: () => string;
  signal: (name: NodeJS.Signals) => void;
}

function start(program: string, before: readonly string[], args: readonly string[]): Trainer {
  const env = { ...process.env, EXTRAPOLATION_CACHE: place.folder };
  const child = spawn(program, [...before, cli, 'train', ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env,
  });
  let said = '';
  child.stderr.on('data', (bytes: Buffer) => {
    said += bytes.toString();
  });
  return {
    ended: new Promise((resolve) => child.on('close', resolve)),
    said: () => said,
    signal: (name) => void child.kill(name),
  };
}

const train = (...args: string[]): Trainer => start(process.execPath, [], args);

/** A run that lasts until it is asked to stop. */
function longRun(folder: string): string[] {
  return [
    ...[
      '--data',
      join(place.folder, 'faces'),
      '--run',
      folder,
      '--steps',
      '1000000',
      '--checkpoint-every',
      '1000000',
    ],
    ...[
      '--measure-every',
      '1',
      '--seed',
      '9',
      '--width',
      '4',
      '--fine-channels',
      '4',
      '--latent',
      '8',
      '--batch',
      '8',
    ],
  ];
}

async function begun(folder: string): Promise<void> {
  const patience = { timeout: 120_000, interval: 100 };
  await vi.waitUntil(
    async () => ((await readStatus(folder).catch(() => undefined))?.step ?? 0) > 3,
    patience,
  );
}

it('a trainer that measures all the time, and stands still for long, keeps its run: no second one begins', async () => {
  const folder = join(place.folder, 'kept');
  const first = train(...longRun(folder));
  // Only a status that is renewed beside the lines gets past its first step.
  await begun(folder);
  first.signal('SIGSTOP');
  const longAgo = new Date(Date.now() - 3_600_000);
  await utimes(runPaths(folder).lock, longAgo, longAgo);
  const second = train('--resume', folder);
  expect(await second.ended).toBe(1);
  expect(second.said()).toContain('is being trained by process');
  first.signal('SIGCONT');
  first.signal('SIGTERM');
  expect(await first.ended).toBe(130);
  const steps = (await readMetrics(folder)).filter(({ values }) => 'loss' in values).map(({ step }) => step);
  expect(steps).toEqual([...new Set(steps)]);
});

it.skipIf(process.platform === 'win32')(
  'the end of the terminal saves and stops, and is nothing to a trainer under nohup',
  async () => {
    const folder = join(place.folder, 'hung-up');
    const first = train(...longRun(folder));
    await begun(folder);
    first.signal('SIGHUP');
    expect(await first.ended).toBe(130);
    const { phase, step } = (await readStatus(folder))!;
    expect([phase, (await checkpointSteps(folder)).at(-1)]).toEqual(['stopped', step]);

    if (spawnSync('bash', ['-c', 'command -v nohup']).status !== 0) return;
    // As a person types it: the shell says which program it started.
    const under = start('bash', ['-c', 'nohup "$@"', 'bash', process.execPath], ['--resume', folder]);
    const moved = async (than: number): Promise<void> => {
      await vi.waitUntil(async () => (await readStatus(folder))!.step > than + 3, {
        timeout: 120_000,
        interval: 100,
      });
    };
    await moved(step);
    // The trainer itself, whichever process the shell has become.
    const { pid, step: before } = (await readStatus(folder))!;
    process.kill(pid!, 'SIGHUP');
    await moved(before);
    process.kill(pid!, 'SIGTERM');
    expect(await under.ended).toBe(130);
  },
);
