import { StudioError } from '../../contract/errors.ts';
import type { RecipePictures, PictureSource } from '../../contract/intervene.ts';
import type { Recipe } from '../../contract/recipe.ts';
import {
  fineMapsWith,
  gatedSteps,
  isAfterFineMaps,
  pictureFromMaps,
  requireRecipeFits,
} from './applyRecipe.ts';
import type { FineMaps } from './applyRecipe.ts';
import { latentsFromSeeds } from '../models/layeredGenerator.ts';
import { bytesFromFloats } from '../pictures/raster.ts';
import { batchesOf } from '../session/batches.ts';
import { stopIfAsked } from '../session/signal.ts';
import { tf } from '../tensorflow/tf.ts';
import { valuesOf } from '../tensorflow/valuesOf.ts';
import type { Tensor2D, Tensor4D } from '../tensorflow/tf.ts';
import type { OpenModel } from '../session/openModel.ts';

/** Pictures between two looks at whether somebody asks something newer. */
export const picturesAtATime = 12;

/** [count, latent], the caller's to dispose. @throws StudioError `wrong-usage` for codes of another model */
export function latentsOf(source: PictureSource, latent: number): Tensor2D {
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

/** Whatever the fine maps, and how open gates are, depend on. */
function hiddenKey(source: PictureSource, recipe: Recipe): string {
  const hidden = recipe.steps.filter((step) => step.enabled && !isAfterFineMaps(step));
  return JSON.stringify([source, hidden, gatedSteps(recipe).map(({ gate }) => gate)]);
}

/**
 * The fine maps of a source with a recipe's hidden steps, [B, 64, 64, C], and how open its gates are, which the caller
 * disposes. The model caches the last few: until one of these steps, a gate or the source changes, only the image layer is
 * left to run.
 */
export async function fineMapsOf(
  open: OpenModel,
  source: PictureSource,
  recipe: Recipe,
  signal: AbortSignal | undefined,
): Promise<FineMaps & { fromCache: boolean }> {
  const { model, maps: held } = open;
  const key = hiddenKey(source, recipe);
  const [known, ...knownGates] = held.get(key) ?? [];
  if (known !== undefined) return { maps: known, gates: knownGates, fromCache: true };
  const parts: FineMaps[] = [];
  const z = latentsOf(source, model.latent);
  try {
    for await (const { first, size } of batchesOf(z.shape[0], picturesAtATime)) {
      stopIfAsked(signal);
      const rows = z.slice([first, 0], [size, model.latent]);
      parts.push(fineMapsWith(model, recipe, rows));
      rows.dispose();
    }
    stopIfAsked(signal);
    const maps = tf.concat4d(
      parts.map((part) => part.maps),
      0,
    );
    const gates = parts[0]!.gates.map((_, at) =>
      tf.concat4d(
        parts.map((part) => part.gates[at]!),
        0,
      ),
    );
    held.set(key, [maps, ...gates]);
    return { maps, gates, fromCache: false };
  } finally {
    z.dispose();
    parts.forEach(disposeFineMaps);
  }
}

/**
 * What a recipe's last steps, FluoHair and stretches of the picture, make of fine maps: values in [−1, 1],
 * [B · 64 · 64 · 3].
 * @param fine with a map for each gate of the recipe
 */
export async function paintFineMaps(
  open: OpenModel,
  fine: FineMaps,
  recipe: Recipe,
  signal: AbortSignal | undefined,
): Promise<Float32Array> {
  const { model } = open;
  const [count] = fine.maps.shape;
  const each = model.imageSize ** 2 * 3;
  const values = new Float32Array(count * each);
  for await (const { first, size } of batchesOf(count, picturesAtATime)) {
    stopIfAsked(signal);
    const part = (maps: Tensor4D): Tensor4D => maps.slice([first, 0, 0, 0], [size, ...maps.shape.slice(1)]);
    const pictures = valuesOf(() =>
      pictureFromMaps(model, recipe, { maps: part(fine.maps), gates: fine.gates.map(part) }),
    );
    values.set(pictures, first * each);
  }
  return values;
}

export function disposeFineMaps({ maps, gates }: FineMaps): void {
  tf.dispose([maps, ...gates]);
}

/** Pictures of a source with a recipe, as bytes. The same as `applyRecipe` gives. */
export async function recipePictures(
  open: OpenModel,
  source: PictureSource,
  recipe: Recipe | null,
  signal?: AbortSignal,
): Promise<RecipePictures> {
  const begun = performance.now();
  const asked = recipe ?? emptyRecipe;
  requireRecipeFits(open.model, asked);
  const fine = await fineMapsOf(open, source, asked, signal);
  try {
    const values = await paintFineMaps(open, fine, asked, signal);
    const width = open.model.imageSize;
    return {
      pixels: new Blob([new Uint8Array(bytesFromFloats(values))]),
      ...{ count: fine.maps.shape[0], width, height: width, step: open.step, fromCache: fine.fromCache },
      milliseconds: performance.now() - begun,
    };
  } finally {
    disposeFineMaps(fine);
  }
}

/** For each step why the model cannot do it, in words; null where it can. */
export function misfits(open: OpenModel, recipe: Recipe): (string | null)[] {
  return recipe.steps.map((_, index) => {
    const others = recipe.steps.map((each, at) => ({ ...each, enabled: at === index }));
    try {
      requireRecipeFits(open.model, { ...recipe, steps: others });
      return null;
    } catch (error) {
      if (!(error instanceof StudioError)) throw error;
      return error.message;
    }
  });
}
