import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { modelKinds } from '../../../src/contract/hyperParameters.ts';
import type { TrainRequest } from '../../../src/contract/runs.ts';
import { createTrainingRun } from '../../../src/engine/training/createTrainingRun.ts';
import { makeFaces } from '../../../src/engine/data/faces/makeFaces.ts';
import { readRun } from '../../../src/engine/runs/runFolder.ts';
import { functionBinding } from '../../../src/engine/tensorflow/functionBinding.ts';
import { temporaryFolder, tinyDcgan, tinyModel } from '../../setup/tinyTraining.ts';

let root: string;
let data: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ folder: root, remove } = await temporaryFolder());
  vi.stubEnv('EXTRAPOLATION_CACHE', join(root, 'cache'));
  vi.stubEnv('EXTRAPOLATION_RUNS', join(root, 'runs'));
  data = join(root, 'faces');
  await makeFaces({ out: data, count: 24, seed: 3 });
}, 60_000);
afterAll(async () => {
  vi.unstubAllEnvs();
  await remove();
});

const asked = (name: string, changes: Partial<TrainRequest> = {}): TrainRequest => ({
  ...{ data, folder: join(root, name), steps: 30, hyperParameters: tinyModel },
  ...changes,
});

describe('a new run', () => {
  it.each(modelKinds)(
    'of a %s has the crop of that model’s base code, which has the model’s name',
    async (model) => {
      const hyperParameters = model === 'vae' ? tinyModel : tinyDcgan;
      const { run } = await createTrainingRun(asked(`crop-${model}`, { model, hyperParameters }), {});
      expect(run.data.crop).toBe(model);
      expect(run.model.kind).toBe(model);
    },
  );

  it('has the crop that was asked for, whatever the model', async () => {
    const { run } = await createTrainingRun(asked('crop-full', { crop: 'full' }), {});
    expect(run.data.crop).toBe('full');
  });

  it('keeps what was asked in run.json: each setting, no other’s in its place', async () => {
    const spectral = { gamma: 0.2, cap: 0.03, grid: 'native', variant: 'gradient' } as const;
    const request = asked('all', {
      ...{ seed: 11, steps: 41, checkpointEvery: 7, measureEvery: 3, tensorboard: true, spectral },
      ...{ preset: 'paper', hyperParameters: { ...tinyModel, klWeight: 0.7 } },
    });
    const { folder, run } = await createTrainingRun(request, {});
    expect(await readRun(folder)).toEqual(run);
    expect(run).toMatchObject({
      ...{ id: 'all', seed: 11, steps: 41, checkpointEvery: 7, measureEvery: 3, tensorboard: true, spectral },
      model: { kind: 'vae', preset: 'paper', hyperParameters: { ...tinyModel, klWeight: 0.7 } },
      data: { folder: data, size: 64, decoding: 2 },
    });
  });

  it('says how its steps are run', async () => {
    const { run } = await createTrainingRun(asked('steps-whole'), {});
    expect(run.device.steps).toBe(functionBinding() === undefined ? 'eager' : 'function');
    vi.stubEnv('EXTRAPOLATION_STEP', 'eager');
    const { run: other } = await createTrainingRun(asked('steps-eager'), {});
    vi.stubEnv('EXTRAPOLATION_STEP', undefined);
    expect(other.device.steps).toBe('eager');
  });

  it('computes its image layer on blocks on a processor and the plain way on a GPU, or as it was asked to, and says so', async () => {
    const { run } = await createTrainingRun(asked('image-layer'), {});
    expect(run.device.imageLayer).toBe(run.device.kind === 'cpu' ? 'blocks' : 'plain');
    const { folder } = await createTrainingRun(asked('image-layer-plain', { imageLayer: 'plain' }), {});
    expect((await readRun(folder)).device.imageLayer).toBe('plain');
  });

  it('is saved four times at least, and every thousand steps', async () => {
    const every: number[] = [];
    for (const steps of [1, 30, 4000, 9000]) {
      const { run } = await createTrainingRun(asked(`steps-${steps}`, { steps }), {});
      every.push(run.checkpointEvery);
    }
    // A quarter of the steps, rounded up: 1, 8, 1000; at most 1000.
    expect(every).toEqual([1, 8, 1000, 1000]);
  });

  it('is refused where there are fewer training pictures than a batch has', async () => {
    const hyperParameters = { ...tinyModel, batch: 25 };
    await expect(createTrainingRun(asked('few', { hyperParameters }), {})).rejects.toThrow(
      /training images, fewer than one batch of 25\. Add images or choose a smaller --batch\.$/,
    );
  });
});
