import { implement } from '@orpc/server';
import { modelsContract } from '../../contract/models.ts';
import { apply, encode, sample } from '../export/writePictures.ts';
import { writeSheet } from '../export/drawSheet.ts';
import { recipeOfPicture } from '../interventions/recipeOfPicture.ts';
import { writeModules } from '../modules/writeModules.ts';
import { streamed } from './streamed.ts';
import type { EngineContext } from './studioHost.ts';

const os = implement(modelsContract).$context<EngineContext>();

/** What a trained model gives, into files. */
export const modelsRouter = os.router({
  sample: os.sample.handler(({ input, signal }) => streamed((watch) => sample(input, watch), signal)),
  encode: os.encode.handler(({ input, signal }) => streamed((watch) => encode(input, watch), signal)),
  modules: os.modules.handler(({ input, signal }) => streamed((watch) => writeModules(input, watch), signal)),
  apply: os.apply.handler(({ input, signal }) => streamed((watch) => apply(input, watch), signal)),
  sheet: os.sheet.handler(({ input, signal }) => streamed((watch) => writeSheet(input, watch), signal)),
  showRecipe: os.showRecipe.handler(({ input }) => recipeOfPicture(input)),
});
