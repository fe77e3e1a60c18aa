import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { makeFaces } from '../../../src/engine/data/faces/makeFaces.ts';
import { planSweep } from '../../../src/engine/sweeps/planSweep.ts';
import { createSweep } from '../../../src/engine/sweeps/sweepFolder.ts';
import { trainCell } from '../../../src/engine/sweeps/trainCell.ts';
import { temporaryFolder } from '../../setup/tinyTraining.ts';

let place: Awaited<ReturnType<typeof temporaryFolder>>;

beforeEach(async () => {
  place = await temporaryFolder();
  vi.stubEnv('EXTRAPOLATION_CACHE', join(place.folder, 'cache'));
  vi.stubEnv('EXTRAPOLATION_RUNS', join(place.folder, 'runs'));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await place.remove();
});

it('a cell is not trained on other pictures than the cells before it', async () => {
  const faces = join(place.folder, 'faces');
  await makeFaces({ out: faces, count: 24, seed: 3 });
  const grid = 'seed=0..1 width=4 fineChannels=4 latent=8 batch=4';
  const plan = await planSweep({ grid, data: faces, steps: 1 }, {});
  const out = join(place.folder, 'kl');
  await createSweep(out, plan, { kind: 'local' });
  const cell = (index: number) => trainCell({ sweep: out, index }, () => Promise.resolve({}), {});
  expect(await cell(0)).toMatchObject({ phase: 'finished', step: 1 });
  await rm(faces, { recursive: true });
  await makeFaces({ out: faces, count: 24, seed: 4 });
  await expect(cell(1)).rejects.toMatchObject({
    code: 'wrong-usage',
    message: `The pictures in ${faces} have changed since the cell seed0 of this sweep began, so that the two could not be compared. Restore the folder and resume the sweep, or begin a new one.`,
  });
  expect(existsSync(join(out, 'seed1', 'run.json'))).toBe(false);
  await rm(faces, { recursive: true });
  await makeFaces({ out: faces, count: 24, seed: 3 });
  expect(await cell(1)).toMatchObject({ phase: 'finished', step: 1 });
});
