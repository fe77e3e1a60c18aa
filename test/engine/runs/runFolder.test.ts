import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { RunFile } from '../../../src/contract/runFiles.ts';
import {
  readCheckpoint,
  newestUsable,
  readWeights,
  writeCheckpoint,
} from '../../../src/engine/runs/checkpoints.ts';
import { createRun, listRuns, stepName } from '../../../src/engine/runs/runFolder.ts';
import { temporaryFolder, tinyModel } from '../../setup/tinyTraining.ts';

const run: RunFile = {
  version: 1,
  id: 'one',
  createdAt: '2026-01-01T00:00:00.000Z',
  model: { kind: 'vae', preset: 'compact', hyperParameters: tinyModel },
  data: { folder: 'faces', crop: 'vae', size: 64, key: 'none', trainingImages: 8 },
  ...{ seed: 0, steps: 7, checkpointEvery: 7, measureEvery: 3, tensorboard: false, spectral: null },
  versions: { studio: '0', tensorflow: '0', tfjs: '0', node: '0' },
  device: { kind: 'cpu', intraOpThreads: 1, interOpThreads: 1 },
};

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
