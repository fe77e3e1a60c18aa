import { hiddenLevelsOf, levelsOf } from '../../contract/levels.ts';
import type { HiddenLevel, Level } from '../../contract/levels.ts';
import { useModel } from './useModel.ts';

/** The levels that the model of the top bar has, in computing order, and those whose maps are hidden; all four where there is no model. */
export function useLevels(): { all: readonly Level[]; hidden: readonly HiddenLevel[] } {
  const model = useModel()?.summary.run.model ?? { kind: 'vae' };
  return { all: levelsOf(model), hidden: hiddenLevelsOf(model) };
}
