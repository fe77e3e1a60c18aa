import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RecipeHistory } from '../../../src/contract/intervene.ts';
import type { Recipe } from '../../../src/contract/recipe.ts';
import {
  forgetPhotos,
  storePhotos,
  photosFolder,
  readPhotos,
} from '../../../src/engine/session/droppedPhotos.ts';
import { listRecipes, readHistory, saveRecipe } from '../../../src/engine/interventions/recipeFiles.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'photos-'));
  vi.stubEnv('EXTRAPOLATION_RUNS', root);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true });
});

const photo = (text: string): Blob => new Blob([text]);

describe('photos that were dropped', () => {
  it('are found again with their names, in their order, until they are forgotten', async () => {
    expect(await readPhotos()).toBeNull();
    await storePhotos({ names: ['../../me.png', 'b.jpg'], photos: [photo('one'), photo('two')] });
    const stored = await readPhotos();
    expect(stored?.names).toEqual(['../../me.png', 'b.jpg']);
    expect(await Promise.all((stored?.photos ?? []).map((each) => each.text()))).toEqual(['one', 'two']);
    // No name of a person's becomes a path.
    expect((await readdir(photosFolder())).sort()).toEqual(['photo-01', 'photo-02', 'photos.json']);
    await forgetPhotos();
    expect(existsSync(photosFolder())).toBe(false);
    expect(await readPhotos()).toBeNull();
  });

  it('take the place of those before, and are none where one is lost', async () => {
    await storePhotos({ names: ['a', 'b'], photos: [photo('one'), photo('two')] });
    await storePhotos({ names: ['c'], photos: [photo('three')] });
    expect((await readPhotos())?.names).toEqual(['c']);
    await rm(join(photosFolder(), 'photo-01'));
    expect(await readPhotos()).toBeNull();
  });

  it('are refused beyond 100 MB, with a sentence', async () => {
    const large = new Blob([new Uint8Array(60_000_000)]);
    await expect(storePhotos({ names: ['a', 'b'], photos: [large, large] })).rejects.toThrow(
      'These photos take 120 MB and at most 100 MB are kept',
    );
    expect(existsSync(photosFolder())).toBe(false);
  });
});

describe('the history of a recipe', () => {
  const recipe: Recipe = { version: 1, name: 'Hair', steps: [] };
  const scaled: Recipe = {
    ...recipe,
    steps: [{ kind: 'scale', level: 'fine', channels: [1], factor: 2, enabled: true }],
  };
  const history: RecipeHistory = {
    states: [
      { words: 'Start', at: 1, what: 'start', recipe },
      { words: 'Add Scale', at: 2, what: 'Add Scale', recipe: scaled },
    ],
    now: 1,
  };

  it('is saved beside the recipe, and is no recipe of the list', async () => {
    const folder = join(root, 'recipes');
    const { file } = await saveRecipe(folder, scaled, history);
    expect(await readHistory(file)).toEqual(history);
    expect((await listRecipes(folder)).map(({ name }) => name)).toEqual(['Hair']);
  });

  it('is nothing where the recipe was saved without one, changed by hand, or the file is damaged', async () => {
    const folder = join(root, 'recipes');
    const { file } = await saveRecipe(folder, scaled, history);
    await writeFile(file, JSON.stringify(recipe));
    expect(await readHistory(file)).toBeNull();
    await saveRecipe(folder, scaled, history);
    await writeFile(join(folder, 'history', basename(file)), '{');
    expect(await readHistory(file)).toBeNull();
    await saveRecipe(folder, scaled, history);
    await saveRecipe(folder, scaled);
    expect(await readHistory(file)).toBeNull();
  });
});
