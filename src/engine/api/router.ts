import { implement } from '@orpc/server';
import { contract } from '../../contract/contract.ts';
import { studioVersion } from '../../contract/studioVersion.ts';
import { runDemo } from '../experiments/demo/demo.ts';
import { examineMachine } from '../studio/examineMachine.ts';
import { analysisRouter } from './analysisRouter.ts';
import { channelsRouter } from './channelsRouter.ts';
import { dataRouter } from './dataRouter.ts';
import { directionsRouter } from './directionsRouter.ts';
import { exchangeRouter } from './exchangeRouter.ts';
import { experimentsRouter } from './experimentsRouter.ts';
import { exportsRouter } from './exportsRouter.ts';
import { gatesRouter } from './gatesRouter.ts';
import { interveneRouter } from './interveneRouter.ts';
import { modelsRouter } from './modelsRouter.ts';
import { queueRouter } from './queueRouter.ts';
import { runsRouter } from './runsRouter.ts';
import { asContractError, streamed } from './streamed.ts';
import type { EngineContext } from './studioHost.ts';
import { studioRouter } from './studioRouter.ts';
import { sweepsRouter } from './sweepsRouter.ts';
import { theoryRouter } from './theoryRouter.ts';

const os = implement(contract)
  .$context<EngineContext>()
  .use(async ({ context, path, next }, input) => {
    try {
      context.studio?.guard.checkInput(path, input);
      return await next();
    } catch (error) {
      throw asContractError(error);
    }
  });

/** The contract, implemented: each method is one call into the domain, streamed where it is long. */
export const router = os.router({
  system: {
    doctor: os.system.doctor.handler(() => examineMachine(studioVersion)),
  },
  demo: {
    run: os.demo.run.handler(({ input, signal }) => streamed((watch) => runDemo(input, watch), signal)),
  },
  data: dataRouter,
  runs: runsRouter,
  queue: queueRouter,
  sweeps: sweepsRouter,
  models: modelsRouter,
  channels: channelsRouter,
  directions: directionsRouter,
  intervene: interveneRouter,
  gates: gatesRouter,
  analysis: analysisRouter,
  exports: exportsRouter,
  exchange: exchangeRouter,
  theory: theoryRouter,
  experiments: experimentsRouter,
  studio: studioRouter,
});
