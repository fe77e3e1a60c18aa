import { spawnSync } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { checkpointStateSchema } from '../../../src/contract/runFiles.ts';
import type { RunFile } from '../../../src/contract/runFiles.ts';
import { makeFaces } from '../../../src/engine/data/faces/makeFaces.ts';
import { checkpointSteps } from '../../../src/engine/runs/checkpoints.ts';
import { readMetrics } from '../../../src/engine/runs/metricsFile.ts';
import { readRun, runPaths, stepName, writeRun } from '../../../src/engine/runs/runFolder.ts';
import { lockRun } from '../../../src/engine/runs/runLock.ts';
import { BetaVaeTrainer } from '../../../src/engine/training/betaVaeTrainer.ts';
import { createTrainingRun } from '../../../src/engine/training/createTrainingRun.ts';
import { trainRun } from '../../../src/engine/training/trainRun.ts';
import type { GoOnRequest, TrainingResult } from '../../../src/engine/training/trainRun.ts';
import { Unread } from '../../../src/engine/training/unread.ts';
import { checkpointHash, temporaryFolder } from '../../setup/tinyTraining.ts';

let root: string;
let remove: () => Promise<void>;
let trained: string;

/** Six steps on drawn faces, a checkpoint every second. */
beforeAll(async () => {
  ({ folder: root, remove } = await temporaryFolder());
  process.env['EXTRAPOLATION_CACHE'] = join(root, 'cache');
  await makeFaces({ out: join(root, 'faces'), count: 24, seed: 3 });
  trained = join(root, 'trained');
  await createTrainingRun(request(trained), {});
  await goOn({ run: trained });
}, 120_000);
afterAll(async () => {
  delete process.env['EXTRAPOLATION_CACHE'];
  await remove();
});

function request(folder: string): Parameters<typeof createTrainingRun>[0] {
  return {
    ...{ data: join(root, 'faces'), folder, steps: 6, checkpointEvery: 2, measureEvery: 4, seed: 9 },
    hyperParameters: { width: 4, fineChannels: 4, latent: 8, batch: 4 },
  };
}

/** What is measured at a checkpoint here is its step. */
const measured: number[] = [];
function goOn(asked: GoOnRequest, signal?: AbortSignal): Promise<TrainingResult> {
  measured.length = 0;
  const measure = ({ step }: { step: number }): Promise<Record<string, number>> => {
    measured.push(step);
    return Promise.resolve({ seen: step });
  };
  return trainRun(asked, measure, signal === undefined ? {} : { signal });
}

let copies = 0;
async function copyOfRun(): Promise<string> {
  copies += 1;
  const folder = join(root, `copy-${copies}`);
  await cp(trained, folder, { recursive: true });
  return folder;
}

/** Every file of a folder with what is in it. */
async function contentOfFolder(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name)).sort();
  const texts = paths.map(async (path) => [path, await readFile(path, 'base64')] as const);
  return new Map(await Promise.all(texts));
}

function stateOf(folder: string, step: number): string {
  return join(runPaths(folder).checkpoints, stepName(step), 'state.json');
}

async function changeAll(folder: string, change: (step: number) => Promise<void>): Promise<void> {
  for (const step of await checkpointSteps(folder)) await change(step);
}

async function changeRun(folder: string, change: (run: RunFile) => RunFile): Promise<void> {
  await writeRun(folder, change(await readRun(folder)));
}

/** A checkpoint as versions before wrote it: it does not say whose it is. */
async function forgetRun(folder: string, step: number): Promise<void> {
  const state = checkpointStateSchema.parse(JSON.parse(await readFile(stateOf(folder, step), 'utf8')));
  await writeFile(stateOf(folder, step), JSON.stringify({ ...state, run: undefined }));
}

const losses: [string, (folder: string) => Promise<void>, { code: string; message: RegExp }][] = [
  [
    'a newer version wrote them',
    (folder) =>
      changeAll(folder, async (step) => {
        const text = await readFile(stateOf(folder, step), 'utf8');
        await writeFile(stateOf(folder, step), text.replace('"version": 1', '"version": 2'));
      }),
    { code: 'unavailable', message: /written by a newer version of the Studio.*Update the Studio/ },
  ],
  [
    'a newer version wrote the newest',
    async (folder) => {
      const text = await readFile(stateOf(folder, 6), 'utf8');
      await writeFile(stateOf(folder, 6), text.replace('"version": 1', '"version": 2'));
    },
    { code: 'unavailable', message: /checkpoint of step 6 may be intact.*newer version/ },
  ],
  [
    'their weights are links to a disk that is gone',
    (folder) =>
      changeAll(folder, async (step) => {
        const file = join(runPaths(folder).checkpoints, stepName(step), 'weights.safetensors');
        await rm(file);
        await symlink(join(root, 'not-mounted', 'weights'), file);
      }),
    { code: 'unavailable', message: /is a link to .*not-mounted.*Mount the disk/ },
  ],
  [
    'they are on a disk that is gone',
    async (folder) => {
      await rm(runPaths(folder).checkpoints, { recursive: true });
      await symlink(join(root, 'not-mounted'), runPaths(folder).checkpoints);
    },
    { code: 'not-found', message: /was trained to step 6, but there is no checkpoint.*Is the disk/ },
  ],
  [
    'they were deleted',
    (folder) => rm(runPaths(folder).checkpoints, { recursive: true }),
    { code: 'not-found', message: /was trained to step 6.*--start-over/ },
  ],
  [
    'they were deleted with the status, and the measurements are there',
    async (folder) => {
      await rm(runPaths(folder).checkpoints, { recursive: true });
      await rm(runPaths(folder).status);
    },
    { code: 'not-found', message: /was trained to step 6/ },
  ],
  [
    'a file of each cannot be read',
    (folder) =>
      changeAll(folder, async (step) => {
        const file = join(runPaths(folder).checkpoints, stepName(step), 'optimizer.safetensors');
        await rm(file);
        await mkdir(file);
      }),
    { code: 'unavailable', message: /cannot be read \(EISDIR\)/ },
  ],
  [
    'all are damaged',
    (folder) =>
      changeAll(folder, async (step) => {
        await writeFile(join(runPaths(folder).checkpoints, stepName(step), 'weights.safetensors'), 'half');
      }),
    {
      code: 'damaged',
      message: /None of the checkpoints .* can be used, so nothing was changed.*--start-over/,
    },
  ],
  [
    'the run’s seed is another now',
    (folder) => changeRun(folder, (run) => ({ ...run, seed: 10 })),
    { code: 'unavailable', message: /seed was 9, and is now 10\. Restore the setting/ },
  ],
  [
    'they are another run’s, of an earlier version',
    async (folder) => {
      await changeAll(folder, (step) => forgetRun(folder, step));
      await changeRun(folder, (run) => ({ ...run, seed: 10 }));
    },
    { code: 'damaged', message: /belongs to another run: its seed is 9, this run's 10/ },
  ],
  [
    'they are another model’s, of an earlier version',
    async (folder) => {
      await changeAll(folder, (step) => forgetRun(folder, step));
      await changeRun(folder, ({ model, ...run }) => {
        if (model.kind !== 'vae') throw new Error('the run is of a β-VAE');
        return { ...run, model: { ...model, hyperParameters: { ...model.hyperParameters, width: 6 } } };
      });
    },
    { code: 'damaged', message: /is [\d × ]+, not [\d × ]+, so it is of another model/ },
  ],
];

describe('where no checkpoint can be used', () => {
  it.each(losses)('since %s, training is refused and nothing is touched', async (_, lose, refusal) => {
    const folder = await copyOfRun();
    await lose(folder);
    const before = await contentOfFolder(folder);
    await expect(goOn({ run: folder, extend: 2 })).rejects.toMatchObject({
      code: refusal.code,
      message: expect.stringMatching(refusal.message) as string,
    });
    expect(await contentOfFolder(folder)).toEqual(before);
  });

  it('it begins again where that is asked for, with what was there put aside', async () => {
    const folder = await copyOfRun();
    await changeAll(folder, (step) => rm(stateOf(folder, step)));
    const kept = await readFile(join(runPaths(folder).checkpoints, stepName(6), 'weights.safetensors'));
    const { notes, step } = await goOn({ run: folder, startOver: true });
    expect(step).toBe(6);
    const [aside] = (await readdir(folder)).filter((name) => name.startsWith('before-'));
    expect(notes).toEqual([`What was trained before is kept in ${join(folder, aside!)}.`]);
    expect(await readFile(join(folder, aside!, 'checkpoints', stepName(6), 'weights.safetensors'))).toEqual(
      kept,
    );
    expect(await checkpointHash(folder, 6)).toBe(await checkpointHash(trained, 6));
  });

  it('but an older one can, it goes on there, and says which could not', async () => {
    const folder = await copyOfRun();
    await writeFile(join(runPaths(folder).checkpoints, stepName(6), 'weights.safetensors'), 'half');
    const { damaged } = await goOn({ run: folder });
    expect(damaged).toEqual([expect.stringContaining('is not the file that was written')]);
    expect(await checkpointHash(folder, 6)).toBe(await checkpointHash(trained, 6));
  });
});

describe('more steps', () => {
  it('are added once, by the try that trains them', async () => {
    const folder = await copyOfRun();
    const moved = `${runPaths(folder).checkpoints}-away`;
    await rename(runPaths(folder).checkpoints, moved);
    for (let i = 0; i < 3; i++)
      await expect(goOn({ run: folder, extend: 2 })).rejects.toThrow('no checkpoint');
    await rename(moved, runPaths(folder).checkpoints);
    const lock = await lockRun(folder);
    await expect(goOn({ run: folder, extend: 2 })).rejects.toMatchObject({ code: 'busy' });
    await lock.release();
    const step = vi.spyOn(BetaVaeTrainer.prototype, 'step').mockImplementation(() => {
      throw new Error('OOM when allocating tensor');
    });
    await expect(goOn({ run: folder, extend: 2 })).rejects.toMatchObject({ code: 'out-of-memory' });
    step.mockRestore();
    expect((await readRun(folder)).steps).toBe(6);
    expect(await goOn({ run: folder, extend: 2 })).toMatchObject({ step: 8, steps: 8 });
    expect((await readRun(folder)).steps).toBe(8);
  });

  it('are kept where they are stopped before the first', async () => {
    const folder = await copyOfRun();
    expect(await goOn({ run: folder, extend: 2 }, AbortSignal.abort())).toMatchObject({
      phase: 'stopped',
      step: 6,
    });
    expect((await readRun(folder)).steps).toBe(8);
  });
});

describe('pictures', () => {
  it('that were moved or copied are followed, and others are refused', async () => {
    const folder = await copyOfRun();
    const elsewhere = join(root, 'copied');
    // A copy has dates of its own.
    await cp(join(root, 'faces'), elsewhere, { recursive: true, preserveTimestamps: false });
    await goOn({ run: folder, data: elsewhere, extend: 1 });
    const { data } = await readRun(folder);
    expect(data.folder).toBe(elsewhere);
    expect(data.content).toBe((await readRun(trained)).data.content);
    expect(data.key).not.toBe((await readRun(trained)).data.key);
    await makeFaces({ out: join(root, 'others'), count: 24, seed: 4 });
    await expect(goOn({ run: folder, data: join(root, 'others') })).rejects.toMatchObject({
      code: 'wrong-usage',
      message: expect.stringContaining('would mix two data sets') as string,
    });
    await rm(elsewhere, { recursive: true });
    await expect(goOn({ run: folder })).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('--data FOLDER') as string,
    });
    await goOn({ run: folder, data: join(root, 'faces') });
    expect((await readRun(folder)).data.folder).toBe(join(root, 'faces'));
  });

  it('of a run of an earlier version are known by their packed copy, or by the dates of their files', async () => {
    const folder = await copyOfRun();
    const run = await readRun(folder);
    const { content, ...data } = run.data;
    await writeFile(runPaths(folder).run, JSON.stringify({ ...run, data }));
    const elsewhere = join(root, 'copied-for-earlier');
    await cp(join(root, 'faces'), elsewhere, { recursive: true });
    await goOn({ run: folder, data: elsewhere });
    expect((await readRun(folder)).data).toMatchObject({ folder: elsewhere, content });
    // Without the packed copy nothing tells that these are the same.
    await writeFile(runPaths(folder).run, JSON.stringify({ ...run, data }));
    await rename(join(root, 'cache'), join(root, 'cache-away'));
    await expect(goOn({ run: folder, data: elsewhere })).rejects.toThrow('A run of an earlier version');
    const dated = join(root, 'dated');
    // Node keeps no more than milliseconds.
    expect(spawnSync('cp', ['-pR', join(root, 'faces'), dated]).status).toBe(0);
    await goOn({ run: folder, data: dated });
    expect((await readRun(folder)).data).toMatchObject({ folder: dated });
    await rm(join(root, 'cache'), { recursive: true });
    await rename(join(root, 'cache-away'), join(root, 'cache'));
  });
});

describe('after a kill', () => {
  it('a checkpoint without its measurements is measured', async () => {
    const folder = await copyOfRun();
    const whole = await readMetrics(folder);
    const lines = whole.filter(({ step, values }) => !(step === 6 && 'seen' in values));
    expect(lines).toHaveLength(whole.length - 1);
    await writeFile(runPaths(folder).metrics, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    await goOn({ run: folder });
    expect(measured).toEqual([6]);
    expect((await readMetrics(folder)).map(({ step, values }) => [step, values])).toEqual(
      whole.map(({ step, values }) => [step, values]),
    );
    await goOn({ run: folder });
    expect(measured).toEqual([]);
  });

  it('means are over the steps that their line says: those of a run that was not killed', async () => {
    const folder = await copyOfRun();
    // As it is where it was killed after the checkpoint of step 2, in the middle of the steps that the line of step 4 is about.
    for (const step of [4, 6])
      await rm(join(runPaths(folder).checkpoints, stepName(step)), { recursive: true });
    await goOn({ run: folder });
    const values = async (run: string): Promise<unknown> =>
      (await readMetrics(run)).map((line) => [line.step, line.values]);
    expect(await values(folder)).toEqual(await values(trained));
  });
});

describe('a run that was lost', () => {
  it.each([
    [
      'its lock is another’s',
      (folder: string) => writeFile(runPaths(folder).lock, '{"nonce":"other"}'),
      'busy',
    ],
    ['its folder was moved', (folder: string) => rename(folder, `${folder}-moved`), 'not-found'],
    ['its folder was deleted', (folder: string) => rm(folder, { recursive: true }), 'not-found'],
  ] as const)('since %s, ends in a sentence, and nothing more is written', async (_, lose, code) => {
    const folder = await copyOfRun();
    const own = vi.spyOn(BetaVaeTrainer.prototype, 'step');
    let before: unknown;
    let made = 0;
    own.mockImplementation(() => {
      made += 1;
      return new Unread([], () => ({ loss: 1, reconstruction: 1, kl: 1 }));
    });
    const training = trainRun(
      { run: folder, extend: 50 },
      async ({ step }) => {
        if (step === 8) {
          await lose(folder);
          before = await contentOfFolder(folder).catch(() => 'gone');
        }
        return { seen: step };
      },
      {},
    );
    await expect(training).rejects.toMatchObject({ code });
    expect(await contentOfFolder(folder).catch(() => 'gone')).toEqual(before);
    // It is noticed at the next thing that would be written.
    expect(made).toBeLessThanOrEqual(4);
  });
});

describe('a run that diverges', () => {
  /** Losses are NaN at the steps that are given, one after another; the weights are left as they are. */
  function divergeAt(...steps: number[]): void {
    vi.spyOn(BetaVaeTrainer.prototype, 'step').mockImplementation((_images, _seed, step) => {
      const diverges = step + 1 === steps[0];
      if (diverges) steps.shift();
      return new Unread([], () => ({ loss: diverges ? NaN : 1, reconstruction: 1, kl: 1 }));
    });
  }

  it('stops at its last checkpoint, and names the settings that may be wrong', async () => {
    const folder = await copyOfRun();
    divergeAt(9);
    await expect(goOn({ run: folder, extend: 10 })).rejects.toMatchObject({
      code: 'diverged',
      message:
        'Training diverged: the loss of step 9 is NaN. The last checkpoint is safe. Continue with --on-divergence lower, which halves the learning rate; or start a run with a smaller --learning-rate (it was 0.001), or another --kl-weight (0.0001); or look at the images for damaged ones.',
    });
    expect(await checkpointSteps(folder)).toEqual([0, 2, 4, 6, 8]);
  });

  it('goes back with half the learning rate where it is asked to, and says so for good', async () => {
    const folder = await copyOfRun();
    divergeAt(9, 11);
    const { notes, step } = await goOn({ run: folder, extend: 10, onDivergence: 'lower' });
    expect(step).toBe(16);
    expect(notes).toEqual([
      'Training diverged at step 9: it went back to step 8 and continues with half the learning rate, 0.0005.',
      'Training diverged at step 11: it went back to step 10 and continues with half the learning rate, 0.00025.',
    ]);
    expect(await readRun(folder)).toMatchObject({
      ...{ steps: 16, onDivergence: 'lower' },
      divergences: [
        { at: 9, from: 8, learningRate: 0.0005 },
        { at: 11, from: 10, learningRate: 0.00025 },
      ],
    });
    // Each step once, also those that were made twice.
    const steps = (await readMetrics(folder))
      .filter(({ values }) => 'loss' in values)
      .map(({ step: at }) => at);
    expect(steps).toEqual([1, 2, 4, 6, 8, 12, 16]);
  });

  it('gives up after five times', async () => {
    const folder = await copyOfRun();
    divergeAt(7, 7, 7, 7, 7, 7, 7);
    await expect(goOn({ run: folder, extend: 10, onDivergence: 'lower' })).rejects.toThrow(
      'Training diverged again at step 7, after its learning rate was halved 5 times, to 0.00003125.',
    );
  });

  it('saves no weights that its last step broke unseen', async () => {
    const folder = await copyOfRun();
    vi.spyOn(BetaVaeTrainer.prototype, 'storedWeights').mockReturnValue({
      shapes: new Map([['decoder.fine.kernel', [2]]]),
      read: () => Float32Array.of(1, Infinity),
    });
    await expect(goOn({ run: folder, extend: 2 })).rejects.toMatchObject({
      code: 'diverged',
      message: expect.stringMatching(/holds Infinity after step 8/) as string,
    });
    expect(await checkpointSteps(folder)).toEqual([0, 2, 4, 6]);
  });
});

describe('a trainer of a Studio that was allowed other folders', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it('uses the pictures that the run was begun with, and no others', async () => {
    const folder = await copyOfRun();
    const elsewhere = join(root, 'allowed');
    await mkdir(elsewhere, { recursive: true });
    vi.stubEnv('EXTRAPOLATION_LINKS_INTO', elsewhere);
    await cp(join(root, 'faces'), join(root, 'moved'), { recursive: true });
    await expect(goOn({ run: folder, extend: 2, data: join(root, 'moved') })).rejects.toThrow(
      `${join(root, 'moved')} is outside the folders this Studio was allowed to use. Start the Studio with --folder`,
    );
    expect(await goOn({ run: folder, extend: 2 })).toMatchObject({ phase: 'finished', step: 8 });
  });
});
