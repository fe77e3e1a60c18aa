import type { FluoHairModule } from '../../../contract/intervene.ts';
import { nearestLevel } from '../../../contract/levels.ts';
import type { HiddenLevel } from '../../../contract/levels.ts';
import type { PartGate, RecipeStep } from '../../../contract/recipe.ts';
import { fluoHairOn } from '../../components/fluoHairStep.ts';

/**
 * A new step with values that show something at once; FluoHair acts on hair only where the model's hair gate is at hand.
 * @param hidden the model's hidden levels
 */
export function newStep(
  kind: RecipeStep['kind'],
  modules: readonly FluoHairModule[],
  hidden: readonly HiddenLevel[],
  gate: PartGate | null = null,
): RecipeStep {
  const module = modules.find(({ isHair }) => isHair) ?? modules[0];
  const channels = module === undefined ? [0] : [...module.channels];
  const level = nearestLevel('intermediate', hidden);
  switch (kind) {
    case 'fluoHair':
      return fluoHairOn(channels, gate);
    case 'stretch':
      return { kind, level, axis: 'horizontal', factor: 1.5, enabled: true };
    case 'scale':
      return { kind, level: 'fine', channels, factor: 0, enabled: true };
    case 'hybridise':
      return { kind, level, channels: [0, 1, 2, 3], seed: 7, enabled: true };
  }
}
