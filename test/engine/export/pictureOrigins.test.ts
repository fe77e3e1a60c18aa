import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { originOf } from '../../../src/contract/pictureOrigin.ts';
import type { PictureOrigin } from '../../../src/contract/pictureOrigin.ts';
import { colourMapSchema } from '../../../src/contract/recipe.ts';
import type { Recipe } from '../../../src/contract/recipe.ts';
import { studioVersion } from '../../../src/contract/studioVersion.ts';
import { exportPictures } from '../../../src/engine/export/exportPictures.ts';
import { savedPicture } from '../../../src/engine/export/savedPicture.ts';
import { apply, sample } from '../../../src/engine/export/writePictures.ts';
import { recipeOfPicture } from '../../../src/engine/interventions/recipeOfPicture.ts';
import { writeRecipe } from '../../../src/engine/interventions/readRecipe.ts';
import { recipePictures } from '../../../src/engine/interventions/recipePictures.ts';
import { bundledModelFolder } from '../../../src/engine/runs/bundledModel.ts';
import { weightsHash } from '../../../src/engine/runs/checkpoints.ts';
import { runOfPicture } from '../../../src/engine/runs/runOfPicture.ts';
import { closeModels, withModel } from '../../../src/engine/session/modelPool.ts';
import { temporaryFolder } from '../../setup/tinyTraining.ts';

const step = 12000;
const recipe: Recipe = {
  ...{ version: 1, name: 'Negative' },
  steps: [
    { kind: 'fluoHair', channels: [1, 2], map: colourMapSchema.parse({ kind: 'negate' }), enabled: true },
  ],
};

afterEach(closeModels);

let place = '';
let remove: () => Promise<void>;
let hash = '';
beforeAll(async () => {
  const made = await temporaryFolder();
  place = made.folder;
  remove = made.remove;
  await mkdir(join(place, 'runs'));
  vi.stubEnv('EXTRAPOLATION_RUNS', join(place, 'runs'));
  hash = (await weightsHash(bundledModelFolder(), step))!;
  await writeFile(join(place, 'recipe.json'), writeRecipe(recipe));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await remove();
});

const made = (part: Partial<PictureOrigin>): PictureOrigin => ({
  ...{ format: 'extrapolation-studio picture', version: 1, studio: studioVersion, run: 'bundled', step },
  ...{ weightsSha256: hash, sources: [], recipe: null },
  ...part,
});
const originAt = async (...parts: string[]): Promise<PictureOrigin | null> =>
  originOf(await readFile(join(place, ...parts)), parts.at(-1)!);
const seed = (number: number): PictureOrigin['sources'][number] => ({ kind: 'seed', seed: number });

describe('pictures that are written', () => {
  it('apply: each its own seed, the grid all of them', async () => {
    const out = join(place, 'applied');
    const source = { kind: 'seeds' as const, seeds: [3, 9] };
    await apply({ run: 'bundled', recipe: join(place, 'recipe.json'), source, out }, {});
    expect(await originAt('applied', 'seed-000009.png')).toEqual(made({ sources: [seed(9)], recipe }));
    const grid = made({ sources: [seed(3), seed(9)], recipe, sheet: 'Pairs: before, after' });
    expect(await originAt('applied', 'before-after.png')).toEqual(grid);
  });

  it('sample: the seeds, and no recipe', async () => {
    await sample({ run: 'bundled', seeds: [1, 2], columns: 2, out: join(place, 's.png') }, {});
    expect(await originAt('s.png')).toEqual(made({ sources: [seed(1), seed(2)] }));
  });

  it('export: in PNG alone, and without a recipe that would outweigh the picture', async () => {
    const asked = { run: 'bundled', recipes: [join(place, 'recipe.json')], count: 1, seed: 5 };
    await exportPictures({ ...asked, format: 'png', out: join(place, 'png') }, {});
    expect(await originAt('png', 'train', '000001.png')).toEqual(made({ sources: [seed(5)], recipe }));
    await exportPictures({ ...asked, format: 'webp', out: join(place, 'webp') }, {});
    expect(await originAt('webp', 'train', '000001.webp')).toBeNull();
    const long = {
      ...recipe,
      steps: Array.from({ length: 100 }, () => ({
        ...recipe.steps[0]!,
        channels: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
      })),
    };
    await writeFile(join(place, 'long.json'), writeRecipe(long));
    const longAsked = { ...asked, recipes: [join(place, 'long.json')], format: 'png' as const };
    await exportPictures({ ...longAsked, out: join(place, 'long') }, {});
    expect(await originAt('long', 'train', '000001.png')).toEqual(
      made({ sources: [seed(5)], recipeIn: 'manifest.json' }),
    );
  });

  it('a page’s: the pixels that it shows', async () => {
    const source = { kind: 'seeds' as const, seeds: [4] };
    const { png, shown } = await withModel({ run: 'bundled' }, async (open) => ({
      png: (await savedPicture(open, { source, recipe, scale: 2, columns: 6 })).png,
      shown: await recipePictures(open, source, recipe),
    }));
    const bytes = new Uint8Array(await png.arrayBuffer());
    expect(originOf(bytes, 'p.png')).toEqual(made({ sources: [seed(4)], recipe }));
    const small = await sharp(bytes).resize(64, 64, { kernel: 'nearest' }).raw().toBuffer();
    expect(small.equals(new Uint8Array(await shown.pixels.arrayBuffer()))).toBe(true);
  });
});

describe('the recipe of a picture', () => {
  it('is read, told with its run, and written as a recipe file', async () => {
    const picture = join(place, 'applied', 'seed-000009.png');
    const out = join(place, 'again.json');
    const shown = await recipeOfPicture({ picture, out });
    expect(shown).toEqual({
      origin: made({ sources: [seed(9)], recipe }),
      description: [expect.stringMatching(/^FluoHair/)],
      found: { run: 'bundled', step, note: null },
      written: out,
    });
    expect(await readFile(out, 'utf8')).toBe(writeRecipe(recipe));
  });

  it('is refused in a sentence where there is none', async () => {
    const plain = join(place, 'plain.png');
    await writeFile(
      plain,
      await sharp({ create: { width: 1, height: 1, channels: 3, background: 'red' } })
        .png()
        .toBuffer(),
    );
    const none = recipeOfPicture({ picture: plain });
    await expect(none).rejects.toThrow(/plain\.png does not say how it was made/);
    await expect(recipeOfPicture({ picture: place })).rejects.toThrow(/is no picture/);
    await expect(recipeOfPicture({ picture: join(place, 'gone.png') })).rejects.toThrow(
      /no readable picture/,
    );
    const without = recipeOfPicture({ picture: join(place, 's.png'), out: join(place, 'x.json') });
    await expect(without).rejects.toThrow('s.png carries no recipe to write. It was made without one.');
  });
});

describe('the run of a picture', () => {
  it('is found by its weights under another name', async () => {
    await cp(bundledModelFolder(), join(place, 'runs', 'copied'), { recursive: true });
    const found = await runOfPicture({ run: 'theirs', step, weightsSha256: hash });
    expect(found).toEqual({ run: 'copied', step, note: 'Its run theirs is called copied here.' });
    await rm(join(place, 'runs', 'copied'), { recursive: true });
  });

  it('is named where it is not here, and where it is not what it was', async () => {
    const gone = await runOfPicture({ run: '../theirs', step: 50, weightsSha256: 'c'.repeat(64) });
    expect(gone).toMatchObject({ run: null, step: null });
    expect(gone.note).toMatch(
      /^The picture was made by the run \.\.\/theirs at step 50, which is not here\./,
    );
    const other = await runOfPicture({ run: 'bundled', step, weightsSha256: 'c'.repeat(64) });
    expect(other).toMatchObject({ run: 'bundled', step });
    expect(other.note).toMatch(/has other weights/);
    const step5 = await runOfPicture({ run: 'bundled', step: 5, weightsSha256: hash });
    expect(step5).toMatchObject({ run: 'bundled', step });
    expect(step5.note).toMatch(/The newest one is shown\.$/);
  });
});
