import { implement } from '@orpc/server';
import { channelsContract } from '../../contract/channels.ts';
import { followed, streamed } from './streamed.ts';
import type { EngineContext } from './studioHost.ts';
import { followNames, renameModule } from '../modules/givenNames.ts';
import { activationPictures, influencePictures } from '../modules/mapPictures.ts';
import { modulesOverview } from '../modules/modulesOverview.ts';
import { facePictures } from '../session/facesOfRun.ts';
import { topOfRun } from '../modules/topPictures.ts';
import { writeTop } from '../modules/writeTop.ts';
import { rankByAttribute, rankPainted } from '../modules/rankOfRun.ts';
import { saveHybridRecipe, hybridiseChannels } from '../interventions/hybridiseChannels.ts';
import { saveScaleRecipe, sweepChannels } from '../interventions/sweepChannels.ts';

const os = implement(channelsContract).$context<EngineContext>();

export const channelsRouter = os.router({
  modules: os.modules.handler(({ input, signal }) =>
    streamed((watch) => modulesOverview(input, watch), signal),
  ),
  influence: os.influence.handler(({ input }) => influencePictures(input)),
  activations: os.activations.handler(({ input }) => activationPictures(input)),
  rank: os.rank.handler(({ input }) => rankPainted(input)),
  rankByAttribute: os.rankByAttribute.handler(({ input, signal }) =>
    streamed((watch) => rankByAttribute(input, watch), signal),
  ),
  sweep: os.sweep.handler(({ input }) => sweepChannels(input)),
  hybridise: os.hybridise.handler(({ input }) => hybridiseChannels(input)),
  top: os.top.handler(({ input, signal }) => streamed((watch) => topOfRun(input, watch), signal)),
  faces: os.faces.handler(({ input }) => facePictures(input)),
  writeTop: os.writeTop.handler(({ input, signal }) => streamed((watch) => writeTop(input, watch), signal)),
  saveHybrid: os.saveHybrid.handler(({ input }) => saveHybridRecipe(input)),
  followNames: os.followNames.handler(({ input, signal }) => followed(followNames(input, signal))),
  rename: os.rename.handler(({ input }) => renameModule(input)),
  saveScale: os.saveScale.handler(({ input }) => saveScaleRecipe(input)),
});
