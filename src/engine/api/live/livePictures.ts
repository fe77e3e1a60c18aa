import { setImmediate as nextTurn } from 'node:timers/promises';
import { StudioError } from '../../../contract/errors.ts';
import type { Level } from '../../../contract/levels.ts';
import type { LivePictures, LiveSource } from '../../../contract/live.ts';
import type { Recipe, RecipeStep } from '../../../contract/recipe.ts';
import { applyRecipe, requireRecipeFits } from '../../interventions/applyRecipe.ts';
import { latentsFromSeeds } from '../../models/layeredGenerator.ts';
import type { LayeredGenerator } from '../../models/layeredGenerator.ts';
import { bytesFromFloats } from '../../pictures/raster.ts';
import { tf } from '../../tensorflow/tf.ts';
import type { Tensor2D, Tensor4D } from '../../tensorflow/tf.ts';
import type { LiveModel } from './openModels.ts';

/** Pictures between two looks at whether somebody asks something newer. */
export const liveBatch = 12;

/** [count, latent], the caller's to dispose. @throws StudioError `wrong-usage` for codes of another model */
export function latentsOf(source: LiveSource, latent: number): Tensor2D {
  switch (source.kind) {
    case 'seeds':
      return latentsFromSeeds(source.seeds, latent);
    case 'latents': {
      const wrong = source.latents.find((row) => row.length !== latent);
      if (wrong !== undefined) {
        throw new StudioError(
          'wrong-usage',
          `These photos were encoded by a model with ${wrong.length} latents, and this one has ${latent}. Open the photos again.`,
        );
      }
      return tf.tensor2d(source.latents, [source.latents.length, latent]);
    }
  }
}

const emptyRecipe: Recipe = { version: 1, name: 'none', steps: [] };

/** FluoHair and stretches of the picture act after the fine maps, all else before or on them. */
function isAfterFineMaps(step: RecipeStep): boolean {
  return step.kind === 'fluoHair' || (step.kind === 'stretch' && step.level === 'image');
}

function withSteps(recipe: Recipe, keep: (step: RecipeStep) => boolean): Recipe {
  return { ...recipe, steps: recipe.steps.filter((step) => step.enabled && keep(step)) };
}

/** The generator up to the fine maps: a recipe that is applied to it gives these. */
function untilFineMaps(generator: LayeredGenerator): LayeredGenerator {
  return {
    ...partsOf(generator),
    layers: generator.layers.filter(({ level }) => level !== 'image'),
    start: (z) => generator.start(z),
    runLayer: (level, input) => generator.runLayer(level, input),
  };
}

/** The generator from given fine maps on; the latents are not looked at. */
function fromFineMaps(generator: LayeredGenerator, fine: Tensor4D): LayeredGenerator {
  return {
    ...partsOf(generator),
    layers: generator.layers.filter(({ level }) => level === 'fine' || level === 'image'),
    start: () => fine.clone(),
    runLayer: (level: Level, input) => (level === 'fine' ? input.clone() : generator.runLayer(level, input)),
  };
}

function partsOf(
  generator: LayeredGenerator,
): Pick<LayeredGenerator, 'latent' | 'imageSize' | 'imageLogits' | 'kernel'> {
  return {
    latent: generator.latent,
    imageSize: generator.imageSize,
    imageLogits: (fine, kernel) => generator.imageLogits(fine, kernel),
    kernel: (level) => generator.kernel(level),
  };
}

/**
 * The fine maps of a source with a recipe's hidden steps, [B, 64, 64, C]; borrowed from the model, which keeps the last
 * few: until one of these steps or the source changes, only the image layer is left to run.
 */
export async function fineMapsOf(
  live: LiveModel,
  source: LiveSource,
  recipe: Recipe,
  signal: AbortSignal | undefined,
): Promise<{ maps: Tensor4D; fromCache: boolean }> {
  const { model } = live.open;
  const hidden = withSteps(recipe, (step) => !isAfterFineMaps(step));
  const key = JSON.stringify([source, hidden.steps]);
  const known = live.fineMaps(key);
  if (known !== undefined) return { maps: known, fromCache: true };
  const parts: Tensor4D[] = [];
  const z = latentsOf(source, model.latent);
  try {
    const generator = untilFineMaps(model);
    for (let first = 0; first < z.shape[0]; first += liveBatch) {
      stopIfAsked(signal);
      const size = Math.min(liveBatch, z.shape[0] - first);
      parts.push(tf.tidy(() => applyRecipe(generator, hidden, z.slice([first, 0], [size, model.latent]))));
      await nextTurn();
    }
    stopIfAsked(signal);
    const maps = tf.concat4d(parts, 0);
    live.keepFineMaps(key, maps);
    return { maps, fromCache: false };
  } finally {
    tf.dispose([z, ...parts]);
  }
}

/**
 * What a recipe's last steps, FluoHair and stretches of the picture, make of fine maps: values in [−1, 1],
 * [B · 64 · 64 · 3].
 */
export async function paintFineMaps(
  live: LiveModel,
  fine: Tensor4D,
  recipe: Recipe,
  signal: AbortSignal | undefined,
): Promise<Float32Array> {
  const { model } = live.open;
  const last = withSteps(recipe, isAfterFineMaps);
  const [count, height, width, channels] = fine.shape;
  const each = height * width * 3;
  const values = new Float32Array(count * each);
  // Maps that are crowded out while others are computed stay until they are painted.
  const own = fine.clone();
  const z = tf.tensor2d(new Float32Array(model.latent), [1, model.latent]);
  try {
    for (let first = 0; first < count; first += liveBatch) {
      stopIfAsked(signal);
      const size = Math.min(liveBatch, count - first);
      const pictures = tf.tidy(() => {
        const part = own.slice([first, 0, 0, 0], [size, height, width, channels]);
        return applyRecipe(fromFineMaps(model, part), last, z);
      });
      values.set(pictures.dataSync<'float32'>(), first * each);
      pictures.dispose();
      await nextTurn();
    }
    return values;
  } finally {
    tf.dispose([own, z]);
  }
}

/** Pictures of a source with a recipe, as bytes. The same as `applyRecipe` gives. */
export async function livePictures(
  live: LiveModel,
  source: LiveSource,
  recipe: Recipe | null,
  signal?: AbortSignal,
): Promise<LivePictures> {
  const begun = performance.now();
  const asked = recipe ?? emptyRecipe;
  requireRecipeFits(live.open.model, asked);
  const { maps, fromCache } = await fineMapsOf(live, source, asked, signal);
  const values = await paintFineMaps(live, maps, asked, signal);
  const bytes = bytesFromFloats(values);
  const [count, height, width] = maps.shape;
  return {
    pixels: new Blob([new Uint8Array(bytes)]),
    ...{ count, width, height, step: live.open.step, fromCache },
    milliseconds: performance.now() - begun,
  };
}

/** For each step why the model cannot do it, in words; null where it can. */
export function misfits(live: LiveModel, recipe: Recipe): (string | null)[] {
  return recipe.steps.map((_, index) => {
    const others = recipe.steps.map((each, at) => ({ ...each, enabled: at === index }));
    try {
      requireRecipeFits(live.open.model, { ...recipe, steps: others });
      return null;
    } catch (error) {
      if (!(error instanceof StudioError)) throw error;
      return error.message;
    }
  });
}

export function stopIfAsked(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new StudioError('interrupted', 'Something newer was asked.');
}
