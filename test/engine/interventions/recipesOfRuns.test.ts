import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { saveRecipe } from '../../../src/engine/interventions/recipeFiles.ts';
import { recipesOfRuns } from '../../../src/engine/interventions/recipesOfRuns.ts';
import { createRun, runPaths } from '../../../src/engine/runs/runFolder.ts';
import { plainRun, temporaryFolder } from '../../setup/tinyTraining.ts';

let root: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder: root, remove } = await temporaryFolder());
  vi.stubEnv('EXTRAPOLATION_RUNS', root);
  vi.stubEnv('EXTRAPOLATION_BUNDLED_MODEL', join(root, 'bundled-model'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await remove();
});

async function save(recipes: string, name: string): Promise<void> {
  await saveRecipe(recipes, { version: 1, name, steps: [] });
}

it('lists the recipes of all runs, those of the run that is asked about first', async () => {
  for (const id of ['faces', 'photos', 'without']) await createRun(join(root, id), plainRun);
  await createRun(join(root, 'bundled-model'), plainRun);
  await save(runPaths(join(root, 'faces')).recipes, 'Of faces');
  await save(runPaths(join(root, 'photos')).recipes, 'Of photos');
  // What is made with the model that comes along lies beside the runs.
  await save(runPaths(root).recipes, 'Of the bundled model');
  const listed = async (run: string): Promise<unknown[]> =>
    (await recipesOfRuns(run)).map((recipe) => [recipe.run, recipe.name, recipe.isOwn]);
  expect(await listed('photos')).toEqual([
    ['photos', 'Of photos', true],
    ['bundled', 'Of the bundled model', false],
    ['faces', 'Of faces', false],
  ]);
  expect(await listed('bundled')).toEqual([
    ['bundled', 'Of the bundled model', true],
    ['faces', 'Of faces', false],
    ['photos', 'Of photos', false],
  ]);
  expect(await listed('without')).toHaveLength(3);
  await expect(recipesOfRuns('gone')).rejects.toMatchObject({ code: 'not-found' });
});
