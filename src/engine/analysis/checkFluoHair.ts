import type { FluoHairCheck, PictureSource } from '../../contract/intervene.ts';
import type { ColourMap, Recipe, RecipeStep } from '../../contract/recipe.ts';
import { StudioError } from '../../contract/errors.ts';
import { requireRecipeFits } from '../interventions/applyRecipe.ts';
import { colourMatrix } from '../interventions/colourMatrix.ts';
import type { ColourMatrix } from '../interventions/colourMatrix.ts';
import { changeByRegion, meanChange } from '../interventions/changeByRegion.ts';
import type { PicturePair } from '../interventions/changeByRegion.ts';
import { dilate, invert } from '../interventions/masks.ts';
import { layerOf, mapsAt } from '../models/layeredGenerator.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor4D } from '../tensorflow/tf.ts';
import type { FineMaps } from '../interventions/applyRecipe.ts';
import {
  disposeFineMaps,
  fineMapsOf,
  latentsOf,
  paintFineMaps,
  picturesAtATime,
} from '../interventions/recipePictures.ts';
import type { OpenModel } from '../session/openModel.ts';

/** How far the image layer's 5×5 kernel carries a change beyond the region. */
const kernelReach = 2;
/** A pixel of which the mean |change| is more has taken part in the recolouring; a picture with less stayed as it was. */
const visibleChange = 0.15;
const unmovedChange = 0.05;

interface CheckRequest {
  source: PictureSource;
  recipe: Recipe;
  stepIndex: number;
  /** How much each pixel belongs to the module, 0 … 1; null where no module was found. */
  region: ArrayLike<number> | null;
}

/**
 * What the FluoHair steps of a recipe did, against the same recipe without them: whether the fine maps kept every bit,
 * where the picture changed, and in which hue.
 */
export async function checkFluoHair(
  open: OpenModel,
  { source, recipe, stepIndex, region }: CheckRequest,
  signal?: AbortSignal,
): Promise<FluoHairCheck> {
  const step = recipe.steps[stepIndex];
  if (step?.kind !== 'fluoHair') {
    throw new StudioError('wrong-usage', `Step ${stepIndex + 1} of the recipe is not a FluoHair step.`);
  }
  requireRecipeFits(open.model, recipe);
  const plain = await fineMapsOf(open, source, { ...recipe, steps: [] }, signal);
  const held: FineMaps[] = [plain];
  try {
    const fine = await fineMapsOf(open, source, recipe, signal);
    held.push(fine);
    const { maps } = fine;
    const fluo = only(recipe, (each) => each.kind === 'fluoHair');
    const before = await paintFineMaps(
      open,
      fine,
      only(recipe, () => false),
      signal,
    );
    const after = await paintFineMaps(open, fine, fluo, signal);
    const kernel = kernelSums(open, step.channels);
    return {
      pictures: maps.shape[0],
      areFineMapsUnchanged: areSame(plain.maps, maps) && isComputedAgain(open, source, maps),
      ...changes({ before, after, region, size: open.model.imageSize, map: step.map }),
      kernelBefore: kernel,
      kernelAfter: kernel.map((sums) => multiply(colourMatrix(step.map), sums)),
    };
  } finally {
    held.forEach(disposeFineMaps);
  }
}

function only(recipe: Recipe, keep: (step: RecipeStep) => boolean): Recipe {
  return { ...recipe, steps: recipe.steps.filter((step) => step.enabled && keep(step)) };
}

function areSame(a: Tensor4D, b: Tensor4D): boolean {
  return tf.tidy(() => tf.all(tf.equal(a, b)).dataSync<'bool'>()[0] === 1);
}

/** The cached maps are what the untouched network computes now, after the recolouring: the first batch is run again. */
function isComputedAgain(open: OpenModel, source: PictureSource, maps: Tensor4D): boolean {
  const { model } = open;
  return tf.tidy(() => {
    const z = latentsOf(source, model.latent);
    const size = Math.min(picturesAtATime, z.shape[0]);
    const again = mapsAt(model, z.slice([0, 0], [size, model.latent]), 'fine');
    return areSame(again, maps.slice([0, 0, 0, 0], [size, ...maps.shape.slice(1)]));
  });
}

/** Weights of the image layer summed over the kernel's pixels: red, green and blue of each channel. */
function kernelSums(open: OpenModel, channels: readonly number[]): number[][] {
  const { model } = open;
  const isUp = layerOf(model, 'image').direction === 'up';
  const sums = tf.tidy(() => {
    const byColour = model.kernel('image').sum([0, 1]);
    return (isUp ? byColour.transpose() : byColour).dataSync<'float32'>();
  });
  return channels.map((channel) => [...sums.subarray(channel * 3, channel * 3 + 3)]);
}

function multiply(matrix: ColourMatrix, vector: readonly number[]): number[] {
  return matrix.map((row) => row.reduce((sum, entry, at) => sum + entry * vector[at]!, 0));
}

interface Painted extends PicturePair {
  region: ArrayLike<number> | null;
  map: ColourMap;
}

type Changes = Pick<FluoHairCheck, 'inside' | 'outside' | 'hueOff' | 'unmoved'>;

function changes({ region, map, ...pair }: Painted): Changes {
  const mask = Uint8Array.from({ length: pair.size ** 2 }, (_, at) =>
    region === null || (region[at] ?? 0) >= 0.5 ? 1 : 0,
  );
  const inside = changeByRegion(pair, mask);
  const outside = changeByRegion(pair, invert(dilate(mask, pair.size, kernelReach)));
  return {
    inside: region === null ? null : meanChange(inside),
    outside: region === null ? null : meanChange(outside),
    hueOff: map.kind === 'target' ? angleBetween(hueOf(map.colour), hueOf(colourOfChange(pair, mask))) : null,
    unmoved: inside.filter((change) => (meanChange([change]) ?? Infinity) < unmovedChange).length,
  };
}

/** The colours after, summed over all pixels of the mask that changed visibly, black as 0. */
function colourOfChange({ before, after }: PicturePair, mask: Uint8Array): [number, number, number] {
  const colour: [number, number, number] = [0, 0, 0];
  for (let first = 0; first < after.length; first += 3) {
    if (mask[(first / 3) % mask.length] === 0) continue;
    let change = 0;
    for (let i = first; i < first + 3; i++) change += Math.abs(after[i]! - before[i]!) / 3;
    if (change > visibleChange) for (let c = 0; c < 3; c++) colour[c]! += after[first + c]! + 1;
  }
  return colour;
}

/** Hue in degrees; null for greys, which have none. */
export function hueOf([red, green, blue]: readonly [number, number, number]): number | null {
  const most = Math.max(red, green, blue);
  const spread = most - Math.min(red, green, blue);
  if (spread <= 1e-6 * Math.max(1, most)) return null;
  const sixth =
    most === red
      ? (green - blue) / spread
      : most === green
        ? 2 + (blue - red) / spread
        : 4 + (red - green) / spread;
  return (sixth * 60 + 360) % 360;
}

function angleBetween(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return null;
  const turn = Math.abs(a - b) % 360;
  return Math.min(turn, 360 - turn);
}
