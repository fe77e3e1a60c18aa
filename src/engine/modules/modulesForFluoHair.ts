import type { FluoHairModule, FluoHairModules } from '../../contract/intervene.ts';
import { defaultPairs } from '../../contract/modules.ts';
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

/** The modules of the chosen number, and the hair module where another number has the better one. */
async function describe(open: OpenModel, search: ModuleSearch): Promise<FluoHairModules> {
  const { model, step } = open;
  const hair = await hairChoice.of(open, search, {});
  const names = await givenNames(inputOf(open));
  const entry = (module: ChannelModule, count: number, isHair: boolean): FluoHairModule => ({
    ...{ count, letter: module.letter, stability: module.stability, isHair },
    name: nameOfChannels(names, module.channels) ?? module.name,
    channels: [...module.channels],
  });
  const modules = search.modules
    .filter(({ channels }) => channels.length > 0)
    .map((module) => entry(module, search.count, module === hair.module));
  if (hair.count !== search.count) modules.unshift(entry(hair.module, hair.count, true));
  return { step, fineChannels: layerOf(model, 'fine').outputChannels, modules };
}

interface Hair {
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
