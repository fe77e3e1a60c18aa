import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import type { HiddenLevel } from '../../contract/levels.ts';
import type { AtLevel, FaceSource } from '../../contract/channels.ts';
import type { Recipe } from '../../contract/recipe.ts';
import type { PictureBatch } from '../../contract/shared.ts';
import { writeWhole } from '../files/safeFiles.ts';
import { requireRecipeFits } from './applyRecipe.ts';
import { replaceChannels } from './channels.ts';
import { writeRecipe } from './readRecipe.ts';
import { imagesFromMaps, latentsFromSeeds, layerOf, mapsAt } from '../models/layeredGenerator.ts';
import type { LayeredGenerator } from '../models/layeredGenerator.ts';
import { bytesFromFloats } from '../pictures/raster.ts';
import { workFolder } from '../runs/workFolder.ts';
import { runPaths } from '../runs/runFolder.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor4D } from '../tensorflow/tf.ts';
import { valuesOfFace } from '../session/facesOfRun.ts';
import { withModel } from '../session/modelPool.ts';

/** @throws StudioError `wrong-usage` for a channel that the level does not have */
export function requireChannels(
  model: LayeredGenerator,
  level: HiddenLevel,
  channels: readonly number[],
): void {
  const depth = layerOf(model, level).outputChannels;
  const missing = channels.find((channel) => channel >= depth);
  if (missing === undefined) return;
  throw new StudioError(
    'wrong-usage',
    `The ${level} level has the channels 0 to ${depth - 1}, and not ${missing}.`,
  );
}

/**
 * One seed's picture with channels of a level replaced by those of each donor (counterfactual hybridisation), the
 * donors' own pictures, and how much each hybrid changes.
 */
export async function hybridiseChannels(
  input: AtLevel & { source: FaceSource; channels: number[]; donors: number[] },
): Promise<{ pictures: PictureBatch; donors: PictureBatch; changes: number[] }> {
  return withModel(input, async (open) => {
    const { model } = open;
    const { level, channels } = input;
    requireChannels(model, level, channels);
    const side = model.imageSize;
    const face = await valuesOfFace(open, input.source);
    const result = tf.tidy<{ hybrids: Uint8Array; donors: Uint8Array; changes: number[] }>(() => {
      const own = mapsAt(model, tf.tensor2d(face, [1, model.latent]), level);
      const others = mapsAt(model, latentsFromSeeds(input.donors, model.latent), level);
      const copies: Tensor4D = own.tile([input.donors.length, 1, 1, 1]);
      const hybrids = imagesFromMaps(model, replaceChannels(copies, others, channels), level);
      const untouched = imagesFromMaps(model, own, level);
      return {
        hybrids: bytesFromFloats(hybrids.dataSync<'float32'>()),
        donors: bytesFromFloats(imagesFromMaps(model, others, level).dataSync<'float32'>()),
        changes: [...hybrids.sub(untouched).abs().mean([1, 2, 3]).div(2).dataSync<'float32'>()],
      };
    });
    const batch = (bytes: Uint8Array): PictureBatch => ({
      pixels: new Blob([new Uint8Array(bytes)]),
      count: input.donors.length,
      ...{ width: side, height: side },
    });
    return {
      pictures: batch(result.hybrids),
      donors: batch(result.donors),
      changes: result.changes,
    };
  });
}

/** Saves a recipe with one step that takes channels from a seed. @throws StudioError `wrong-usage` */
export async function saveHybridRecipe(
  input: AtLevel & { channels: number[]; donor: number },
): Promise<{ file: string; name: string }> {
  return withModel(input, async ({ model, folder }) => {
    const { level, channels, donor } = input;
    const which = channels.length === 1 ? `channel ${channels[0]!}` : `${channels.length} channels`;
    const name = `${level} ${which} from seed ${donor}`;
    const recipe: Recipe = {
      version: 1,
      name,
      steps: [{ kind: 'hybridise', level, channels, seed: donor, enabled: true }],
    };
    requireRecipeFits(model, recipe);
    const { recipes } = runPaths(workFolder(folder));
    await mkdir(recipes, { recursive: true });
    const file = join(recipes, `${level}-${channels.slice(0, 8).join('-')}-from-seed-${donor}.json`);
    await writeWhole(file, writeRecipe(recipe));
    return { file, name };
  });
}
