import type { z } from 'zod';
import type { PictureFormat } from '../../contract/exportFiles.ts';
import type { Watch } from '../../contract/progress.ts';
import type { Recipe } from '../../contract/recipe.ts';
import type { augmentedSchema } from '../../contract/results.ts';
import { studioVersion } from '../../contract/studioVersion.ts';
import { exportSet } from '../export/exportSet.ts';
import { posteriorSources, seedSources } from '../export/sources.ts';
import type { ExportSource } from '../export/sources.ts';
import { tf } from '../tensorflow/tf.ts';
import { encodePictures } from './encodePictures.ts';
import { loadRecipe, withModel } from './models.ts';
import type { OpenModel } from './openModel.ts';

/** Quality of lossy formats: no difference is seen at 64 × 64 pixels. */
export const exportQuality = 95;

export type ExportedPictures = z.infer<typeof augmentedSchema>;

/** Without a recipe the pictures are the model's own. */
const plain: Recipe = { version: 1, name: 'plain', steps: [] };

export interface ExportInput {
  run: string;
  step?: number | undefined;
  out: string;
  recipes: string[];
  count: number;
  seed: number;
  format: PictureFormat;
  /** A folder of a person's pictures: their posteriors take the seeds' place. */
  images?: string | undefined;
}

/** Exports `count` seeds, or draws from the posteriors of pictures, with every recipe. */
export async function exportPictures(input: ExportInput, watch: Watch): Promise<ExportedPictures> {
  const recipes: Recipe[] = [];
  for (const file of input.recipes) recipes.push(await loadRecipe(file));
  if (recipes.length === 0) recipes.push(plain);
  return withModel(input, async (open) => {
    const { model, id, step, weightsSha256 } = open;
    const result = await exportSet(
      {
        generator: model,
        recipes,
        sources: await sourcesOf(open, input, watch),
        out: input.out,
        seed: input.seed,
        format: input.format,
        quality: exportQuality,
        origin: { studio: studioVersion, run: id, step, weightsSha256 },
      },
      watch,
    );
    const { folder, manifest, pictures, kept, bytes } = result;
    return { folder, manifest, count: pictures, kept, bytes, step };
  });
}

async function sourcesOf(open: OpenModel, input: ExportInput, watch: Watch): Promise<ExportSource[]> {
  const { images, count, seed } = input;
  if (images === undefined) return seedSources(seed, count);
  const { files, means, logVariances } = await encodePictures(open, images, watch);
  const shape: [number, number] = [files.length, open.model.latent];
  const posterior = { mean: tf.tensor2d(means, shape), logVariance: tf.tensor2d(logVariances, shape) };
  try {
    return posteriorSources(posterior, files, count, seed);
  } finally {
    tf.dispose([posterior.mean, posterior.logVariance]);
  }
}
