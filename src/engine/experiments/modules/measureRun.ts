import { hiddenLevels } from '../../../contract/levels.ts';
import type { HiddenLevel } from '../../../contract/levels.ts';
import type { Watch } from '../../../contract/progress.ts';
import { mean } from '../../math/statistics.ts';
import { groupingAgreement } from '../../modules/groupScores.ts';
import type { KnownPart } from '../../modules/groupScores.ts';
import type { TrainedRun } from '../experiment.ts';
import { drawModules, drawSeeds } from './measureModules.ts';
import type { Draw } from './measureModules.ts';

/** Where modules are followed over training: FluoHair works there. */
export const followedLevel = 'fine';

/** Agreement of two groupings of the same channels; null where nothing can be said. */
export interface Agreements {
  modules: number | null;
  kMeans: number | null;
}

export interface RunModules {
  name: string;
  seed: number;
  step: number;
  /** One search for each of `drawSeeds`. */
  draws: Record<HiddenLevel, Draw[]>;
  /** Over other pairs of latents at the same number of modules (adjusted Rand index). */
  overPairs: Record<HiddenLevel, Agreements>;
  /** Of earlier checkpoints with the last one, at the followed level and at its number of modules. */
  overTraining: ({ step: number } & Agreements)[];
}

/** Searches of one run: every level twice, and at the followed level every checkpoint before the last. */
export async function measureRun(
  trained: TrainedRun,
  pairs: number,
  parts: readonly KnownPart[],
  watch: Watch,
): Promise<RunModules> {
  const { name, needed, step, checkpoints } = trained;
  const earlier = checkpoints.filter((checkpoint) => checkpoint > 0 && checkpoint < step);
  const total = hiddenLevels.length * drawSeeds.length + earlier.length;
  let done = 0;
  const tell = (): void => {
    done++;
    watch.onProgress?.({ phase: `modules of ${name}`, done, total });
  };
  const quiet: Watch = watch.signal === undefined ? {} : { signal: watch.signal };
  const draws: RunModules['draws'] = { coarse: [], intermediate: [], fine: [] };
  await trained.withModel(async (open) => {
    for (const level of hiddenLevels) {
      for (const seed of drawSeeds) {
        draws[level].push(await drawModules(open, { level, seed, pairs }, parts, quiet));
        tell();
      }
    }
  });
  const last = draws[followedLevel][0]!;
  const overTraining: RunModules['overTraining'] = [];
  for (const checkpoint of earlier) {
    const request = { level: followedLevel, seed: drawSeeds[0]!, pairs, counts: [last.count] } as const;
    const then = await trained.withModel((open) => drawModules(open, request, parts, quiet), checkpoint);
    overTraining.push({ step: checkpoint, ...agreements(then, last) });
    tell();
  }
  return {
    name,
    seed: needed.seed,
    step,
    draws,
    overPairs: {
      coarse: pairsAgreement(draws.coarse),
      intermediate: pairsAgreement(draws.intermediate),
      fine: pairsAgreement(draws.fine),
    },
    overTraining,
  };
}

/** Every later draw against the first, at the first's number of modules. */
function pairsAgreement([first, ...others]: readonly Draw[]): Agreements {
  const all = others.map((other) => agreements(other, first!));
  const meanOf = (name: keyof Agreements): number | null => {
    const known = all.flatMap((each) => each[name] ?? []);
    return known.length === 0 ? null : mean(known);
  };
  return { modules: meanOf('modules'), kMeans: meanOf('kMeans') };
}

function agreements(draw: Draw, reference: Draw): Agreements {
  const candidate = draw.search.candidates.find(({ count }) => count === reference.count);
  const groups = candidate?.modules.map((module) => module.channels) ?? draw.groups.modules;
  return {
    modules: groupingAgreement(groups, reference.groups.modules),
    kMeans: groupingAgreement(draw.groups.kMeans, reference.groups.kMeans),
  };
}
