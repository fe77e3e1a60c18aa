import { implement } from '@orpc/server';
import { liveContract } from '../../contract/live.ts';
import { readRecipe } from '../interventions/readRecipe.ts';
import { stretchingOfModel } from '../analysis/analyseRuns.ts';
import { loadRecipe } from '../export/writePictures.ts';
import { streamed } from './streamed.ts';
import type { EngineContext } from './studioHost.ts';
import { liveBench } from '../analysis/stretchBench.ts';
import { liveCheck } from '../analysis/checkFluoHair.ts';
import { liveHairGate } from '../modules/hairGateOfRun.ts';
import { encodePhotos, latentEffects, latentsOfSeeds } from '../session/encodePhotos.ts';
import { findLiveModules, knownLiveModules, regionOf } from '../modules/modulesForFluoHair.ts';
import { livePictures, misfits } from '../interventions/livePictures.ts';
import { forgetPhotos, keepPhotos, readKeptPhotos } from '../session/droppedPhotos.ts';
import { listRecipes, readHistory, recipesFolder, saveRecipe } from '../interventions/recipeFiles.ts';
import { OpenModels } from '../session/modelPool.ts';

const os = implement(liveContract).$context<EngineContext>();

/** The checkpoint that is looked at, the one before it, and one of another run. */
const models = new OpenModels(3);

/** Pictures, figures and recipes while a person works on them. */
export const liveRouter = os.router({
  pictures: os.pictures.handler(({ input, signal }) =>
    models.use(input, (live) => livePictures(live, input.source, input.recipe, signal)),
  ),
  fits: os.fits.handler(({ input }) =>
    models.use(input, (live) => Promise.resolve(misfits(live, input.recipe))),
  ),
  check: os.check.handler(({ input, signal }) =>
    models.use(input, async (live) => {
      const { source, recipe, stepIndex } = input;
      const region = await regionOf(live, input.module);
      return liveCheck(live, { source, recipe, stepIndex, region }, signal);
    }),
  ),
  bench: os.bench.handler(({ input, signal }) =>
    models.use(input, (live) => liveBench(live, input.source, input.axis, input.factor, signal)),
  ),
  benchErrors: os.benchErrors.handler(({ input, signal }) =>
    streamed((watch) => {
      const { axis, factor, samples, seed } = input;
      return models.use(input, async (live) => {
        const settings = { axis, factor, samples, seed };
        const result = await live.answer(`stretching ${JSON.stringify(settings)}`, () =>
          stretchingOfModel(live.open, settings, watch),
        );
        return { ...result, step: live.open.step };
      });
    }, signal),
  ),
  knownModules: os.knownModules.handler(({ input }) => knownLiveModules(models, input)),
  findModules: os.findModules.handler(({ input, signal }) =>
    streamed((watch) => findLiveModules(models, input, watch), signal),
  ),
  hairGate: os.hairGate.handler(({ input, signal }) =>
    streamed((watch) => models.use(input, (live) => liveHairGate(live, input, watch)), signal),
  ),
  encode: os.encode.handler(({ input, signal }) =>
    models.use(input, (live) => encodePhotos(live, input.photos, signal)),
  ),
  photos: {
    keep: os.photos.keep.handler(({ input }) => keepPhotos(input)),
    kept: os.photos.kept.handler(() => readKeptPhotos()),
    forget: os.photos.forget.handler(() => forgetPhotos()),
  },
  latents: os.latents.handler(({ input }) =>
    models.use(input, (live) => Promise.resolve({ latents: latentsOfSeeds(live, input.seeds) })),
  ),
  latentEffects: os.latentEffects.handler(({ input, signal }) =>
    models.use(input, (live) => latentEffects(live, signal)),
  ),
  recipes: {
    list: os.recipes.list.handler(({ input }) => listRecipes(recipesFolder(input.run))),
    save: os.recipes.save.handler(({ input }) =>
      saveRecipe(recipesFolder(input.run), input.recipe, input.history),
    ),
    history: os.recipes.history.handler(({ input }) => readHistory(input.recipe)),
    load: os.recipes.load.handler(({ input }) => loadRecipe(input.recipe)),
    read: os.recipes.read.handler(({ input }) => readRecipe(input.text, input.name)),
  },
});
