import { implement } from '@orpc/server';
import { analysisContract } from '../../contract/analysis.ts';
import { chartFiles, histogramFiles } from '../analysis/chartFiles.ts';
import { differenceFiles, differencePictures } from '../analysis/differences.ts';
import { pairsOfBin } from '../analysis/pairsOfBin.ts';
import { sdrOfRun } from '../analysis/modelSdr.ts';
import { stretchingOfCheckpoint, stretchingOfRuns, writeStretching } from '../analysis/stretchingOfRuns.ts';
import { verdictsOnModel, verdictsOnTraining } from '../analysis/verdicts/verdictsOnRuns.ts';
import { writeSdr } from '../analysis/writeSdr.ts';
import { streamed } from './streamed.ts';
import type { EngineContext } from './studioHost.ts';

const os = implement(analysisContract).$context<EngineContext>();

/** Spectral density ratios and stretching errors. */
export const analysisRouter = os.router({
  writeSdr: os.writeSdr.handler(({ input, signal }) => streamed((watch) => writeSdr(input, watch), signal)),
  writeStretching: os.writeStretching.handler(({ input, signal }) =>
    streamed((watch) => writeStretching(input, watch), signal),
  ),
  sdr: os.sdr.handler(({ input, signal }) => streamed((watch) => sdrOfRun(input, watch), signal)),
  pairs: os.pairs.handler(({ input }) => pairsOfBin(input)),
  stretching: os.stretching.handler(({ input, signal }) =>
    streamed((watch) => stretchingOfRuns(input, watch), signal),
  ),
  stretchingError: os.stretchingError.handler(({ input, signal }) =>
    streamed((watch) => stretchingOfCheckpoint(input, watch), signal),
  ),
  modelVerdicts: os.modelVerdicts.handler(({ input, signal }) =>
    streamed((watch) => verdictsOnModel(input, watch), signal),
  ),
  trainingVerdicts: os.trainingVerdicts.handler(({ input, signal }) =>
    streamed((watch) => verdictsOnTraining(input, watch), signal),
  ),
  differencePictures: os.differencePictures.handler(({ input }) => differencePictures(input)),
  differenceFiles: os.differenceFiles.handler(({ input }) => differenceFiles(input)),
  chartFiles: os.chartFiles.handler(({ input }) => chartFiles(input.charts)),
  histogramFiles: os.histogramFiles.handler(({ input }) => histogramFiles(input)),
});
