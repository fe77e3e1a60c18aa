import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
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

/** The only folder of photos that there is now. */
async function setFolder(): Promise<string> {
  const sets = (await readdir(photosFolder())).filter((name) => name !== 'photos.json');
  expect(sets).toHaveLength(1);
  return join(photosFolder(), sets[0]!);
}

const photo = (text: string): Blob => new Blob([text]);

describe('photos that were dropped', () => {
  it('are found again with their names, in their order, until they are forgotten', async () => {
    expect(await readPhotos()).toBeNull();
    await storePhotos({ names: ['../../me.png', 'b.jpg'], photos: [photo('one'), photo('two')] });
    const stored = await readPhotos();
    expect(stored?.names).toEqual(['../../me.png', 'b.jpg']);
    expect(await Promise.all((stored?.photos ?? []).map((each) => each.text()))).toEqual(['one', 'two']);
    // No name of a person's becomes a path.
    expect(await readdir(await setFolder())).toEqual(['photo-01', 'photo-02']);
    await forgetPhotos();
    expect(existsSync(photosFolder())).toBe(false);
    expect(await readPhotos()).toBeNull();
  });

  it('take the place of those before, and are none where one is lost', async () => {
    await storePhotos({ names: ['a', 'b'], photos: [photo('one'), photo('two')] });
    await storePhotos({ names: ['c'], photos: [photo('three')] });
    expect((await readPhotos())?.names).toEqual(['c']);
    await rm(join(await setFolder(), 'photo-01'));
    expect(await readPhotos()).toBeNull();
  });

  it('of several tabs that drop photos at once are one tab’s, whole', async () => {
    const tabs = ['a', 'b', 'c', 'd', 'e', 'f'];
    await Promise.all(
      tabs.map((tab) =>
        storePhotos({ names: [`${tab}1`, `${tab}2`], photos: [photo(`${tab}1`), photo(`${tab}2`)] }),
      ),
    );
    const stored = await readPhotos();
    expect(stored?.names).toEqual(['f1', 'f2']);
    expect(await Promise.all((stored?.photos ?? []).map((each) => each.text()))).toEqual(['f1', 'f2']);
    await setFolder();
  });

  it('can be read by this account alone', async () => {
    await mkdir(photosFolder(), { mode: 0o755 });
    await storePhotos({ names: ['a'], photos: [photo('one')] });
    expect((await stat(photosFolder())).mode & 0o077).toBe(0);
  });

  it('that an earlier version stored, beside their list, are found', async () => {
    await mkdir(photosFolder());
    await writeFile(join(photosFolder(), 'photo-01'), 'one');
    await writeFile(join(photosFolder(), 'photos.json'), JSON.stringify({ version: 1, names: ['a'] }));
    expect((await readPhotos())?.names).toEqual(['a']);
  });

  it('are refused beyond 100 MB, with a sentence', async () => {
    const large = new Blob([new Uint8Array(60_000_000)]);
    await expect(storePhotos({ names: ['a', 'b'], photos: [large, large] })).rejects.toThrow(
      'These photos take up 120 MB and at most 100 MB are kept',
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
