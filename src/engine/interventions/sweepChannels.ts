import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { AtLevel, FaceSource } from '../../contract/channels.ts';
import type { Recipe } from '../../contract/recipe.ts';
import type { PictureBatch } from '../../contract/shared.ts';
import { writeWhole } from '../files/safeFiles.ts';
import { requireRecipeFits } from './applyRecipe.ts';
import { scaleChannels } from './channels.ts';
import { writeRecipe } from './readRecipe.ts';
import { imagesFromMaps, layerOf, mapsAt } from '../models/layeredGenerator.ts';
import { bytesFromFloats } from '../pictures/raster.ts';
import { workFolder } from '../runs/workFolder.ts';
import { runPaths } from '../runs/runFolder.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor4D } from '../tensorflow/tf.ts';
import { valuesOfFace } from '../session/facesOfRun.ts';
import { withModel } from '../session/modelPool.ts';
import { requireChannels } from './hybridiseChannels.ts';

/** Single channels that a sweep of one channel is compared with. */
const comparedChannels = 16;

/** One seed's picture with channels of a level scaled by each factor. */
export async function sweepChannels(
  input: AtLevel & { source: FaceSource; channels: number[]; factors: number[] },
): Promise<{ pictures: PictureBatch; changes: number[]; others: number[] | null }> {
  return withModel(input, async (open) => {
    const { model } = open;
    const { level, channels, factors } = input;
    requireChannels(model, level, channels);
    const depth = layerOf(model, level).outputChannels;
    const side = model.imageSize;
    const face = await valuesOfFace(open, input.source);
    const result = tf.tidy<{ bytes: Uint8Array; changes: number[]; others: number[] }>(() => {
      const maps = mapsAt(model, tf.tensor2d(face, [1, model.latent]), level);
      const untouched = imagesFromMaps(model, maps, level);
      const draw = (scaled: Tensor4D[]): Tensor4D => imagesFromMaps(model, tf.concat(scaled, 0), level);
      const changeOf = (images: Tensor4D): number[] => [
        ...images.sub(untouched).abs().mean([1, 2, 3]).div(2).dataSync<'float32'>(),
      ];
      const images = draw(factors.map((factor) => scaleChannels(maps, channels, factor)));
      const rest = others(depth, channels);
      return {
        bytes: bytesFromFloats(images.dataSync<'float32'>()),
        changes: changeOf(images),
        others:
          channels.length !== 1
            ? []
            : factors.map((factor) => {
                const all = changeOf(draw(rest.map((channel) => scaleChannels(maps, [channel], factor))));
                return all.reduce((sum, value) => sum + value, 0) / all.length;
              }),
      };
    });
    const pictures = {
      pixels: new Blob([Uint8Array.from(result.bytes)]),
      count: factors.length,
      width: side,
      height: side,
    };
    return {
      pictures,
      changes: result.changes,
      others: result.others.length > 0 ? result.others : null,
    };
  });
}

/** Other channels, evenly spread over the level's. */
function others(depth: number, channels: readonly number[]): number[] {
  const rest = Array.from({ length: depth }, (_, channel) => channel).filter(
    (one) => !channels.includes(one),
  );
  const step = Math.max(1, rest.length / comparedChannels);
  return Array.from(
    { length: Math.min(rest.length, comparedChannels) },
    (_, at) => rest[Math.floor(at * step)]!,
  );
}

/** Saves a recipe with one step that scales channels. @throws StudioError `wrong-usage` where it does not fit the model */
export async function saveScaleRecipe(
  input: AtLevel & { channels: number[]; factor: number },
): Promise<{ file: string; name: string }> {
  return withModel(input, async ({ model, folder }) => {
    const { level, channels, factor } = input;
    const which = channels.length === 1 ? `channel ${channels[0]!}` : `${channels.length} channels`;
    const name = `${level} ${which} × ${factor}`;
    const recipe: Recipe = {
      version: 1,
      name,
      steps: [{ kind: 'scale', level, channels, factor, enabled: true }],
    };
    requireRecipeFits(model, recipe);
    const { recipes } = runPaths(workFolder(folder));
    await mkdir(recipes, { recursive: true });
    const file = join(recipes, `${level}-${channels.slice(0, 8).join('-')}-times-${factor}.json`);
    await writeWhole(file, writeRecipe(recipe));
    return { file, name };
  });
}
