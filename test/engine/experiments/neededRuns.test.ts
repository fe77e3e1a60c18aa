import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { spectralDefaults, vaePresets } from '../../../src/contract/hyperParameters.ts';
import type { RunFile } from '../../../src/contract/runFiles.ts';
import type { NeededRun } from '../../../src/engine/experiments/experiment.ts';
import {
  clearUnbegunRun,
  distinctRuns,
  nameOfRun,
  requireFits,
  trainArguments,
} from '../../../src/engine/experiments/neededRuns.ts';
import type { WantedData } from '../../../src/engine/experiments/neededRuns.ts';
import { scalePlans } from '../../../src/engine/experiments/scales.ts';
import { temporaryFolder } from '../../setup/tinyTraining.ts';

const plain: NeededRun = { kind: 'vae', seed: 0, spectral: false, set: 'default' };
const data: WantedData = { folder: '/faces', keyOf: () => Promise.resolve('key'), faceSet: undefined };
const run: RunFile = {
  version: 1,
  id: 'vae-seed0-plain',
  createdAt: '2026-01-01T00:00:00.000Z',
  model: { kind: 'vae', preset: 'compact', hyperParameters: vaePresets.compact },
  data: { folder: '/faces', crop: 'vae', size: 64, key: 'key', trainingImages: 7200 },
  seed: 0,
  steps: 20_000,
  checkpointEvery: 500,
  measureEvery: 50,
  tensorboard: false,
  spectral: null,
  versions: { studio: '0', tensorflow: '0', tfjs: '0', node: '0' },
  device: { kind: 'cpu', intraOpThreads: 1, interOpThreads: 1 },
};

let place: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  place = await temporaryFolder();
});
afterEach(() => place.remove());

it('names a run by what it is', () => {
  expect(nameOfRun(plain)).toBe('vae-seed0-plain');
  expect(nameOfRun({ ...plain, seed: 2, spectral: true })).toBe('vae-seed2-spectral');
  expect(nameOfRun({ ...plain, set: 'hard' })).toBe('vae-hard-seed0-plain');
  expect(nameOfRun({ ...plain, kind: 'dcgan' })).toBe('dcgan-seed0');
  expect(distinctRuns([plain, { ...plain }, { ...plain, seed: 1 }]).map(nameOfRun)).toEqual([
    'vae-seed0-plain',
    'vae-seed1-plain',
  ]);
});

it('asks the trainer for the scale’s steps and sizes', () => {
  const words = trainArguments({ ...plain, spectral: true }, scalePlans.quick, '/faces', '/runs/a').join(' ');
  expect(words).toContain('train --data /faces --run /runs/a --model vae --preset compact --steps 60');
  expect(words).toContain('--fine-channels 16');
  expect(words).toContain('--spectral');
  const asked = (needed: NeededRun): string =>
    trainArguments(needed, scalePlans.photographs, '/p', '/r').join(' ');
  expect(asked(plain)).toContain('--model vae --preset photographs --steps 20000');
  // There is no DCGAN for photographs alone.
  expect(asked({ ...plain, kind: 'dcgan' })).toContain('--model dcgan --preset compact --steps 5000');
});

it('takes a run that goes further than the scale, and no other', async () => {
  const fits = (other: Partial<RunFile>, needed = plain): Promise<void> =>
    requireFits('/runs/a', { ...run, ...other }, needed, scalePlans.compact, data);
  await expect(fits({})).resolves.toBeUndefined();
  await expect(fits({ seed: 1 })).rejects.toThrow(/the seed 1 .*compact scale.*another folder/);
  await expect(fits({ spectral: spectralDefaults })).rejects.toThrow('another spectral step');
  await expect(fits({ spectral: spectralDefaults }, { ...plain, spectral: true })).resolves.toBeUndefined();
  await expect(fits({ data: { ...run.data, key: 'other' } })).rejects.toThrow('other pictures (/faces)');
  const small = { ...vaePresets.compact, width: 8 };
  await expect(fits({ model: { kind: 'vae', preset: 'compact', hyperParameters: small } })).rejects.toThrow(
    'sizes or rates',
  );
  await expect(
    fits({ model: { kind: 'vae', preset: 'compact', hyperParameters: small } }),
  ).rejects.toMatchObject({
    code: 'wrong-usage',
  });
});

it('clears away a run folder that was never begun, and nothing that holds anything else', async () => {
  const begun = join(place.folder, 'begun');
  await mkdir(join(begun, 'samples'), { recursive: true });
  await writeFile(join(begun, 'notes.txt'), 'mine');
  await clearUnbegunRun(begun);
  expect(existsSync(join(begun, 'notes.txt'))).toBe(true);

  const unbegun = join(place.folder, 'unbegun');
  await mkdir(join(unbegun, 'checkpoints'), { recursive: true });
  await clearUnbegunRun(unbegun);
  expect(existsSync(unbegun)).toBe(false);
});
