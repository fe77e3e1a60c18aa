import type { Level } from '../../contract/levels.ts';
import type { Gate, Recipe, RecipeStep } from '../../contract/recipe.ts';
import { gatedSteps, requireRecipeFits } from '../interventions/applyRecipe.ts';
import { affineColour, colourMatrix } from '../interventions/colourMatrix.ts';
import type { AffineColour } from '../interventions/colourMatrix.ts';
import { addColour, recolourKernel } from '../interventions/fluoHair.ts';
import type { ChannelColours } from '../interventions/fluoHair.ts';
import { stretchMatrix } from '../interventions/stretch.ts';
import type { Axis } from '../interventions/stretch.ts';
import { layerOf, latentsFromSeeds, mapsAt } from '../models/layeredGenerator.ts';
import type { LayeredGenerator } from '../models/layeredGenerator.ts';
import { tf } from '../tensorflow/tf.ts';
import { transposed } from './channelsFirst.ts';

/** A step as fixed numbers that act on maps [B, C, H, W], or on the picture. */
export type BakedStep =
  /** Along an axis each line of pixels is multiplied by a matrix: new = matrix · old, [side, side], rows first. */
  | { kind: 'stretch'; axis: Axis; side: number; matrix: Float32Array }
  /** A factor a channel, [C]. */
  | { kind: 'scale'; factors: Float32Array }
  /** maps · kept + added: where `kept` is 0, [C], the channel is another seed's, [C, H, W]; where it is 1, `added` is 0. */
  | { kind: 'replace'; kept: Float32Array; side: number; added: Float32Array };

export interface BakedGate {
  gate: Gate;
  colour: AffineColour;
}

/** A recipe as what it makes of one model's network: numbers, and no more choices. */
export interface BakedRecipe {
  name: string;
  /** The image layer's kernel in the layout of `kernelShape`, recoloured (paper, Fig. 1). */
  imageKernel: Float32Array;
  /** In the order of the list. */
  steps: ReadonlyMap<Level, readonly BakedStep[]>;
  gates: readonly BakedGate[];
}

/**
 * @throws StudioError `wrong-usage` where the recipe does not fit the model
 */
export function bakeRecipe(generator: LayeredGenerator, recipe: Recipe): BakedRecipe {
  requireRecipeFits(generator, recipe);
  const enabled = recipe.steps.filter((step) => step.enabled);
  const steps = new Map<Level, BakedStep[]>();
  for (const step of enabled) {
    if (step.kind === 'fluoHair') continue;
    steps.set(step.level, [...(steps.get(step.level) ?? []), bakeStep(generator, step)]);
  }
  return {
    name: recipe.name,
    imageKernel: recolouredKernel(generator, enabled),
    steps,
    gates: gatedSteps(recipe).map(({ gate, map }) => ({ gate, colour: affineColour(map) })),
  };
}

function recolouredKernel(generator: LayeredGenerator, steps: readonly RecipeStep[]): Float32Array {
  let colours: ChannelColours = new Map();
  for (const step of steps) {
    if (step.kind !== 'fluoHair' || step.gate !== undefined) continue;
    colours = addColour(colours, step.channels, colourMatrix(step.map));
  }
  return tf.tidy(() =>
    Float32Array.from(
      recolourKernel(layerOf(generator, 'image'), generator.kernel('image'), colours).dataSync<'float32'>(),
    ),
  );
}

function bakeStep(generator: LayeredGenerator, step: Exclude<RecipeStep, { kind: 'fluoHair' }>): BakedStep {
  const { outputSize: side, outputChannels } = layerOf(generator, step.level);
  switch (step.kind) {
    case 'stretch':
      return { kind: 'stretch', axis: step.axis, side, matrix: stretchMatrix(side, step.factor) };
    case 'scale': {
      const factors = new Float32Array(outputChannels).fill(1);
      for (const channel of step.channels) factors[channel] = step.factor;
      return { kind: 'scale', factors };
    }
    case 'hybridise': {
      const maps = tf.tidy(() =>
        mapsAt(generator, latentsFromSeeds([step.seed], generator.latent), step.level).dataSync<'float32'>(),
      );
      const other = transposed(Float32Array.from(maps), [side, side, outputChannels], [2, 0, 1]).data;
      const kept = new Float32Array(outputChannels).fill(1);
      const added = new Float32Array(other.length);
      for (const channel of step.channels) {
        kept[channel] = 0;
        const from = channel * side * side;
        added.set(other.subarray(from, from + side * side), from);
      }
      return { kind: 'replace', kept, side, added };
    }
  }
}
