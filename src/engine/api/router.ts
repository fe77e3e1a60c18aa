import { implement } from '@orpc/server';
import { StudioError } from '../../contract/errors.ts';
import { contract } from '../../contract/contract.ts';
import { studioVersion } from '../../contract/studioVersion.ts';
import { examineMachine } from '../tensorflow/doctor.ts';
import { analyseSdr, analyseStretching } from '../analysis/analyseRuns.ts';
import { analysisLiveRouter } from './analysisRouter.ts';
import { channelsRouter } from './channelsRouter.ts';
import { checkData, makeData, packData } from '../data/dataWork.ts';
import { runDemo } from '../experiments/demo/demo.ts';
import { experimentsLiveRouter } from './experimentsRouter.ts';
import { exportLiveRouter } from './exportRouter.ts';
import { exportPictures } from '../export/exportPictures.ts';
import { liveRouter } from './interveneRouter.ts';
import { findRunModules } from '../modules/writeModules.ts';
import { apply, encode, sample } from '../export/writePictures.ts';
import { readReproduction } from '../experiments/readReproduction.ts';
import { runReproduction } from '../experiments/reproduce.ts';
import { createTrainingRun, listAllRuns, removeRun, showRun, trainRun } from '../training/trainRun.ts';
import { asContractError, streamed } from './streamed.ts';
import type { EngineContext } from './studioHost.ts';
import type { CommandLine } from '../studio/trainers.ts';
import { studioRouter } from './studioRouter.ts';
import { theoryRouter } from './theoryRouter.ts';

/** How the process that asks starts trainers of its own; known to the command line. */
interface OwnCommandLine {
  commandLine?: CommandLine;
}

const os = implement(contract)
  .$context<EngineContext & OwnCommandLine>()
  .use(async ({ context, path, next }, input) => {
    try {
      context.studio?.guard.checkInput(path, input);
      return await next();
    } catch (error) {
      throw asContractError(error);
    }
  });

/** @throws StudioError `unavailable` where experiments are asked of a process that cannot start trainers */
function requireCommandLine({ commandLine }: OwnCommandLine): CommandLine {
  if (commandLine !== undefined) return commandLine;
  throw new StudioError(
    'unavailable',
    'Experiments are made by a process of their own: extrapolate reproduce. Start them from the page or the command line.',
  );
}

/** The contract, implemented: each method is one call into the domain, streamed where it is long. */
export const router = os.router({
  system: {
    doctor: os.system.doctor.handler(() => examineMachine(studioVersion)),
  },
  data: {
    make: os.data.make.handler(({ input, signal }) => streamed((watch) => makeData(input, watch), signal)),
    check: os.data.check.handler(({ input, signal }) => streamed((watch) => checkData(input, watch), signal)),
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
  models: {
    sample: os.models.sample.handler(({ input, signal }) =>
      streamed((watch) => sample(input, watch), signal),
    ),
    encode: os.models.encode.handler(({ input, signal }) =>
      streamed((watch) => encode(input, watch), signal),
    ),
    modules: os.models.modules.handler(({ input, signal }) =>
      streamed((watch) => findRunModules(input, watch), signal),
    ),
    apply: os.models.apply.handler(({ input, signal }) => streamed((watch) => apply(input, watch), signal)),
  },
  analysis: {
    sdr: os.analysis.sdr.handler(({ input, signal }) =>
      streamed((watch) => analyseSdr(input, watch), signal),
    ),
    stretching: os.analysis.stretching.handler(({ input, signal }) =>
      streamed((watch) => analyseStretching(input, watch), signal),
    ),
  },
  exports: {
    make: os.exports.make.handler(({ input, signal }) =>
      streamed((watch) => exportPictures(input, watch), signal),
    ),
  },
  demo: {
    run: os.demo.run.handler(({ input, signal }) => streamed((watch) => runDemo(input, watch), signal)),
  },
  reproduce: {
    run: os.reproduce.run.handler(({ input, context, signal }) =>
      streamed((watch) => runReproduction(input, requireCommandLine(context), watch), signal),
    ),
    read: os.reproduce.read.handler(({ input }) => readReproduction(input)),
  },
  analysisLive: analysisLiveRouter,
  channels: channelsRouter,
  experimentsLive: experimentsLiveRouter,
  exportLive: exportLiveRouter,
  live: liveRouter,
  theory: theoryRouter,
  studio: studioRouter,
});
