import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import * as safeFiles from '../../../src/engine/files/safeFiles.ts';
import {
  readCheckpoint,
  newestUsable,
  readWeights,
  writeCheckpoint,
} from '../../../src/engine/runs/checkpoints.ts';
import { createRun, findRun, listRuns, readRun, stepName } from '../../../src/engine/runs/runFolder.ts';
import { plainRun, temporaryFolder } from '../../setup/tinyTraining.ts';

vi.mock('../../../src/engine/files/safeFiles.ts', { spy: true });

const run = plainRun;

async function folderForTest(): Promise<string> {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  return folder;
}

it('lists the newest run first, whatever the names, and names what cannot be read', async () => {
  const parent = await folderForTest();
  const days = { b: '02', a: '03', c: '01' };
  for (const [name, day] of Object.entries(days)) {
    await createRun(join(parent, name), { ...run, id: name, createdAt: `2026-01-${day}T00:00:00.000Z` });
  }
  await mkdir(join(parent, 'no-run'));
  await mkdir(join(parent, 'broken'));
  await writeFile(join(parent, 'broken', 'run.json'), '{');
  const { runs, unreadable } = await listRuns(parent);
  expect(runs.map(({ id, status }) => [id, status])).toEqual([
    ['a', undefined],
    ['b', undefined],
    ['c', undefined],
  ]);
  expect(unreadable).toHaveLength(1);
  expect(unreadable[0]).toContain(join(parent, 'broken', 'run.json'));
  expect(await listRuns(join(parent, 'nowhere'))).toEqual({ runs: [], unreadable: [] });
});

it('cells of a sweep are listed and found as sweep/cell; runs that lie deeper without one are nobody’s', async () => {
  const parent = await folderForTest();
  vi.stubEnv('EXTRAPOLATION_RUNS', parent);
  onTestFinished(() => void vi.unstubAllEnvs());
  for (const name of ['one', 'grid/seed0-plain', 'grid/seed1-plain', 'loose/two']) {
    await createRun(join(parent, name), run);
  }
  await mkdir(join(parent, 'grid', 'logs'));
  await writeFile(join(parent, 'grid', 'sweep.json'), '{}');
  const ids = (await listRuns(parent)).runs.map(({ id }) => id).sort();
  expect(ids).toEqual(['grid/seed0-plain', 'grid/seed1-plain', 'one']);
  expect(ids.map(findRun)).toEqual(ids.map((id) => join(parent, id)));
  // A sweep that is opened as the runs folder itself has cells by their own names.
  vi.stubEnv('EXTRAPOLATION_RUNS', join(parent, 'grid'));
  expect((await listRuns(join(parent, 'grid'))).runs.map(({ id }) => id).sort()).toEqual([
    ...['seed0-plain', 'seed1-plain'],
  ]);
});

it('a checkpoint is whole only with the optimiser’s moments that were written; its weights are read without them', async () => {
  const folder = await folderForTest();
  await mkdir(join(folder, 'checkpoints'));
  const weights = Buffer.from('the weights');
  const state = { step: 4, optimizerStep: 4, seed: 0, epoch: 0 };
  await writeCheckpoint(folder, state, [weights], [Buffer.from('the moments')]);
  expect(await readCheckpoint(folder, 4)).toMatchObject({ weights, optimizer: Buffer.from('the moments') });
  const at = join(folder, 'checkpoints', stepName(4));
  await writeFile(join(at, 'optimizer.safetensors'), 'other moments');
  const sentence = 'optimizer.safetensors is not the file that was written. Use another checkpoint.';
  await expect(readCheckpoint(folder, 4)).rejects.toThrow(sentence);
  const { newest, unusable } = await newestUsable(folder, (checkpoint) => checkpoint);
  expect(newest).toBeUndefined();
  expect(unusable).toMatchObject([{ step: 4, until: 'never' }]);
  expect(unusable[0]!.sentence).toContain(sentence);
  expect((await readWeights(folder, 4)).bytes).toEqual(weights);
  await rm(join(at, 'optimizer.safetensors'));
  await expect(readCheckpoint(folder, 4)).rejects.toThrow(sentence);
  expect((await readWeights(folder, 4)).bytes).toEqual(weights);
});

it('a run that a full disk or a kill kept from being made can be made again in its folder; what is a person’s stays', async () => {
  const parent = await folderForTest();
  const folder = join(parent, 'new');
  const full = Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', syscall: 'write' });
  vi.mocked(safeFiles.writeWhole).mockRejectedValueOnce(full);
  await expect(createRun(folder, run)).rejects.toThrow('ENOSPC');
  expect(await readdir(parent)).toEqual([]);
  // What a kill leaves of today's and of earlier versions' ways.
  await mkdir(join(folder, 'samples'), { recursive: true });
  await writeFile(join(folder, 'run.json.part'), '{');
  await writeFile(join(folder, '.part-1-0123456789ab'), '{');
  await createRun(folder, run);
  expect((await listRuns(parent)).runs.map(({ id }) => id)).toEqual(['new']);
  const own = join(parent, 'own');
  await mkdir(join(own, 'samples'), { recursive: true });
  await writeFile(join(own, 'samples', 'mine.png'), 'mine');
  await expect(createRun(own, run)).rejects.toThrow('is not empty and holds no run');
  expect(await readFile(join(own, 'samples', 'mine.png'), 'utf8')).toBe('mine');
});

it.each([
  ['threads', { device: { ...run.device, intraOpThreads: 16_000 } }, 'device.intraOpThreads'],
  ['threads of the other kind', { device: { ...run.device, interOpThreads: 513 } }, 'device.interOpThreads'],
  ['steps', { steps: 1e12 }, 'steps'],
  ['steps between checkpoints', { checkpointEvery: 1e12 }, 'checkpointEvery'],
  ['steps between measurements', { measureEvery: 1e12 }, 'measureEvery'],
] as const)(
  'a run.json that asks for far too many %s is refused with its place in the file',
  async (_, wrong, place) => {
    const folder = await folderForTest();
    await writeFile(join(folder, 'run.json'), JSON.stringify({ ...run, ...wrong }));
    await expect(readRun(folder)).rejects.toMatchObject({
      code: 'damaged',
      message: expect.stringContaining(`. ${place} must be `) as string,
    });
  },
);

it('a newer version’s run.json is told from a damaged one', async () => {
  const folder = await folderForTest();
  await writeFile(join(folder, 'run.json'), JSON.stringify({ ...run, version: 2, more: true }));
  await expect(readRun(folder)).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('was written by a newer version of the Studio') as string,
  });
});
