import { implement } from '@orpc/server';
import { dataContract } from '../../contract/dataSet.ts';
import { checkImageSet } from '../data/checkImageSet.ts';
import { makeSet, packSet } from '../data/dataWork.ts';
import { streamed } from './streamed.ts';
import type { EngineContext } from './studioHost.ts';

const os = implement(dataContract).$context<EngineContext>();

/** Sets of pictures. */
export const dataRouter = os.router({
  make: os.make.handler(({ input, signal }) => streamed((watch) => makeSet(input, watch), signal)),
  check: os.check.handler(({ input, signal }) =>
    streamed((watch) => checkImageSet(input.folder, { allFolders: input.allFolders }, watch), signal),
  ),
  pack: os.pack.handler(({ input, signal }) => streamed((watch) => packSet(input, watch), signal)),
});
