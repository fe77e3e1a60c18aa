import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sweepReportSchema, sweepSchema } from '../../src/contract/sweeps.ts';
import type { CellReport, Sweep } from '../../src/contract/sweeps.ts';
import { checkpointSteps } from '../../src/engine/runs/checkpoints.ts';
import { readStatus } from '../../src/engine/runs/runFolder.ts';
import { isLocked, lockOwner } from '../../src/engine/runs/runLock.ts';
import { run, runJson, startCommand } from '../setup/commandLine.ts';
import { rayProgram, startRay } from '../setup/ray.ts';
import type { RayHead } from '../setup/ray.ts';
import { say } from '../setup/say.ts';
import { checkpointHash, temporaryFolder } from '../setup/tinyTraining.ts';

/**
 * A sweep on a real Ray, one head for all. Whatever happens on the way, each cell must have the weights that the command line gives when it
 * trains that run alone.
 */

const ray = rayProgram();
const steps = 120;
const tiny = { width: 4, fineChannels: 4, latent: 8, batch: 8, checkpointEvery: 40, measureEvery: 40 };
const grid = [
  'spectral=off,on seed=0..2 klWeight=1e-4,5e-4',
  ...Object.entries(tiny).map(([name, value]) => `${name}=${value}`),
].join(' ');

/** The sweep's threads, where this process has told TensorFlow others. */
const oneThread = { EXTRAPOLATION_THREADS: '1', TF_NUM_INTRAOP_THREADS: '1', TF_NUM_INTEROP_THREADS: '1' };

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let head: RayHead;
let env: NodeJS.ProcessEnv;
let faces: string;
let out: string;

beforeAll(async () => {
  if ('missing' in ray) return;
  place = await temporaryFolder();
  head = await startRay(ray.ray);
  env = {
    EXTRAPOLATION_CACHE: join(place.folder, 'cache'),
    RAY_AUTH_TOKEN: '',
    RAY_AUTH_TOKEN_PATH: head.tokenFile,
  };
  faces = join(place.folder, 'faces');
  out = join(place.folder, 'my sweep');
  expect(await run(['data', 'make', '--out', faces, '--count', '60', '--seed', '3'], env)).toMatchObject({
    code: 0,
  });
});

afterAll(async () => {
  if ('missing' in ray) return;
  await head.remove();
  await place.remove();
});

function sweepWords(address: string, folder = out): string[] {
  const asked = ['--grid', grid, '--data', faces, '--steps', String(steps), '--out', folder];
  return ['sweep', ...asked, '--engine', 'ray', '--address', address];
}

async function cells(): Promise<CellReport[]> {
  return (await runJson(sweepReportSchema, ['sweep', 'status', out], env)).cells;
}

async function folders(): Promise<string[]> {
  const names = await readdir(out).catch((): string[] => []);
  return names.map((name) => join(out, name)).filter((folder) => existsSync(join(folder, 'run.json')));
}

/** A cell that is trained now, and has something to go on from; its trainer's process. */
async function cellInTraining(): Promise<{ folder: string; pid: number }> {
  for (let waited = 0; waited < 1200; waited++) {
    for (const folder of await folders()) {
      const saved = await checkpointSteps(folder).catch((): number[] => []);
      const owner = await lockOwner(folder);
      if (owner !== undefined && saved.length > 0 && !saved.includes(steps))
        return { folder, pid: owner.pid };
    }
    await pause(50);
  }
  throw new Error('no cell was trained within a minute');
}

async function heldCells(): Promise<string[]> {
  const held = [];
  for (const folder of await folders()) if (await isLocked(folder)) held.push(folder);
  return held;
}

async function readSweep(): Promise<Sweep> {
  return sweepSchema.parse(JSON.parse(await readFile(join(out, 'sweep.json'), 'utf8')));
}

describe('Ray', () => {
  beforeEach((context) => {
    if ('missing' in ray) context.skip(ray.missing);
  });

  it('says what is wrong with an address or a token, before anything is written', async () => {
    const refused = async (address: string, changes: NodeJS.ProcessEnv = {}): Promise<string> => {
      const { code, stdout, stderr } = await run(sweepWords(address), { ...env, ...changes });
      expect([code === 1 || code === 2, stdout, existsSync(out)]).toEqual([true, '', false]);
      return stderr.trim().split('\n').at(-1) ?? '';
    };
    expect(await refused(head.address, { RAY_AUTH_TOKEN: 'wrong-token' })).toBe(
      `The Ray head at ${head.address} does not accept the token. Set RAY_AUTH_TOKEN, or write it anew where it was read: the file that RAY_AUTH_TOKEN_PATH names, or ~/.ray/auth_token.`,
    );
    const none = { RAY_AUTH_TOKEN_PATH: '', HOME: place.folder };
    expect(await refused(head.address, none)).toBe(
      `The Ray head at ${head.address} asks for a token. Set RAY_AUTH_TOKEN to it, or write it into ~/.ray/auth_token.`,
    );
    expect(await refused('http://127.0.0.1:1')).toMatch(
      /^Nothing listens at http:\/\/127\.0\.0\.1:1: no Ray head/,
    );
  });

  it('trains twelve cells through a killed worker, a stop, and a head that is lost', async () => {
    const begun = Date.now();
    const lap = (words: string): void => {
      say(`    Ray, ${((Date.now() - begun) / 1000).toFixed(1)} s: ${words}`);
    };
    const first = startCommand(sweepWords(head.address), env);
    const killed = await cellInTraining();
    process.kill(killed.pid, 'SIGKILL');
    lap('a worker was killed');
    for (let waited = 0; waited < 600; waited++) {
      const owner = await lockOwner(killed.folder);
      if (owner !== undefined && owner.pid !== killed.pid) break;
      if ((await checkpointSteps(killed.folder)).includes(steps)) break;
      await pause(100);
    }
    lap('it was begun again');
    await cellInTraining();
    first.signal('SIGINT');
    const { code, stderr } = await first.ended;
    expect([code, stderr]).toEqual([130, expect.stringContaining('Stopped; what was trained is saved.')]);
    expect(await heldCells()).toEqual([]);
    lap('stopped and saved');

    const second = startCommand(['sweep', 'resume', out], env);
    const lost = await cellInTraining();
    await head.kill();
    // Its workers see within seconds that their node is gone, and end without saving.
    await expect.poll(heldCells).toEqual([]);
    const states = (await cells()).filter(({ state }) => state === 'unknown');
    expect(states.map(({ reason }) => reason)).toContainEqual(expect.stringMatching(/^Nothing listens at/));
    lap('the head is lost, and said to be');
    await head.start();
    const ended = await second.ended;
    lap('all have ended');
    expect([ended.code, (await cells()).map(({ state }) => state)], ended.stdout).toEqual([
      0,
      Array(12).fill('finished'),
    ]);
    expect((await readStatus(lost.folder))?.phase).toBe('finished');
  });

  it('gives each cell the weights that it has when it is trained alone', async () => {
    const { cells: asked } = await readSweep();
    const alone = asked.map(({ name }) => join(place.folder, 'alone', name));
    const queue = asked.map(({ request, settings }, index) => async () => {
      const words = ['train', '--data', faces, '--run', alone[index] ?? '', '--steps', String(steps)];
      words.push('--seed', String(request.seed), '--kl-weight', String(settings['klWeight']));
      for (const [name, value] of Object.entries(tiny)) {
        words.push(`--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, String(value));
      }
      if (settings['spectral'] === true) words.push('--spectral');
      expect(await run(words, { ...env, ...oneThread })).toMatchObject({ code: 0 });
    });
    const work = async (): Promise<void> => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) await next();
    };
    await Promise.all([work(), work()]);
    const hashes = async (of: readonly string[]): Promise<string[]> =>
      Promise.all(of.map((folder) => checkpointHash(folder, steps)));
    const [here, there] = [await hashes(alone), await hashes(asked.map(({ name }) => join(out, name)))];
    expect(new Set(here).size).toBe(12);
    expect(there).toEqual(here);
  });

  it('keeps the token out of all that it wrote', async () => {
    const files = [];
    for (const name of await readdir(out, { recursive: true })) {
      if (/\.(json|jsonl|log|sh)$/.test(name)) files.push(resolve(out, name));
    }
    expect(files).toContain(join(out, 'engine.json'));
    for (const file of files) expect(await readFile(file, 'utf8')).not.toContain(head.token);
  });
});
