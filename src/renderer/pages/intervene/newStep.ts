import type { FluoHairModule } from '../../../contract/intervene.ts';
import { defaultStrength, magenta } from '../../../contract/recipe.ts';
import type { RecipeStep } from '../../../contract/recipe.ts';
import type { FluoHairStep } from './FluoHairPanel.tsx';

/** A new step with values that show something at once. */
export function newStep(kind: RecipeStep['kind'], modules: readonly FluoHairModule[]): RecipeStep {
  const module = modules.find(({ isHair }) => isHair) ?? modules[0];
  const channels = module === undefined ? [0] : [...module.channels];
  switch (kind) {
    case 'fluoHair':
      return fluoHairOn(channels);
    case 'stretch':
      return { kind, level: 'intermediate', axis: 'horizontal', factor: 1.5, enabled: true };
    case 'scale':
      return { kind, level: 'fine', channels, factor: 0, enabled: true };
    case 'hybridise':
      return { kind, level: 'intermediate', channels: [0, 1, 2, 3], seed: 7, enabled: true };
  }
}

export function fluoHairOn(channels: readonly number[]): FluoHairStep {
  const map = { kind: 'target' as const, colour: magenta.colour, strength: defaultStrength };
  return { kind: 'fluoHair', channels: [...channels], map, enabled: true };
}
