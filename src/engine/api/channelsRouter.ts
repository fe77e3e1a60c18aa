import { implement } from '@orpc/server';
import { channelsContract } from '../../contract/channels.ts';
import type { ModulesOverview } from '../../contract/channels.ts';
import { followed, streamed } from './streamed.ts';
import type { EngineContext } from './studioHost.ts';
import { followNames, renameModule } from '../modules/givenNames.ts';
import { activationPictures, influencePictures } from '../modules/mapPictures.ts';
import { modulesOfRun } from '../modules/modulesOfRun.ts';
import type { FoundModules } from '../modules/modulesOfRun.ts';
import { rankByAttribute, rankPainted } from '../modules/rankOfRun.ts';
import { saveHybridRecipe, hybridiseChannels } from '../interventions/hybridiseChannels.ts';
import { saveScaleRecipe, sweepChannels } from '../interventions/sweepChannels.ts';

const os = implement(channelsContract).$context<EngineContext>();

export const channelsRouter = os.router({
  modules: os.modules.handler(({ input, signal }) =>
    streamed(async (watch) => overviewOf(await modulesOfRun(input, watch)), signal),
  ),
  influence: os.influence.handler(({ input }) => influencePictures(input)),
  activations: os.activations.handler(({ input }) => activationPictures(input)),
  rank: os.rank.handler(({ input }) => rankPainted(input)),
  rankByAttribute: os.rankByAttribute.handler(({ input }) => rankByAttribute(input)),
  sweep: os.sweep.handler(({ input }) => sweepChannels(input)),
  hybridise: os.hybridise.handler(({ input }) => hybridiseChannels(input)),
  saveHybrid: os.saveHybrid.handler(({ input }) => saveHybridRecipe(input)),
  followNames: os.followNames.handler(({ input, signal }) => followed(followNames(input, signal))),
  rename: os.rename.handler(({ input }) => renameModule(input)),
  saveScale: os.saveScale.handler(({ input }) => saveScaleRecipe(input)),
});

function overviewOf({ search, step, file }: FoundModules): ModulesOverview {
  const { level, pairs, channels, count, unassigned } = search;
  return {
    ...{ level, step, pairs, channels, count, file },
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
