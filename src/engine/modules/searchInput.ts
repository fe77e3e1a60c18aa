import type { HiddenLevel } from '../../contract/levels.ts';
import type { ModulePreparation } from '../../contract/modules.ts';

/** What a search for modules is asked with; the settings of `modules` of the command line. */
export interface SearchInput {
  run: string;
  step?: number | undefined;
  level: HiddenLevel;
  pairs: number;
  seed: number;
  preparation: ModulePreparation;
}
