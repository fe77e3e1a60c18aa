import { StudioError } from '../../contract/errors.ts';
import { hiddenLevels } from '../../contract/levels.ts';
import type { HiddenLevel, Level } from '../../contract/levels.ts';
import { isPartGate } from '../../contract/recipe.ts';
import type { Gate, Recipe, RecipeStep } from '../../contract/recipe.ts';
import { channelsOfLevels, mapsOfLevels, resizeTo } from '../models/hypercolumns.ts';
import {
  hiddenLevelsIn,
  layerOf,
  latentsFromSeeds,
  levelsInWords,
  mapsAt,
  passThrough,
} from '../models/layeredGenerator.ts';
import type { LayeredGenerator } from '../models/layeredGenerator.ts';
import { tanh } from '../tensorflow/activations.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor2D, Tensor4D } from '../tensorflow/tf.ts';
import { replaceChannels, scaleChannels } from './channels.ts';
import { affineColour, colourMatrix } from './colourMatrix.ts';
import { addColour, recolourKernel } from './fluoHair.ts';
import type { ChannelColours } from './fluoHair.ts';
import { colourChange, gateAtLevel, gateAtStart, openness, recolourWhereOpen } from './gate.ts';
import type { ColourChange } from './gate.ts';
import { stretch } from './stretch.ts';

/** What a recipe makes of the hidden levels: the fine maps, and how open each gate is, in the order of the steps. */
export interface FineMaps {
  /** [B, H, W, C] */
  maps: Tensor4D;
  /** 0 … 1, [B, size, size, 1] each. */
  gates: Tensor4D[];
}

/**
 * Pictures with a recipe's interventions: z [B, latent] → [B, H, W, 3] in [−1, 1].
 * Steps at one level act in the order of the list, levels in the order of the network. The colour maps of FluoHair are
 * multiplied in the list's order and act on the image layer's kernel, before what stretches the picture; those behind a
 * gate come after them, in the list's order, on the kernel's output. A hybrid takes the other seed's maps as they are
 * without the recipe. A recipe without steps gives the picture of `generateImages`, to the bit.
 *
 * @returns the caller's to dispose
 * @throws StudioError `wrong-usage` where the recipe does not fit the model, naming the step and the rule
 */
export function applyRecipe(generator: LayeredGenerator, recipe: Recipe, z: Tensor2D): Tensor4D {
  requireRecipeFits(generator, recipe);
  return tf.tidy(() => pictureFromMaps(generator, recipe, fineMapsWith(generator, recipe, z)));
}

/** The first part of `applyRecipe`, for a recipe that fits: all that happens before the image layer. */
export function fineMapsWith(generator: LayeredGenerator, recipe: Recipe, z: Tensor2D): FineMaps {
  const steps = recipe.steps.filter((step) => step.enabled);
  const gated = gatedSteps(recipe);
  const isUntouched = steps.every(isAfterFineMaps);
  if (isUntouched && gated.length === 0) return { maps: mapsAt(generator, z, 'fine'), gates: [] };
  return tf.tidy(() => {
    const known = isUntouched ? mapsOfLevels(generator, z) : [];
    let maps = known.shift() ?? generator.start(z);
    let gates = gated.map(({ gate }) => ({ gate, map: gateAtStart(gate, maps) }));
    for (const { level } of generator.layers) {
      if (level === 'image') continue;
      maps = known.shift() ?? generator.runLayer(level, maps);
      for (const step of steps) maps = intervene(generator, maps, level, step);
      gates = gates.map(({ gate, map }) => ({ gate, map: follow(gate, map, level, maps, steps) }));
    }
    return { maps, gates: gates.map(({ gate, map }) => openness(gate, map, generator.imageSize)) };
  });
}

/** FluoHair and stretches of the picture act after the fine maps, all else before or on them. */
export function isAfterFineMaps(step: RecipeStep): boolean {
  return step.kind === 'fluoHair' || (step.kind === 'stretch' && step.level === 'image');
}

/** The second part: what FluoHair and stretches of the picture make of the first part's maps. */
export function pictureFromMaps(
  generator: LayeredGenerator,
  recipe: Recipe,
  { maps, gates }: FineMaps,
): Tensor4D {
  const steps = recipe.steps.filter((step) => step.enabled);
  return tf.tidy(() => {
    const painted = gatedSteps(recipe).map(({ map }, at) => ({
      open: gates[at]!,
      ...colourChange(affineColour(map)),
    }));
    let picture = paint(generator, maps, colours(steps), painted);
    for (const step of steps) picture = intervene(generator, picture, 'image', step);
    return picture;
  });
}

type GatedStep = Extract<RecipeStep, { kind: 'fluoHair' }> & { gate: Gate };

function isGated(step: RecipeStep): step is GatedStep {
  return step.kind === 'fluoHair' && step.gate !== undefined;
}

/** The steps behind a gate that are switched on. */
export function gatedSteps(recipe: Recipe): GatedStep[] {
  return recipe.steps.filter((step) => step.enabled).filter(isGated);
}

/**
 * The gate's map after a level. It is one more map of its level: what stretches the others stretches what it brought
 * along, and reads the stretched ones.
 */
function follow(
  gate: Gate,
  before: Tensor4D,
  level: HiddenLevel,
  maps: Tensor4D,
  steps: readonly RecipeStep[],
): Tensor4D {
  let along = resizeTo(before, maps.shape[1]);
  for (const step of steps) {
    if (step.kind === 'stretch' && step.level === level) along = stretch(along, step.axis, step.factor);
  }
  return gateAtLevel(gate, level, along, maps);
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

/** Of the steps without a gate. */
function colours(steps: readonly RecipeStep[]): ChannelColours {
  let all: ChannelColours = new Map();
  for (const step of steps) {
    if (step.kind === 'fluoHair' && !isGated(step))
      all = addColour(all, step.channels, colourMatrix(step.map));
  }
  return all;
}

type OpenColour = ColourChange & { open: Tensor4D };

/** The image layer, with recoloured kernel slices and gates where there are any. */
function paint(
  generator: LayeredGenerator,
  fine: Tensor4D,
  channelColours: ChannelColours,
  gated: readonly OpenColour[],
): Tensor4D {
  if (channelColours.size === 0 && gated.length === 0) return generator.runLayer('image', fine);
  const own = generator.kernel('image');
  const kernel =
    channelColours.size === 0 ? own : recolourKernel(layerOf(generator, 'image'), own, channelColours);
  // A colour changes with every move of a hand: nothing of it may be a constant of the pass.
  const ofGates = Object.fromEntries(
    gated.flatMap((each, at) => Object.entries(each).map(([name, tensor]) => [`${name} ${at}`, tensor])),
  );
  return passThrough(generator, 'painted', { fine, kernel, ...ofGates }, (inputs) => {
    const logits = gated.reduce(
      (before, each) => recolourWhereOpen(before, each.open, each),
      generator.imageLogits(inputs.fine, inputs.kernel),
    );
    return { picture: tanh(logits) };
  }).picture;
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
    const level = step.kind === 'fluoHair' ? 'fine' : step.level;
    if (!generator.layers.some((layer) => layer.level === level)) {
      fail(
        `works at the level ${level}, which this model lacks: ${levelsInWords(generator.layers)}. Choose one of them.`,
      );
    }
    if (step.kind === 'stretch') return;
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
    if (step.gate !== undefined && !isGateOf(generator, step.gate)) {
      fail('has a gate that was made for another model. Make one for this model.');
    }
    try {
      colourMatrix(step.map);
    } catch (error) {
      if (!(error instanceof StudioError)) throw error;
      fail(`cannot be used. ${error.message}`);
    }
  });
}

/** Whether a gate has weights for every channel of every level, and of no level that the model lacks. */
function isGateOf(generator: LayeredGenerator, gate: Gate): boolean {
  const units = isPartGate(gate) ? gate.units : 1;
  const fits = (weights: readonly number[], channels: number): boolean => weights.length === channels * units;
  const [start, ...channels] = channelsOfLevels(generator);
  const own = hiddenLevelsIn(generator);
  return (
    fits(gate.start, start!) &&
    hiddenLevels.every((level) => {
      const at = own.indexOf(level);
      return at < 0 ? gate[level] === undefined : fits(gate[level] ?? [], channels[at]!);
    }) &&
    (!isPartGate(gate) || fits(gate.around, channels.at(-1)!))
  );
}
