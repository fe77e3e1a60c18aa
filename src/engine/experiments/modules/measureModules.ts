import type { HiddenLevel } from '../../../contract/levels.ts';
import type { Watch } from '../../../contract/progress.ts';
import { activationGroups, meanActivations } from '../../modules/activationGroups.ts';
import { findModules } from '../../modules/findModules.ts';
import { bestPart, groupRegions, partsApart, randomGroups } from '../../modules/groupScores.ts';
import type { KnownPart, PartScore } from '../../modules/groupScores.ts';
import type { ChannelModule, ModuleSearch } from '../../modules/moduleTypes.ts';
import type { OpenModel } from '../../session/openModel.ts';

/** The ways of grouping channels that are compared; `template` are the modules by their own fitted regions. */
export const groupings = ['template', 'modules', 'kMeans', 'random'] as const;
export type Grouping = (typeof groupings)[number];
export type ComparedGrouping = Exclude<Grouping, 'template'>;

/** Seeds of the pairs of latents that modules are found from; k-means takes other latents and starts each time, too. */
export const drawSeeds: readonly number[] = [0, 1];
/** Random groups of the same sizes: their median and 90th percentile are meant. */
const randomDraws = 40;
/** Latents that mean activation maps are taken over. */
const activationLatents = 128;

/** One search for modules at a level, and what the other groupings of as many groups make of it. */
export interface Draw {
  seed: number;
  count: number;
  modules: { module: ChannelModule; best: PartScore }[];
  /** Mean overlap over the known parts, and each part's; `random` is the median draw. */
  scores: Record<Grouping, { score: number; byPart: number[] }>;
  /** The 90th percentile of random groups. */
  randomNinetieth: number;
  groups: Record<ComparedGrouping, readonly (readonly number[])[]>;
  regions: Record<Grouping, readonly ArrayLike<number>[]>;
  /** For comparisons at another number of modules. */
  search: Pick<ModuleSearch, 'candidates'>;
}

/** @param pairs of latents in each half */
export async function drawModules(
  { model }: Pick<OpenModel, 'model'>,
  options: { level: HiddenLevel; seed: number; pairs: number; counts?: readonly number[] },
  parts: readonly KnownPart[],
  watch: Watch,
): Promise<Draw> {
  const { level, seed } = options;
  const search = await findModules(model, options, watch);
  const { modules, influence, size, count } = search;
  const channels = modules.flatMap((module) => module.channels).sort((a, b) => a - b);
  const latents = Array.from(
    { length: activationLatents },
    (_, place) => 1 + seed * activationLatents + place,
  );
  const maps = await meanActivations(model, level, latents);
  const found = modules.map((module) => module.channels);
  const kMeans = activationGroups(maps, channels, Math.min(count, channels.length), seed);
  const sizes = found.map((group) => group.length);
  const random = Array.from({ length: randomDraws }, (_, draw) => {
    const groups = randomGroups(channels, sizes, seed, draw);
    const regions = groupRegions(influence, groups, size);
    return { groups, regions, scored: partsApart(regions, parts) };
  }).sort((a, b) => a.scored.score - b.scored.score);
  const middle = random[Math.floor(randomDraws / 2)]!;
  const ninetieth = random[Math.floor(randomDraws * 0.9)]!;
  const regions = {
    template: modules.map((module) => module.region),
    modules: groupRegions(influence, found, size),
    kMeans: groupRegions(influence, kMeans, size),
    random: middle.regions,
  };
  return {
    seed,
    count,
    modules: modules.map((module) => ({ module, best: bestPart(module.region, parts) })),
    scores: {
      template: partsApart(regions.template, parts),
      modules: partsApart(regions.modules, parts),
      kMeans: partsApart(regions.kMeans, parts),
      random: middle.scored,
    },
    randomNinetieth: ninetieth.scored.score,
    groups: { modules: found, kMeans, random: middle.groups },
    regions,
    search: { candidates: search.candidates },
  };
}
