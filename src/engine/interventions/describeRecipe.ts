import type { ColourMap, HairGate, Recipe, RecipeStep } from '../../contract/recipe.ts';

/** One line a step, in plain words; steps that are switched off say so. */
export function describeRecipe(recipe: Recipe): string[] {
  return recipe.steps.map((step) => `${describeStep(step)}${step.enabled ? '' : ' (switched off)'}`);
}

function describeStep(step: RecipeStep): string {
  switch (step.kind) {
    case 'fluoHair':
      if (step.gate !== undefined)
        return `FluoHair, hair only: ${describeMap(step.map)} what is drawn where the hair gate (${describeGate(step.gate)}) is open`;
      return `FluoHair: ${describeMap(step.map)} what ${list(step.channels)} of level fine draw${one(step.channels)}`;
    case 'stretch':
      return `Stretch ${step.level === 'image' ? 'the picture' : `all maps of level ${step.level}`} by ${step.factor}, ${step.axis}ly`;
    case 'scale':
      return step.factor === 0
        ? `Switch off ${list(step.channels)} of level ${step.level}`
        : `Multiply ${list(step.channels)} of level ${step.level} by ${step.factor}`;
    case 'hybridise':
      return `Replace ${list(step.channels)} of level ${step.level} by those of seed ${step.seed}`;
  }
}

function describeGate({ madeFrom }: HairGate): string {
  switch (madeFrom) {
    case 'module':
      return 'found without labels';
    case 'painting':
      return 'from painted faces';
  }
}

function describeMap(map: ColourMap): string {
  switch (map.kind) {
    case 'target':
      return `paint in ${hex(map.colour)} with strength ${map.strength}`;
    case 'negate':
      return 'invert the colours of';
    case 'matrix':
      return `multiply by the colour map [${map.matrix.map((row) => `[${row.join(', ')}]`).join(', ')}]`;
  }
}

function hex(colour: readonly number[]): string {
  return `#${colour
    .map((part) =>
      Math.round(part * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

function list(channels: readonly number[]): string {
  if (channels.length === 1) return `channel ${channels[0]!}`;
  return `channels ${channels.slice(0, -1).join(', ')} and ${channels[channels.length - 1]!}`;
}

function one(channels: readonly number[]): string {
  return channels.length === 1 ? 's' : '';
}
