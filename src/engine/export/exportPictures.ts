import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { z } from 'zod';
import type { ExportRequest, augmentedSchema } from '../../contract/exports.ts';
import type { Watch } from '../../contract/progress.ts';
import type { Reach } from '../../contract/reach.ts';
import type { Recipe } from '../../contract/recipe.ts';
import { studioVersion } from '../../contract/studioVersion.ts';
import { exportSet } from './exportSet.ts';
import { openImageSet, rowOfFile } from '../data/imageSet.ts';
import type { ImageSet } from '../data/imageSet.ts';
import type { SourceLabels } from './labels.ts';
import { exportSources } from './exportSources.ts';
import { requireRecipeFits } from '../interventions/applyRecipe.ts';
import { measureReach } from '../reach/measureReach.ts';
import { withModel } from '../session/modelPool.ts';
import { loadRecipe } from '../interventions/recipeFiles.ts';

/** Quality of lossy formats: no difference is seen at 64 × 64 pixels. */
export const exportQuality = 95;

export type ExportedPictures = z.infer<typeof augmentedSchema>;

/** Without a recipe the pictures are the model's own. */
const plain: Recipe = { version: 1, name: 'plain', steps: [] };

/** Exports `count` seeds, or draws from the posteriors of pictures and seeds beside them, with every recipe. */
export async function exportPictures(input: ExportRequest, watch: Watch): Promise<ExportedPictures> {
  const recipes: Recipe[] = [];
  for (const file of input.recipes) recipes.push(await loadRecipe(file));
  if (recipes.length === 0) recipes.push(plain);
  return withModel(input, async (open) => {
    const { model, id, step, weightsSha256 } = open;
    for (const recipe of recipes) requireRecipeFits(model, recipe);
    const reaches: (Reach | null)[] = [];
    for (const recipe of recipes) reaches.push(await measureReach(open, recipe, watch));
    const result = await exportSet(
      {
        generator: model,
        recipes,
        sources: await exportSources(open, input, watch),
        out: input.out,
        seed: input.seed,
        format: input.format,
        quality: exportQuality,
        origin: { studio: studioVersion, run: id, step, weightsSha256 },
        testShare: input.testShare,
        labels: await labelsAt(input.images),
        reaches,
        asked: JSON.stringify(askedAgain(input, id, step)),
      },
      watch,
    );
    const { folder, manifest, pictures, tests, kept, bytes } = result;
    return { folder, manifest, count: pictures, tests, kept, bytes, step };
  });
}

/** What is asked with to go on with this export: the step is named, and so are paths that hold anywhere. */
function askedAgain(input: ExportRequest, run: string, step: number): ExportRequest {
  const { images, recipes, out } = input;
  return {
    ...input,
    ...{ run, step, recipes: recipes.map((file) => resolve(file)), out: resolve(out) },
    ...(images !== undefined && { images: resolve(images) }),
  };
}

async function labelsAt(images: string | undefined): Promise<SourceLabels | undefined> {
  const isFolder = images !== undefined && (await stat(images)).isDirectory();
  return isFolder ? labelsOf(await openImageSet(images)) : undefined;
}

/** What CelebA's list says of a set's pictures; undefined where there is none. */
export function labelsOf({ attributes: table }: ImageSet): SourceLabels | undefined {
  if (table === undefined) return undefined;
  const width = table.names.length;
  return {
    names: table.names,
    of: (image) => {
      const row = rowOfFile(table, image);
      return row < 0 ? undefined : [...table.values.subarray(row * width, (row + 1) * width)];
    },
  };
}
