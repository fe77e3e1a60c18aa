import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { exportManifestSchema } from '../../../src/contract/exports.ts';
import type { Reach } from '../../../src/contract/reach.ts';
import type { Recipe, RecipeStep } from '../../../src/contract/recipe.ts';
import { exportPictures } from '../../../src/engine/export/exportPictures.ts';
import { apply } from '../../../src/engine/export/writePictures.ts';
import { writeRecipe } from '../../../src/engine/interventions/readRecipe.ts';
import { measureReach } from '../../../src/engine/reach/measureReach.ts';
import { reachFaces } from '../../../src/engine/reach/reachFaces.ts';
import { closeModels, withModel } from '../../../src/engine/session/modelPool.ts';
import { packFaces, temporaryFolder, tinyRun, trainInPieces } from '../../setup/tinyTraining.ts';

let folder: string;
let faces: string;
let run: string;
let heldOut: number;
let remove: () => Promise<void>;

beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  const images = await packFaces(folder, 60);
  run = join(folder, 'run');
  faces = images.manifest.source;
  heldOut = images.indicesOf('validation').length + images.indicesOf('test').length;
  await trainInPieces(run, tinyRun(images, { steps: 4 }), images, []);
  images.close();
}, 120_000);
afterAll(async () => {
  await remove();
});
afterEach(closeModels);

const paint: RecipeStep = { kind: 'fluoHair', channels: [0, 1], map: { kind: 'negate' }, enabled: true };
const stretch: RecipeStep = {
  kind: 'stretch',
  ...{ level: 'fine', axis: 'vertical', factor: 2, enabled: true },
};
const recipeOf = (name: string, ...steps: RecipeStep[]): Recipe => ({ version: 1, name, steps });
const measure = (recipe: Recipe): Promise<Reach | null> => {
  vi.stubEnv('EXTRAPOLATION_CACHE', join(folder, 'cache'));
  return withModel({ run }, (open) => measureReach(open, recipe, {}));
};

it('is measured on held-out faces by their true masks, for the steps of FluoHair that are switched on', async () => {
  const reach = await measure(recipeOf('a', paint));
  expect(heldOut).toBeGreaterThan(0);
  expect(reach).toMatchObject({ faces: heldOut, source: 'held-out', regions: 'masks', parts: ['hair'] });
  expect(await measure(recipeOf('b', stretch, paint, { ...paint, enabled: false }))).toBe(reach);
  expect(await measure(recipeOf('a', stretch, { ...paint, enabled: false }))).toBeNull();
});

it('is measured on faces of seeds where the pictures are not at hand', async () => {
  await rename(faces, `${faces}-away`);
  try {
    const reach = await withModel({ run }, async (open) => {
      reachFaces.forget(open, null);
      return measureReach(open, recipeOf('c', { ...paint, channels: [1] }), {});
    });
    expect(reach).toMatchObject({ faces: 64, source: 'seeds', regions: 'rough' });
    await withModel({ run }, (open) => {
      reachFaces.forget(open, null);
    });
  } finally {
    await rename(`${faces}-away`, faces);
  }
});

it('comes with what is applied and exported: in the answer, the manifest and the README', async () => {
  const files = [recipeOf('Negated', paint), recipeOf('Taller', stretch)].map((recipe) => ({
    file: join(folder, `${recipe.name}.json`),
    text: writeRecipe(recipe),
  }));
  for (const { file, text } of files) await writeFile(file, text);
  const reach = await measure(recipeOf('a', paint));
  const asked = { run, recipe: files[0]!.file, source: { kind: 'seeds' as const, seeds: [1] } };
  expect((await apply({ ...asked, out: join(folder, 'applied') }, {})).reach).toEqual(reach);

  const out = join(folder, 'set');
  const recipes = files.map(({ file }) => file);
  await exportPictures({ run, out, recipes, count: 1, seed: 1, format: 'png' }, {});
  const manifest = exportManifestSchema.parse(JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8')));
  expect(manifest.reaches).toEqual([reach, null]);
  const readme = await readFile(join(out, 'README.md'), 'utf8');
  const words = reach!.verdict === 'warn' ? `**Take care.** ${reach!.sentence}` : reach!.sentence;
  expect(readme).toContain(
    `0. **Negated**\n   - ${manifest.plan.recipes[0]!.description[0]!}\n   - ${words}\n1. **Taller**\n`,
  );
  expect(readme).toMatch(
    /\n---\n\n# .*\n\n2 pictures of 64 × 64 pixels, .* at step 4, first seed 1: one source, each with 2 recipes/,
  );
});
