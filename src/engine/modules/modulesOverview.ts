import type { ModulesOverview } from '../../contract/channels.ts';
import type { Watch } from '../../contract/progress.ts';
import { withModel } from '../session/modelPool.ts';
import { hairOf } from './modulesForFluoHair.ts';
import { modulesOfRun } from './modulesOfRun.ts';
import type { SearchInput } from './searchInput.ts';

/** The modules of a level for people who look at them; at the fine level with the one that FluoHair takes for hair. */
export async function modulesOverview(input: SearchInput, watch: Watch): Promise<ModulesOverview> {
  const { search, step, file } = await modulesOfRun(input, watch);
  const { level, pairs, channels, count, unassigned } = search;
  const hair =
    level === 'fine' ? await withModel({ run: input.run, step }, (open) => hairOf(open, search)) : null;
  return {
    ...{ level, step, pairs, channels, count, file },
    hair: hair === null ? null : { count: hair.count, letter: hair.module.letter },
    unassigned: [...unassigned],
    candidates: search.candidates.map(
      ({ count: size, agreement, agreementDeviation, consistency, overlap, modules }) => ({
        ...{ count: size, agreement, agreementDeviation, consistency, overlap },
        modules: modules.map(({ letter, channels: own, stability, influence, name, score }) => ({
          ...{ letter, channels: [...own], stability, influence, name, score },
        })),
      }),
    ),
  };
}
