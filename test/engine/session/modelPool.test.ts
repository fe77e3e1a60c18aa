import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { listRecipes, recipesFolder, saveRecipe } from '../../../src/engine/interventions/recipeFiles.ts';
import { ModelPool } from '../../../src/engine/session/modelPool.ts';
import { betaVaeArchitecture } from '../../../src/engine/models/betaVaeArchitecture.ts';
import { initialWeights } from '../../../src/engine/models/networkWeights.ts';
import { encodeSafetensors } from '../../../src/engine/models/safetensors.ts';
import { writeCheckpoint } from '../../../src/engine/runs/checkpoints.ts';
import { createRun, runsFolder } from '../../../src/engine/runs/runFolder.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import { temporaryFolder, tinyModel } from '../../setup/tinyTraining.ts';

let folder: string;
let remove: () => Promise<void>;
let run: string;

beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  run = join(folder, 'tiny');
  await createRun(run, {
    version: 1,
    id: 'tiny',
    createdAt: '2026-01-01T00:00:00.000Z',
    model: { kind: 'vae', preset: 'compact', hyperParameters: tinyModel },
    data: { folder: 'faces', crop: 'vae', size: 64, key: 'none', trainingImages: 1 },
    ...{ seed: 0, steps: 3, checkpointEvery: 1, measureEvery: 1, tensorboard: false, spectral: null },
    versions: { studio: '0', tensorflow: '0', tfjs: '0', node: '0' },
    device: { kind: 'cpu', intraOpThreads: 1, interOpThreads: 1 },
  });
  for (const step of [0, 1, 2]) {
    const weights = encodeSafetensors(initialWeights(betaVaeArchitecture(tinyModel), step));
    const state = { step, optimizerStep: step, seed: 0, epoch: 0 };
    await writeCheckpoint(run, state, [weights], []);
  }
});
afterAll(async () => {
  await remove();
});

describe('ModelPool', () => {
  it('opens a checkpoint once, takes the newest where none is named, and closes what is crowded out', async () => {
    const models = new ModelPool(2);
    const empty = tf.memory().numTensors;
    const first = await models.use({ run, step: 2 }, (open) => open);
    const one = tf.memory().numTensors;
    expect(await models.use({ run }, (open) => open)).toBe(first);
    for (const step of [0, 1]) await models.use({ run, step }, () => Promise.resolve());
    // The first is closed as soon as its weights are.
    await new Promise((resolve) => setImmediate(resolve));
    expect(tf.memory().numTensors - empty).toBe(2 * (one - empty));
    await models.closeAll();
    expect(tf.memory().numTensors).toBe(empty);
  });

  it('keeps a model open for who works with it, though it was crowded out', async () => {
    const models = new ModelPool(1);
    const empty = tf.memory().numTensors;
    const weights = await models.use({ run, step: 0 }, async (open) => {
      await models.use({ run, step: 1 }, () => Promise.resolve());
      return open.model.kernel('image').dataSync().length;
    });
    // 5 × 5 pixels, 3 colours.
    expect(weights).toBe(25 * 3 * tinyModel.fineChannels);
    await models.closeAll();
    expect(tf.memory().numTensors).toBe(empty);
  });

  it('tries anew what could not be opened', async () => {
    const models = new ModelPool(1);
    const missing = models.use({ run, step: 9 }, () => Promise.resolve());
    await expect(missing).rejects.toThrow('has no checkpoint at step 9');
    const weights = encodeSafetensors(initialWeights(betaVaeArchitecture(tinyModel), 9));
    await writeCheckpoint(run, { step: 9, optimizerStep: 9, seed: 0, epoch: 0 }, [weights], []);
    expect(await models.use({ run, step: 9 }, (open) => open.step)).toBe(9);
    await rm(join(run, 'checkpoints', 'step-00000009'), { recursive: true });
    await models.closeAll();
  });
});

describe('recipes of a run', () => {
  it('lie in its own folder, and beside the runs for the model that comes along', () => {
    expect(recipesFolder(run)).toBe(join(run, 'recipes'));
    vi.stubEnv('EXTRAPOLATION_BUNDLED_MODEL', run);
    expect(recipesFolder(run)).toBe(join(runsFolder(), 'recipes'));
    expect(recipesFolder('bundled')).toBe(join(runsFolder(), 'recipes'));
    vi.unstubAllEnvs();
  });

  it('are saved under their name and listed; other files are left out', async () => {
    const recipes = join(folder, 'kept');
    expect(await listRecipes(recipes)).toEqual([]);
    const saved = await saveRecipe(recipes, { version: 1, name: 'Hair, magenta', steps: [] });
    expect(saved).toMatchObject({
      name: 'Hair, magenta',
      file: join(recipes, 'hair-magenta.recipe.json'),
      steps: 0,
    });
    await writeFile(join(recipes, 'other.json'), '{"version":1}');
    await mkdir(join(recipes, 'folder.json'));
    expect((await listRecipes(recipes)).map(({ name }) => name)).toEqual(['Hair, magenta']);
  });
});
