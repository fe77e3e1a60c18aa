import { hiddenLevels } from '../../../contract/levels.ts';
import type { HiddenLevel } from '../../../contract/levels.ts';
import type { Address, Params } from '../../address/address.ts';

/** What is chosen at a level: its channels and modules are not those of another one. */
const ofLevel = ['at', 'sel', 'k', 'sweep'] as const;

/**
 * What changes in the address with the level: what was chosen at the level before is kept beside it, as `sel.fine`, and what was
 * chosen at this one is there again.
 */
export function paramsAtLevel(params: Address['params'], level: HiddenLevel): Params {
  const before = hiddenLevels.find((each) => each === params['level']) ?? 'fine';
  if (before === level) return { level };
  const next: Record<string, string | undefined> = { level };
  for (const name of ofLevel) {
    next[`${name}.${before}`] = params[name];
    next[name] = params[`${name}.${level}`];
    next[`${name}.${level}`] = undefined;
  }
  return next;
}
