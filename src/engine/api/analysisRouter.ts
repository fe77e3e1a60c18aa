import { implement } from '@orpc/server';
import { analysisLiveContract } from '../../contract/analysisLive.ts';
import { streamed } from './streamed.ts';
import type { EngineContext } from './studioHost.ts';
import { chartFiles, histogramFiles } from '../analysis/chartFiles.ts';
import { differenceFiles, differencePictures, differencesOfRun } from '../analysis/differences.ts';
import { pairsOfBin } from '../analysis/pairsOfBin.ts';
import { sdrOfRun } from '../analysis/sdrOfRun.ts';
import { stretchingOfRuns } from '../analysis/stretchingOfRuns.ts';

const os = implement(analysisLiveContract).$context<EngineContext>();

export const analysisLiveRouter = os.router({
  sdr: os.sdr.handler(({ input, signal }) => streamed((watch) => sdrOfRun(input, watch), signal)),
  pairs: os.pairs.handler(({ input }) => pairsOfBin(input)),
  stretching: os.stretching.handler(({ input, signal }) =>
    streamed((watch) => stretchingOfRuns(input, watch), signal),
  ),
  differences: os.differences.handler(({ input, signal }) =>
    streamed((watch) => differencesOfRun(input, watch), signal),
  ),
  differencePictures: os.differencePictures.handler(({ input }) => differencePictures(input)),
  differenceFiles: os.differenceFiles.handler(({ input }) => differenceFiles(input)),
  chartFiles: os.chartFiles.handler(({ input }) => chartFiles(input.charts)),
  histogramFiles: os.histogramFiles.handler(({ input }) => histogramFiles(input)),
});
