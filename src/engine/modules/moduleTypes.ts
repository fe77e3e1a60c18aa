import type { HiddenLevel } from '../../contract/levels.ts';
import type { ModulePreparation, ModulesFile } from '../../contract/modules.ts';

/** A group of channels of one level that change the same region of the picture. */
export interface ChannelModule {
  readonly letter: string;
  readonly channels: readonly number[];
  /** [size · size], 0 … 1 */
  readonly region: Float32Array;
  readonly stability: number;
  readonly influence: number;
  readonly name: string | null;
  readonly score: number | null;
}

/** The channels in a given number of modules; the numbers are explained at `moduleCandidateSchema`. */
export interface ModuleCandidate {
  readonly count: number;
  readonly agreement: number;
  readonly agreementDeviation: number;
  readonly consistency: number;
  readonly overlap: number;
  readonly error: number;
  readonly modules: readonly ChannelModule[];
}

export interface ModuleSearch {
  readonly level: HiddenLevel;
  readonly seed: number;
  /** Pairs of latents in each half of the measurement. */
  readonly pairs: number;
  readonly preparation: ModulePreparation;
  readonly size: number;
  readonly channels: number;
  /** The number of modules chosen. */
  readonly count: number;
  /** Those of the chosen candidate. */
  readonly modules: readonly ChannelModule[];
  readonly candidates: readonly ModuleCandidate[];
  readonly unassigned: readonly number[];
  /** Mean influence of each channel, [size · size] each. */
  readonly influence: readonly Float32Array[];
}

/**
 * For a file: numbers are rounded to six digits, which no picture or choice depends on.
 * @param weights SHA-256 of the weights that were searched
 */
export function moduleSearchToFile(search: ModuleSearch, weights?: string): ModulesFile {
  const { level, seed, pairs, preparation, size, channels, count } = search;
  return {
    version: 2,
    ...(weights !== undefined && { weights }),
    ...{ level, seed, pairs, preparation, size, channels, count },
    candidates: search.candidates.map((candidate) => ({
      ...candidate,
      modules: candidate.modules.map((module) => ({
        ...module,
        channels: [...module.channels],
        region: rounded(module.region),
      })),
    })),
    unassigned: [...search.unassigned],
    influence: search.influence.map(rounded),
  };
}

export function moduleSearchFromFile(file: ModulesFile): ModuleSearch {
  const candidates = file.candidates.map((candidate) => ({
    ...candidate,
    modules: candidate.modules.map((module) => ({ ...module, region: Float32Array.from(module.region) })),
  }));
  const { level, seed, pairs, preparation, size, channels, count, unassigned } = file;
  return {
    ...{ level, seed, pairs, preparation, size, channels, count, unassigned },
    candidates,
    modules: candidates.find((candidate) => candidate.count === count)?.modules ?? [],
    influence: file.influence.map((map) => Float32Array.from(map)),
  };
}

function rounded(values: Float32Array): number[] {
  return Array.from(values, (value) => Number(value.toPrecision(6)));
}
