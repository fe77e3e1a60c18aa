import { implement } from '@orpc/server';
import { contract } from '../../contract/contract.ts';
import { studioVersion } from '../../contract/studioVersion.ts';
import { examineMachine } from '../tensorflow/doctor.ts';
import { makeData, packData } from './data.ts';
import { createTrainingRun, listAllRuns, removeRun, showRun, trainRun } from './runs.ts';
import { asContractError, streamed } from './streamed.ts';

const os = implement(contract).use(async ({ next }) => {
  try {
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
  data: {
    make: os.data.make.handler(({ input, signal }) => streamed((watch) => makeData(input, watch), signal)),
    pack: os.data.pack.handler(({ input, signal }) => streamed((watch) => packData(input, watch), signal)),
  },
  runs: {
    create: os.runs.create.handler(({ input, signal }) =>
      streamed((watch) => createTrainingRun(input, watch), signal),
    ),
    train: os.runs.train.handler(({ input, signal }) => streamed((watch) => trainRun(input, watch), signal)),
    list: os.runs.list.handler(() => listAllRuns()),
    show: os.runs.show.handler(({ input }) => showRun(input)),
    remove: os.runs.remove.handler(({ input }) => removeRun(input)),
  },
});
