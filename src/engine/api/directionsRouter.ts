import { implement } from '@orpc/server';
import { directionsContract } from '../../contract/directions.ts';
import { directionNames, directionsOfRun, renameDirection } from '../directions/keptDirections.ts';
import { writeDirections } from '../directions/writeDirections.ts';
import { streamed } from './streamed.ts';
import type { EngineContext } from './studioHost.ts';

const os = implement(directionsContract).$context<EngineContext>();

/** Directions in the latent space that have a meaning. */
export const directionsRouter = os.router({
  find: os.find.handler(({ input, signal }) => streamed((watch) => directionsOfRun(input, watch), signal)),
  names: os.names.handler(({ input }) => directionNames(input)),
  rename: os.rename.handler(({ input }) => renameDirection(input)),
  write: os.write.handler(({ input, signal }) => streamed((watch) => writeDirections(input, watch), signal)),
});
