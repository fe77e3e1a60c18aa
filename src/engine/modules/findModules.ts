import { setImmediate } from 'node:timers/promises';
import { StudioError } from '../../contract/errors.ts';
import type { HiddenLevel } from '../../contract/levels.ts';
import { defaultPairs } from '../../contract/modules.ts';
import type { ModulePreparation } from '../../contract/modules.ts';
import type { Watch } from '../../contract/progress.ts';
import { mean, standardDeviation } from '../math/statistics.ts';
import type { SplitGenerator } from '../models/layeredGenerator.ts';
import { agreementOf, clusterChannels, regionsOf, relabel, templateOverlap } from './clusterChannels.ts';
import type { Agreement, Clustering } from './clusterChannels.ts';
import { influenceMaps, meanInfluence } from './influenceMaps.ts';
import type { InfluenceMaps, InfluenceRequest } from './influenceMaps.ts';
import { halveResolution, moduleMatrix } from './moduleMatrix.ts';
import type { ModuleMatrix } from './moduleMatrix.ts';
import type { ChannelModule, ModuleCandidate, ModuleSearch } from './moduleTypes.ts';

export interface ModuleOptions {
  level: HiddenLevel;
  seed: number;
  /** Pairs of latents in each half; a multiple of 4. Default `defaultPairs`. */
  pairs?: number;
  /** Default `weighted`. */
  preparation?: ModulePreparation;
  /** Numbers of modules that are tried. Default 3 … 6: two can only tell the largest region from the rest. */
  counts?: readonly number[];
  /** As at `InfluenceRequest`. */
  onPart?: InfluenceRequest['onPart'];
}

/** Pairs are measured in eight blocks; four of them make a half, and these four halves share two blocks with each other. */
const blocks = 8;
const halves: readonly (readonly number[])[] = [
  [0, 1, 2, 3],
  [0, 2, 4, 6],
  [0, 1, 4, 5],
  [0, 3, 5, 6],
];
const wholeFit = { starts: 5, iterations: 300 };
const halfFit = { starts: 2, iterations: 150 };

/**
 * The modules of a level, without labels: influence maps of every channel, smoothed, factorised; each channel goes to
 * the part with its largest weight (Besserve, Mehrjou, Sun and Schölkopf, ICLR 2020).
 *
 * The number of modules (our choice; docs/decisions/modules.md): for each number the halves of the pairs are clustered
 * apart, four times, and their agreement is corrected for chance. The largest number is taken whose agreement is within
 * one standard deviation of the best, that leaves no module without channels and cuts none in two.
 */
export async function findModules(
  generator: SplitGenerator,
  options: ModuleOptions,
  watch: Watch = {},
): Promise<ModuleSearch> {
  const { level, seed, pairs = defaultPairs } = options;
  const { onPart } = options;
  const request = { level, pairsInAll: 2 * pairs, blocks, seed, ...(onPart && { onPart }) };
  const maps = await influenceMaps(generator, request, watch);
  return modulesOfInfluence(maps, options, watch);
}

/** The same from influence maps in eight blocks that are at hand. */
export async function modulesOfInfluence(
  maps: InfluenceMaps,
  {
    seed,
    pairs = defaultPairs,
    preparation = 'weighted',
    counts = [3, 4, 5, 6],
  }: Omit<ModuleOptions, 'level' | 'onPart'>,
  watch: Watch = {},
): Promise<ModuleSearch> {
  const { level, channels, size } = maps;
  const influence = meanInfluence(maps);
  const whole = moduleMatrix(influence, channels, size, preparation);
  const usable = counts.filter((count) => count >= 1 && count <= whole.channels.length);
  if (usable.length === 0) {
    throw new StudioError(
      'wrong-usage',
      `Only ${whole.channels.length} of the ${channels} channels at the ${level} level change the picture: too few to group. Train longer, or choose another level.`,
    );
  }
  const small = halveResolution(whole, size);
  const matrixOf = (chosen: readonly number[]): ModuleMatrix =>
    halveResolution(
      onlyChannels(moduleMatrix(meanInfluence(maps, chosen), channels, size, preparation), whole),
      size,
    );
  const splits = halves.map((half): [ModuleMatrix, ModuleMatrix] => {
    const rest = Array.from({ length: blocks }, (_, block) => block).filter((block) => !half.includes(block));
    return [matrixOf(half), matrixOf(rest)];
  });
  const candidates: ModuleCandidate[] = [];
  for (const [index, count] of usable.entries()) {
    const clustering = clusterChannels(small, count, { seed, ...wholeFit });
    const agreements: Agreement[] = [];
    const jaccards: number[][] = [];
    for (const [one, other] of splits) {
      const [a, b] = [one, other].map((half, side) =>
        clusterChannels(half, count, { seed: seed + 1 + side, ...halfFit }),
      ) as [Clustering, Clustering];
      agreements.push(agreementOf(a.labels, relabel(b, a), count));
      jaccards.push(agreementOf(relabel(a, clustering), relabel(b, clustering), count).jaccard);
      await setImmediate();
      if (watch.signal?.aborted === true) {
        throw new StudioError('interrupted', 'The search for modules was stopped. Nothing was written.');
      }
    }
    candidates.push(describe(clustering, agreements, jaccards, whole, influence));
    watch.onProgress?.({ phase: 'modules', done: index + 1, total: usable.length });
  }
  const count = chooseCount(candidates);
  const pixels = size * size;
  return {
    ...{ level, seed, pairs, preparation, size, channels, count, candidates },
    modules: candidates.find((candidate) => candidate.count === count)!.modules,
    unassigned: Array.from({ length: channels }, (_, channel) => channel).filter(
      (channel) => !whole.channels.includes(channel),
    ),
    influence: Array.from({ length: channels }, (_, channel) =>
      influence.slice(channel * pixels, (channel + 1) * pixels),
    ),
  };
}

/** From this cosine on two templates are one module cut in two. */
const sameTemplate = 0.95;

/**
 * The largest number of modules whose agreement is within one standard deviation (the best's) of the best, among those
 * numbers that leave no module without channels (noise that got a template of its own, and agrees with everything) and
 * cut none in two; among all where there is no such number.
 */
export function chooseCount(candidates: readonly CountCandidate[]): number {
  const sound = candidates.filter(
    ({ count, modules, overlap }) => modules.length === count && overlap < sameTemplate,
  );
  const eligible = sound.length > 0 ? sound : candidates;
  const best = eligible.reduce((most, next) => (next.agreement > most.agreement ? next : most));
  const least = best.agreement - best.agreementDeviation;
  return Math.max(...eligible.filter(({ agreement }) => agreement >= least).map(({ count }) => count));
}

type CountCandidate = Pick<ModuleCandidate, 'count' | 'agreement' | 'agreementDeviation' | 'overlap'> & {
  readonly modules: readonly unknown[];
};

/** The rows of the channels that count in the whole; one that is dead in this half alone is zero. */
function onlyChannels(matrix: ModuleMatrix, whole: ModuleMatrix): ModuleMatrix {
  const { columns } = matrix;
  const values = new Float64Array(whole.channels.length * columns);
  whole.channels.forEach((channel, row) => {
    const from = matrix.channels.indexOf(channel);
    if (from >= 0) values.set(matrix.values.subarray(from * columns, (from + 1) * columns), row * columns);
  });
  return { channels: whole.channels, columns, values };
}

function describe(
  clustering: Clustering,
  agreements: readonly Agreement[],
  jaccards: readonly (readonly number[])[],
  whole: ModuleMatrix,
  influence: Float32Array,
): ModuleCandidate {
  const count = clustering.templates.length;
  const kappas = agreements.map(({ kappa }) => kappa);
  const regions = regionsOf(whole, clustering.weights, count);
  const unordered = regions.map((region, k) => {
    const channels = whole.channels.filter((_, row) => clustering.labels[row] === k);
    const strengths = channels.map((channel) =>
      mean(influence.subarray(channel * whole.columns, (channel + 1) * whole.columns)),
    );
    return {
      channels,
      region,
      stability: mean(jaccards.map((jaccard) => jaccard[k]!)),
      influence: strengths.reduce((sum, value) => sum + value, 0),
    };
  });
  const modules = unordered
    .filter(({ channels }) => channels.length > 0)
    .sort((a, b) => b.influence - a.influence)
    .map((module, place): ChannelModule => ({
      letter: String.fromCharCode(65 + place),
      ...module,
      name: null,
      score: null,
    }));
  return {
    count,
    agreement: mean(kappas),
    agreementDeviation: standardDeviation(kappas),
    consistency: mean(agreements.map(({ consistency }) => consistency)),
    overlap: templateOverlap(clustering),
    error: clustering.error,
    modules,
  };
}
