import { defaultStrength, magenta } from '../../contract/recipe.ts';
import type { RecipeStep } from '../../contract/recipe.ts';

export type FluoHairStep = Extract<RecipeStep, { kind: 'fluoHair' }>;

/** FluoHair as it begins on every page: magenta, at the default strength. */
export function fluoHairOn(channels: readonly number[]): FluoHairStep {
  const map = { kind: 'target' as const, colour: magenta.colour, strength: defaultStrength };
  return { kind: 'fluoHair', channels: [...channels], map, enabled: true };
}
