import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it, onTestFinished } from 'vitest';
import { exportRowSchema } from '../../../src/contract/exports.ts';
import type { Recipe } from '../../../src/contract/recipe.ts';
import { exportSet } from '../../../src/engine/export/exportSet.ts';
import { seedSources } from '../../../src/engine/export/sources.ts';
import { applyRecipe } from '../../../src/engine/interventions/applyRecipe.ts';
import { latentsFromSeeds } from '../../../src/engine/models/layeredGenerator.ts';
import { bytesFromFloats } from '../../../src/engine/pictures/raster.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import { temporaryFolder } from '../../setup/tinyTraining.ts';
import { smallGenerator } from '../interventions/smallGenerator.ts';

const recipes: Recipe[] = [
  { version: 1, name: 'plain', steps: [] },
  {
    ...{ version: 1, name: 'inverted' },
    steps: [{ kind: 'fluoHair', channels: [1, 2], map: { kind: 'negate' }, enabled: true }],
  },
  {
    ...{ version: 1, name: 'wide' },
    steps: [{ kind: 'stretch', level: 'image', axis: 'horizontal', factor: 1.5, enabled: true }],
  },
];

it('each file has the picture of the seed and of the recipe that its row names', async () => {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  const generator = smallGenerator();
  const out = join(folder, 'set');
  const count = 4;
  await exportSet({
    generator,
    origin: { studio: '0', run: 'small', step: 7, weightsSha256: 'a'.repeat(64) },
    ...{ recipes, sources: seedSources(3, count), seed: 3, format: 'png', quality: 95, out },
  });
  const drawn = recipes.map((recipe) =>
    tf.tidy(() => {
      const z = latentsFromSeeds([3, 4, 5, 6], generator.latent);
      return bytesFromFloats(applyRecipe(generator, recipe, z).dataSync<'float32'>());
    }),
  );
  generator.dispose();
  const lines = (await readFile(join(out, 'train', 'metadata.jsonl'), 'utf8')).trimEnd().split('\n');
  const rows = lines.map((line) => exportRowSchema.parse(JSON.parse(line)));
  expect(rows.map(({ seed, recipe }) => [seed, recipe])).toEqual(
    [3, 4, 5, 6].flatMap((seed) => recipes.map(({ name }) => [seed, name])),
  );
  const size = 64 * 64 * 3;
  for (const { file_name, seed, recipe_number } of rows) {
    const pixels = await sharp(join(out, 'train', file_name))
      .raw()
      .toBuffer();
    const own = drawn[recipe_number]!.subarray((seed - 3) * size, (seed - 2) * size);
    expect(pixels.equals(own), file_name).toBe(true);
  }
});
