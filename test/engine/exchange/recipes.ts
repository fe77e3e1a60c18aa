import { hiddenLevelsOf, nearestLevel } from '../../../src/contract/levels.ts';
import { byLevel } from '../../../src/contract/recipe.ts';
import type { GateLevels, HairGate, PartGate, Recipe, RecipeStep } from '../../../src/contract/recipe.ts';
import { modelNetworks } from '../../../src/engine/models/modelNetworks.ts';
import type { ModelDefinition } from '../../../src/engine/models/modelNetworks.ts';
import { createRandom } from '../../../src/engine/math/random.ts';

/** Recipes with every kind of step, alone and together, for a small model. */
export function allSteps(definition: ModelDefinition): [string, Recipe][] {
  const recolour: RecipeStep = {
    kind: 'fluoHair',
    channels: [0, 1],
    map: { kind: 'target', colour: [1, 0.1, 0.75], strength: 1.5 },
    enabled: true,
  };
  const hairGate: RecipeStep = { ...recolour, gate: hair(definition) };
  const partGate: RecipeStep = { ...recolour, map: { kind: 'negate' }, gate: part(definition) };
  // The first of the levels that a small generator has stands for those that it lacks.
  const hidden = hiddenLevelsOf(definition);
  const [first, second] = [nearestLevel('coarse', hidden), nearestLevel('intermediate', hidden)];
  const across: RecipeStep = {
    kind: 'stretch',
    level: second,
    axis: 'horizontal',
    factor: 1.5,
    enabled: true,
  };
  const down: RecipeStep = { kind: 'stretch', level: first, axis: 'vertical', factor: 0.7, enabled: true };
  const picture: RecipeStep = {
    kind: 'stretch',
    level: 'image',
    axis: 'vertical',
    factor: 1.3,
    enabled: true,
  };
  const off: RecipeStep = { kind: 'scale', level: 'fine', channels: [1], factor: 0, enabled: true };
  const other: RecipeStep = { kind: 'hybridise', level: first, channels: [0, 2], seed: 9, enabled: true };
  const unused: RecipeStep = { ...recolour, enabled: false, channels: [1] };
  const each: [string, RecipeStep[]][] = [
    ['FluoHair', [recolour]],
    ['FluoHair behind a hair gate', [hairGate]],
    ['FluoHair behind a gate on a part', [partGate]],
    ['a level stretched horizontally', [across]],
    ['a level stretched vertically', [down]],
    ['a channel switched off', [off]],
    ['channels of another seed', [other]],
    ['the picture stretched', [picture]],
    ['all together', [other, across, hairGate, recolour, partGate, down, off, picture, unused]],
  ];
  return each.map(([name, steps]) => [name, { version: 1, name, steps }]);
}

function hair(definition: ModelDefinition): HairGate {
  return { madeFrom: 'module', ...weightsOfLevels(definition, 1, 21), bias: 0.1 };
}

function part(definition: ModelDefinition): PartGate {
  const units = 3;
  const { generator } = modelNetworks(definition);
  const fine = generator.layers.at(-1)!.inputChannels;
  const numbers = normals(22);
  return {
    name: 'lips',
    madeFrom: 'strokes',
    faces: 2,
    units,
    ...weightsOfLevels(definition, units, 23),
    around: numbers(fine * units),
    place: numbers(5 * units),
    unitBias: numbers(units),
    out: numbers(units),
    bias: -0.2,
  };
}

function weightsOfLevels(
  definition: ModelDefinition,
  units: number,
  seed: number,
): Pick<HairGate, 'start'> & GateLevels {
  const { layers } = modelNetworks(definition).generator;
  const numbers = normals(seed);
  const [start, ...parts] = layers.map(({ inputChannels }) => numbers(inputChannels * units));
  return { start: start!, ...byLevel(parts, hiddenLevelsOf(definition)) };
}

function normals(seed: number): (count: number) => number[] {
  const random = createRandom(seed, 0);
  return (count) => Array.from({ length: count }, () => 0.3 * random.normal());
}
