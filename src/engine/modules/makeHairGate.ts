import { StudioError } from '../../contract/errors.ts';
import type { Watch } from '../../contract/progress.ts';
import type { Gate, HairGate, HairGateSource, Recipe } from '../../contract/recipe.ts';
import type { PackedImages } from '../data/packedImages.ts';
import { gateFromAttributes } from '../gates/attributeGate.ts';
import { hairGateWithoutLabels } from '../gates/gateWithoutLabels.ts';
import { partOf } from '../interventions/describeRecipe.ts';
import { fitHairGate } from './fitHairGate.ts';
import { hairGateFromModule } from './hairGateFromModule.ts';
import type { ChannelModule } from './moduleTypes.ts';
import type { Tensor2D } from '../tensorflow/tf.ts';
import { encodeMeans } from '../session/encodeMeans.ts';
import { requireEncoder } from '../session/openModel.ts';
import type { OpenModel } from '../session/openModel.ts';
import { heldOutIndices, withImages } from '../session/trainingImages.ts';
import { truthOf } from '../data/faceTruth.ts';

/** Held-out faces from the end of the list are looked through for painted ones; what is measured comes from its start. */
const mostCandidates = 200;
const ofEachGroup = 2;
const everyPixel = 1;

/** Held-out pictures, in two parts that share none: those numbers are measured on, and those hair may be painted on. */
export function splitHeldOut(images: PackedImages): { measured: Int32Array; painted: Int32Array } {
  const all = heldOutIndices(images, Number.MAX_SAFE_INTEGER);
  const candidates = Math.min(mostCandidates, Math.floor(all.length / 4));
  return { measured: all.slice(0, all.length - candidates), painted: all.slice(all.length - candidates) };
}

/** Faces with their hair painted: latents [faces, latent], the caller's to dispose, and faces · size · size of 1 and 0. */
export interface PaintedFaces {
  z: Tensor2D;
  labels: Uint8Array;
}

/**
 * Eight painted faces: the first two of each group of hair and skin tone. The true masks of synthetic faces stand for
 * what a person would paint.
 * @throws StudioError `unavailable` without true masks, `wrong-usage` for a model without an encoder
 */
export async function paintedFaces(
  { model }: Pick<OpenModel, 'model'>,
  images: PackedImages,
): Promise<PaintedFaces> {
  requireEncoder(model);
  const { painted } = splitHeldOut(images);
  const truth = await truthOf(images, painted);
  if (truth === undefined) {
    throw new StudioError(
      'unavailable',
      'These images have no hair masks to learn from. Make the gate from the hair module instead: it needs no labels.',
    );
  }
  const places = (['dark', 'light'] as const).flatMap((hair) =>
    (['dark', 'light'] as const).flatMap((skin) =>
      truth.rows
        .flatMap(({ hairTone, skinTone }, place) => (hairTone === hair && skinTone === skin ? [place] : []))
        .slice(0, ofEachGroup),
    ),
  );
  if (places.length === 0) {
    throw new StudioError(
      'empty',
      'None of the held-out faces has hair to learn from. Use a larger set of faces.',
    );
  }
  const pixels = images.size ** 2;
  const labels = new Uint8Array(places.length * pixels);
  places.forEach((place, at) => {
    const mask = truth.hair.subarray(place * pixels, (place + 1) * pixels);
    labels.set(
      Uint8Array.from(mask, (share) => (share >= 0.5 ? 1 : 0)),
      at * pixels,
    );
  });
  const indices = Int32Array.from(places, (place) => painted[place]!);
  return { z: encodeMeans(model, images, indices), labels };
}

/** A gate from `paintedFaces`. */
export async function hairGateFromPainting(
  open: Pick<OpenModel, 'model'>,
  images: PackedImages,
  watch: Watch,
): Promise<HairGate> {
  const painted = await paintedFaces(open, images);
  try {
    return await fitHairGate(open.model, [painted], 'painting', everyPixel, watch);
  } finally {
    painted.z.dispose();
  }
}

/** A hair gate for a model whose hair module is known. */
export function makeHairGate(
  open: OpenModel,
  source: HairGateSource,
  module: Pick<ChannelModule, 'channels' | 'region'>,
  watch: Watch,
): Promise<Gate> {
  switch (source) {
    case 'colours':
      return hairGateWithoutLabels(open, watch);
    case 'attributes':
      return gateFromAttributes(open, watch);
    case 'module':
      return hairGateFromModule(open.model, module, 0, watch);
    case 'painting':
      return withImages(open.run, watch, (images) => hairGateFromPainting(open, images, watch));
  }
}

/** A recipe of `fluoHairRecipe` behind a gate. */
export function behindGate(recipe: Recipe, gate: Gate): Recipe {
  return {
    ...recipe,
    name: `${recipe.name}, ${partOf(gate)} only`,
    steps: recipe.steps.map((step) => (step.kind === 'fluoHair' ? { ...step, gate } : step)),
  };
}
