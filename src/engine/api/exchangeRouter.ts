import { implement } from '@orpc/server';
import { exchangeContract } from '../../contract/exchange.ts';
import { exportModel } from '../exchange/exportModel.ts';
import { importModel } from '../exchange/importModel.ts';
import { streamed } from './streamed.ts';
import type { EngineContext } from './studioHost.ts';

const os = implement(exchangeContract).$context<EngineContext>();

/** Models as files of other programs. */
export const exchangeRouter = os.router({
  exportModel: os.exportModel.handler(({ input, signal }) =>
    streamed((watch) => exportModel(input, watch), signal),
  ),
  importModel: os.importModel.handler(({ input, signal }) =>
    streamed((watch) => importModel(input, watch), signal),
  ),
});
