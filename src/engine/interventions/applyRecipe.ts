import { StudioError } from '../../contract/errors.ts';
import type { HiddenLevel, Level } from '../../contract/levels.ts';
import type { Recipe, RecipeStep } from '../../contract/recipe.ts';
import { layerOf, latentsFromSeeds, mapsAt } from '../models/layeredGenerator.ts';
import type { LayeredGenerator } from '../models/layeredGenerator.ts';
import { tanh } from '../tensorflow/batchNormalization.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor2D, Tensor4D } from '../tensorflow/tf.ts';
import { replaceChannels, scaleChannels } from './channels.ts';
import { colourMatrix } from './colourMatrix.ts';
import { addColour, recolourKernel } from './fluoHair.ts';
import type { ChannelColours } from './fluoHair.ts';
import { stretch } from './stretch.ts';

/**
 * Pictures with a recipe's interventions: z [B, latent] → [B, H, W, 3] in [−1, 1].
 * Steps at one level act in the order of the list, levels in the order of the network. The colour maps of FluoHair are
 * multiplied in the list's order and act on the image layer's kernel, before what stretches the picture. A hybrid takes
 * the other seed's maps as they are without the recipe. A recipe without steps gives the picture of `generateImages`,
 * to the bit.
 *
 * @returns the caller's to dispose
 * @throws StudioError `wrong-usage` where the recipe does not fit the model, naming the step and the rule
 */
export function applyRecipe(generator: LayeredGenerator, recipe: Recipe, z: Tensor2D): Tensor4D {
  requireRecipeFits(generator, recipe);
  const steps = recipe.steps.filter((step) => step.enabled);
  return tf.tidy(() => {
    let maps = generator.start(z);
    for (const { level } of generator.layers) {
      maps = level === 'image' ? paint(generator, maps, colours(steps)) : generator.runLayer(level, maps);
      for (const step of steps) maps = intervene(generator, maps, level, step);
    }
    return maps;
  });
}

/** What one step does to the maps of a level; the maps themselves where it works elsewhere. */
function intervene(generator: LayeredGenerator, maps: Tensor4D, level: Level, step: RecipeStep): Tensor4D {
  if (step.kind === 'fluoHair' || step.level !== level) return maps;
  switch (step.kind) {
    case 'stretch':
      return stretch(maps, step.axis, step.factor);
    case 'scale':
      return scaleChannels(maps, step.channels, step.factor);
    case 'hybridise':
      return replaceChannels(maps, mapsOfSeed(generator, step.seed, step.level), step.channels);
  }
}

function mapsOfSeed(generator: LayeredGenerator, seed: number, level: HiddenLevel): Tensor4D {
  return mapsAt(generator, latentsFromSeeds([seed], generator.latent), level);
}

function colours(steps: readonly RecipeStep[]): ChannelColours {
  let all: ChannelColours = new Map();
  for (const step of steps) {
    if (step.kind === 'fluoHair') all = addColour(all, step.channels, colourMatrix(step.map));
  }
  return all;
}

/** The image layer, with recoloured kernel slices where there are any. */
function paint(generator: LayeredGenerator, fine: Tensor4D, channelColours: ChannelColours): Tensor4D {
  if (channelColours.size === 0) return generator.runLayer('image', fine);
  const kernel = recolourKernel(layerOf(generator, 'image'), generator.kernel('image'), channelColours);
  return tanh(generator.imageLogits(fine, kernel));
}

/**
 * Checks the steps that are switched on against a model: their channels exist at their level, none is named twice, and
 * colour maps can be undone.
 * @throws StudioError `wrong-usage`
 */
export function requireRecipeFits(generator: LayeredGenerator, recipe: Recipe): void {
  recipe.steps.forEach((step, index) => {
    if (!step.enabled) return;
    const fail = (rule: string): never => {
      throw new StudioError('wrong-usage', `Step ${index + 1} of the recipe "${recipe.name}" ${rule}`);
    };
    if (step.kind === 'stretch') return;
    const level = step.kind === 'fluoHair' ? 'fine' : step.level;
    const count = layerOf(generator, level).outputChannels;
    const missing = step.channels.find((channel) => channel >= count);
    if (missing !== undefined) {
      fail(
        `names channel ${missing}, and level ${level} of this model has the channels 0 to ${count - 1}. Was the recipe made for another model?`,
      );
    }
    const twice = step.channels.find((channel, at) => step.channels.indexOf(channel) !== at);
    if (twice !== undefined) fail(`names channel ${twice} twice. Name each channel once.`);
    if (step.kind !== 'fluoHair') return;
    try {
      colourMatrix(step.map);
    } catch (error) {
      if (!(error instanceof StudioError)) throw error;
      fail(`cannot be used. ${error.message}`);
    }
  });
}
