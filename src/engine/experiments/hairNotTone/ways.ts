import { StudioError } from '../../../contract/errors.ts';
import type { ColourMap, Gate, Recipe } from '../../../contract/recipe.ts';
import type { Watch } from '../../../contract/progress.ts';
import type { PackedImages } from '../../data/packedImages.ts';
import { applyRecipe } from '../../interventions/applyRecipe.ts';
import { layerOf, mapsAt } from '../../models/layeredGenerator.ts';
import { contributionOf } from '../../modules/hairGateFromModule.ts';
import { findModules } from '../../modules/findModules.ts';
import { hairModule } from '../../modules/hairModule.ts';
import { tf } from '../../tensorflow/tf.ts';
import type { Tensor2D, Tensor4D } from '../../tensorflow/tf.ts';
import { fluoHairStep } from '../../analysis/fluoHairEffect.ts';
import {
  behindGate,
  hairGateFromPainting,
  makeHairGate,
  paintedFaces,
  splitHeldOut,
} from '../../modules/makeHairGate.ts';
import type { OpenModel } from '../../session/openModel.ts';
import { searchModules } from '../../modules/searchModules.ts';
import { meanMask, truthOf } from '../../data/faceTruth.ts';
import { signedWeights } from './signedWeights.ts';

export const wayIds = [
  'paper',
  'intermediate',
  'region',
  'influence',
  'mean-mask',
  'signed',
  'painted-gate',
  'found-gate',
  'colours-gate',
] as const;
export type WayId = (typeof wayIds)[number];

/** What each way is, and what it is told about hair beside which module is meant. */
export const wayWords: Record<WayId, { name: string; told: string }> = {
  paper: { name: 'the paper’s: the hair module’s slices of the last kernel', told: 'nothing' },
  intermediate: { name: 'what comes from the intermediate level’s hair module', told: 'nothing' },
  region: { name: 'everything in the module’s mean region', told: 'nothing' },
  influence: { name: 'everything where the module acts in this picture', told: 'nothing' },
  'mean-mask': { name: 'everything in the mean hair mask, the same for all faces', told: 'many hair masks' },
  signed: { name: 'a weight for each channel of the last kernel', told: 'eight painted faces' },
  'painted-gate': { name: 'hair gate from painted faces', told: 'eight painted faces' },
  'found-gate': { name: 'hair gate found without labels, from the module', told: 'nothing' },
  'colours-gate': { name: 'hair gate found without labels, by what moves with its colour', told: 'nothing' },
};

export interface Way {
  id: WayId;
  /** z [B, latent] → pictures with g = −I, [B, H, W, 3]. */
  negated: (z: Tensor2D) => Tensor4D;
  /** The same in a colour, where the way is one of a recipe. */
  recipe: ((map: ColourMap) => Recipe) | null;
}

export interface Ways {
  ways: Way[];
  channels: readonly number[];
}

/** All ways on one model. */
export async function waysOf(
  open: OpenModel,
  images: PackedImages,
  pairs: number,
  watch: Watch,
): Promise<Ways> {
  const { model } = open;
  const { hair } = await searchModules(
    open,
    { level: 'fine', pairs, seed: 0, preparation: 'weighted' },
    watch,
  );
  if (hair === undefined) throw new Error('the fine level always has a hair choice');
  const { module } = hair.chosen;
  const { painted } = splitHeldOut(images);
  const truth = await truthOf(images, painted);
  if (truth === undefined) throw new Error('this experiment is for images with true masks');
  const mask = meanMask(truth.hair, images.size ** 2);
  const deeper = await findModules(
    model,
    { level: 'intermediate', pairs: Math.max(4, pairs / 4), seed: 0, preparation: 'weighted' },
    watch,
  );
  const intermediate = hairModule(deeper, mask).module.channels;
  const found = await unlessEmpty(() => makeHairGate(open, 'module', module, watch));
  const byColours = await unlessEmpty(() => makeHairGate(open, 'colours', module, watch));
  const fromPainting = await unlessEmpty(() => hairGateFromPainting(open, images, watch));
  const faces = await paintedFaces(open, images);
  const weights = signedWeights(model, faces);
  faces.z.dispose();
  const strongest = mask.reduce((most, value) => Math.max(most, value), 0);
  const gated = (id: WayId, gate: Gate): Way => {
    const recipe = (map: ColourMap): Recipe => behindGate(fluoHairStep(module.channels, map), gate);
    return { id, recipe, negated: (z) => applyRecipe(model, recipe({ kind: 'negate' }), z) };
  };
  const plain = (map: ColourMap): Recipe => fluoHairStep(module.channels, map);
  const ways: Way[] = [
    { id: 'paper', recipe: plain, negated: (z) => applyRecipe(model, plain({ kind: 'negate' }), z) },
    { id: 'intermediate', recipe: null, negated: (z) => negatedFollowing(open, z, intermediate) },
    { id: 'region', recipe: null, negated: (z) => negatedWithin(open, z, () => module.region) },
    {
      id: 'influence',
      recipe: null,
      negated: (z) =>
        negatedWithin(open, z, (fine) =>
          contributionOf(model, fine, module.channels).map((value) => Math.min(1, value / fullContribution)),
        ),
    },
    {
      id: 'mean-mask',
      recipe: null,
      negated: (z) => negatedWithin(open, z, () => mask.map((value) => value / strongest)),
    },
    { id: 'signed', recipe: null, negated: (z) => negatedByWeights(open, z, weights) },
    ...(fromPainting === null ? [] : [gated('painted-gate', fromPainting)]),
    ...(found === null ? [] : [gated('found-gate', found)]),
    ...(byColours === null ? [] : [gated('colours-gate', byColours)]),
  ];
  return { ways, channels: module.channels };
}

/** A model that was hardly trained draws no hair to make a gate from; its numbers are then missing. */
async function unlessEmpty(make: () => Promise<Gate>): Promise<Gate | null> {
  try {
    return await make();
  } catch (error) {
    if (error instanceof StudioError && error.code === 'empty') return null;
    throw error;
  }
}

/** A module that puts this much into the output before tanh (mean |·| over colours) is fully there. */
const fullContribution = 0.5;

/** tanh((1 − 2 h) L) for a map h of the picture's size, one for all pictures or one each. */
function negatedWithin(
  { model }: Pick<OpenModel, 'model'>,
  z: Tensor2D,
  open: (fine: Tensor4D) => Float32Array,
): Tensor4D {
  return tf.tidy(() => {
    const fine = mapsAt(model, z, 'fine');
    const map = open(fine);
    const side = model.imageSize;
    const h = tf.tensor4d(map, [map.length / side ** 2, side, side, 1]);
    return model
      .imageLogits(fine)
      .mul<Tensor4D>(tf.sub(1, h.mul(2)))
      .tanh();
  });
}

/** The sign of what the fine layer makes of some intermediate channels: L − 2 k ⊛ (V − V without them). */
function negatedFollowing(
  { model }: Pick<OpenModel, 'model'>,
  z: Tensor2D,
  channels: readonly number[],
): Tensor4D {
  return tf.tidy(() => {
    const maps = mapsAt(model, z, 'intermediate');
    const kept = new Float32Array(maps.shape[3]).fill(1);
    for (const channel of channels) kept[channel] = 0;
    const all = model.imageLogits(model.runLayer('fine', maps));
    const without = model.imageLogits(model.runLayer('fine', maps.mul<Tensor4D>(tf.tensor1d(kept))));
    return without.mul(2).sub<Tensor4D>(all).tanh();
  });
}

/** Kernel slices times 1 − 2 w. */
function negatedByWeights({ model }: Pick<OpenModel, 'model'>, z: Tensor2D, weights: Float64Array): Tensor4D {
  return tf.tidy(() => {
    const across: [number, number, number, number] =
      layerOf(model, 'image').direction === 'up' ? [1, 1, 1, weights.length] : [1, 1, weights.length, 1];
    const factors = tf.tensor4d(
      Float32Array.from(weights, (weight) => 1 - 2 * weight),
      across,
    );
    const kernel = model.kernel('image').mul<Tensor4D>(factors);
    return model.imageLogits(mapsAt(model, z, 'fine'), kernel).tanh();
  });
}
