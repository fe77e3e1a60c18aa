import type { FluoHairModule, FluoHairModules } from '../../contract/intervene.ts';
import { defaultPairs, isByChance } from '../../contract/modules.ts';
import type { Watch } from '../../contract/progress.ts';
import type { ModelRef } from '../../contract/shared.ts';
import { layerOf } from '../models/layeredGenerator.ts';
import { chooseHairOnSeeds } from './hairModule.ts';
import type { ChannelModule, ModuleSearch } from './moduleTypes.ts';
import { givenNames, nameOfChannels } from './givenNames.ts';
import { knownModules, modulesOfRun } from './modulesOfRun.ts';
import type { SearchInput } from './searchInput.ts';
import { measurement } from '../session/measurements.ts';
import { withModel } from '../session/modelPool.ts';
import type { OpenModel } from '../session/openModel.ts';

/** The settings of `modules` of the command line, so that both give the same modules. */
const settings = { level: 'fine', pairs: defaultPairs, seed: 0, preparation: 'weighted' } as const;

function inputOf(open: OpenModel): SearchInput {
  return { run: open.folder, step: open.step, ...settings };
}

/** Null where the modules of this checkpoint were not found yet. */
export function knownModulesForFluoHair(ref: ModelRef): Promise<FluoHairModules | null> {
  return withModel(ref, async (open) => {
    const found = await knownModules(inputOf(open));
    return found === undefined ? null : describe(open, found.search);
  });
}

export function findModulesForFluoHair(ref: ModelRef, watch: Watch): Promise<FluoHairModules> {
  return withModel(ref, async (open) => {
    const { search } = await modulesOfRun(inputOf(open), watch);
    return describe(open, search);
  });
}

/** Where a module acts; null where it is not known. */
export async function regionOf(
  open: OpenModel,
  module: { count: number; letter: string } | null,
): Promise<Float32Array | null> {
  if (module === null) return null;
  const found = await knownModules(inputOf(open));
  const candidate = found?.search.candidates.find(({ count }) => count === module.count);
  return candidate?.modules.find(({ letter }) => letter === module.letter)?.region ?? null;
}

/** The module that FluoHair takes for hair, and the number of modules that it is one of. */
export function hairOf(open: OpenModel, search: ModuleSearch): Promise<Hair> {
  return hairChoice.of(open, search, {});
}

/** The modules of the number that the hair module is one of: the same that Channels shows first. */
async function describe(open: OpenModel, search: ModuleSearch): Promise<FluoHairModules> {
  const { model, step } = open;
  const hair = await hairOf(open, search);
  const names = await givenNames(inputOf(open));
  const fineChannels = layerOf(model, 'fine').outputChannels;
  const living = fineChannels - search.unassigned.length;
  const entry = (module: ChannelModule): FluoHairModule => ({
    ...{ count: hair.count, letter: module.letter, stability: module.stability, name: module.name },
    isByChance: isByChance(module, living),
    isHair: module.letter === hair.module.letter,
    given: nameOfChannels(names, module.channels) ?? null,
    channels: [...module.channels],
  });
  const shown = search.candidates.find(({ count }) => count === hair.count)?.modules ?? [];
  const modules = shown.filter(({ channels }) => channels.length > 0).map(entry);
  return { step, fineChannels, modules };
}

export interface Hair {
  count: number;
  module: ChannelModule;
}

const hairChoice = measurement<ModuleSearch, Hair>(
  'hair module',
  ({ count, pairs }) => `${count} ${pairs}`,
  ({ model }, search) => {
    const { count, module } = chooseHairOnSeeds(model, search).chosen;
    return Promise.resolve({ count, module });
  },
);
