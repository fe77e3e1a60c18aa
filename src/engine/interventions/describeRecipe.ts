import { isPartGate } from '../../contract/recipe.ts';
import type { ColourMap, Gate, Recipe, RecipeStep } from '../../contract/recipe.ts';

/** One line a step, in plain words; steps that are switched off say so. */
export function describeRecipe(recipe: Recipe): string[] {
  return recipe.steps.map((step) => `${describeStep(step)}${step.enabled ? '' : ' (switched off)'}`);
}

function describeStep(step: RecipeStep): string {
  switch (step.kind) {
    case 'fluoHair':
      if (step.gate !== undefined)
        return `FluoHair, ${partOf(step.gate)} only: ${describeMap(step.map)} what is drawn where the ${partOf(step.gate)} gate (${describeGate(step.gate)}) is open`;
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

/** What a gate opens on. */
export function partOf(gate: Gate): string {
  return isPartGate(gate) ? gate.name : 'hair';
}

/** Who told the gate where its part is. */
export function describeGate(gate: Gate): string {
  const ofFaces = isPartGate(gate) && gate.faces !== 1 ? `${gate.faces} faces` : 'one face';
  switch (gate.madeFrom) {
    case 'module':
      return 'found without labels';
    case 'painting':
      return 'from painted faces';
    case 'colours':
      return 'found without labels, by what moves with its colour';
    case 'attributes':
      return 'from the hair attributes of the pictures';
    case 'masks':
      return `from masks of ${ofFaces}`;
    case 'strokes':
      return `from strokes on ${ofFaces}`;
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
