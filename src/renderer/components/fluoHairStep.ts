import { defaultStrength, magenta } from '../../contract/recipe.ts';
import type { PartGate, RecipeStep } from '../../contract/recipe.ts';

export type FluoHairStep = Extract<RecipeStep, { kind: 'fluoHair' }>;

/** FluoHair as it begins on every page: magenta, at the default strength. Behind a gate the channels say nothing: it reads all levels. */
export function fluoHairOn(channels: readonly number[], gate: PartGate | null = null): FluoHairStep {
  const map = { kind: 'target' as const, colour: magenta.colour, strength: defaultStrength };
  return { kind: 'fluoHair', channels: [...channels], map, enabled: true, ...(gate !== null && { gate }) };
}
