import { levelName, levelSides } from '../../contract/levels.ts';
import type { Level } from '../../contract/levels.ts';
import { useLevelNaming } from './levelNaming.ts';
import { useModel } from './useModel.ts';

/** A level's name with the size of its maps in the model of the top bar, as the person chose: "fine (64 × 64)". */
export function useLevelName(): (level: Level) => string {
  const sides = levelSides(useModel()?.summary.run.model ?? { kind: 'vae' });
  const naming = useLevelNaming();
  return (level) => levelName(level, { sides, naming });
}
