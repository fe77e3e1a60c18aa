import { mkdir, readdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  checkpointSteps,
  readCheckpoint,
  newestUsable,
  removeUnfinishedCheckpoints,
  writeCheckpoint,
} from '../../../src/engine/runs/checkpoints.ts';
import { keepMetricsUpTo, readMetrics } from '../../../src/engine/runs/metricsFile.ts';
import { runPaths, stepName } from '../../../src/engine/runs/runFolder.ts';
import { temporaryFolder } from '../../setup/tinyTraining.ts';

let place: Awaited<ReturnType<typeof temporaryFolder>>;

beforeEach(async () => {
  place = await temporaryFolder();
  await mkdir(runPaths(place.folder).checkpoints);
});
afterEach(() => place.remove());

async function write(step: number): Promise<void> {
  const state = { step, optimizerStep: step, seed: 1, epoch: 0 };
  await writeCheckpoint(
    place.folder,
    state,
    [Buffer.from(`weights ${step}`)],
    [Buffer.from(`moments ${step}`)],
  );
}

describe('checkpoints', () => {
  it('are read back whole, in order of their steps', async () => {
    await write(20);
    await write(3);
    expect(await checkpointSteps(place.folder)).toEqual([3, 20]);
    const { state, weights, optimizer } = await readCheckpoint(place.folder, 3);
    expect([state.step, weights.toString(), optimizer.toString()]).toEqual([3, 'weights 3', 'moments 3']);
  });

  it('that were damaged are named, and the newest whole one is used', async () => {
    await write(1);
    await write(2);
    const file = join(runPaths(place.folder).checkpoints, stepName(2), 'weights.safetensors');
    await truncate(file, 4);
    const { newest, unusable } = await newestUsable(place.folder, ({ state }) => state.step);
    expect(newest).toBe(1);
    const sentence = `${file} is not the file that was written. Use another checkpoint.`;
    expect(unusable).toEqual([{ step: 2, until: 'never', sentence }]);
    await expect(readCheckpoint(place.folder, 2)).rejects.toMatchObject({ code: 'damaged' });
  });

  it('half written by a killed process are never seen, and cleared away', async () => {
    const left = join(runPaths(place.folder).checkpoints, '.part-1-abc');
    await mkdir(left);
    await writeFile(join(left, 'weights.safetensors'), 'half');
    expect(await checkpointSteps(place.folder)).toEqual([]);
    await removeUnfinishedCheckpoints(place.folder);
    expect(await readdir(runPaths(place.folder).checkpoints)).toEqual([]);
  });

  it('that are not there are refused with the steps that are', async () => {
    await write(7);
    await expect(readCheckpoint(place.folder, 8)).rejects.toThrow('no checkpoint at step 8. It has 7.');
  });
});

describe('measurements', () => {
  it('lose a last line cut off by a kill, and those after the checkpoint that is resumed from', async () => {
    const line = (step: number): string =>
      JSON.stringify({ step, seconds: step, values: { loss: 1 / step } });
    await writeFile(runPaths(place.folder).metrics, `${line(1)}\n${line(2)}\n${line(3)}\n{"step":4,"sec`);
    expect((await readMetrics(place.folder)).map(({ step }) => step)).toEqual([1, 2, 3]);
    await keepMetricsUpTo(place.folder, 2);
    expect((await readMetrics(place.folder)).map(({ step }) => step)).toEqual([1, 2]);
  });
});
