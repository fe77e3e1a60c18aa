import { implement } from '@orpc/server';
import { interveneContract } from '../../contract/intervene.ts';
import { checkFluoHair } from '../analysis/checkFluoHair.ts';
import { judgeModel } from '../analysis/judgeModel.ts';
import { latentEffects } from '../analysis/latentEffects.ts';
import { stretchOnePicture } from '../analysis/stretchBench.ts';
import { sentSheet } from '../export/drawSheet.ts';
import { savedPicture } from '../export/savedPicture.ts';
import { recipePictures, misfits } from '../interventions/recipePictures.ts';
import { readRecipe } from '../interventions/readRecipe.ts';
import { recipesOfRuns } from '../interventions/recipesOfRuns.ts';
import { loadRecipe, readHistory, recipesFolder, saveRecipe } from '../interventions/recipeFiles.ts';
import { findModulesForFluoHair, knownModulesForFluoHair, regionOf } from '../modules/modulesForFluoHair.ts';
import { runOfPicture } from '../runs/runOfPicture.ts';
import { forgetPhotos, storePhotos, readPhotos } from '../session/droppedPhotos.ts';
import { encodePhotos, latentsOfSeeds } from '../session/encodePhotos.ts';
import { measureReach } from '../reach/measureReach.ts';
import { withModel } from '../session/modelPool.ts';
import { streamed } from './streamed.ts';
import type { EngineContext } from './studioHost.ts';

const os = implement(interveneContract).$context<EngineContext>();

/** Pictures, figures and recipes while a person works on them. */
export const interveneRouter = os.router({
  pictures: os.pictures.handler(({ input, signal }) =>
    withModel(input, (open) => recipePictures(open, input.source, input.recipe, signal)),
  ),
  pictureFile: os.pictureFile.handler(({ input, signal }) =>
    withModel(input, (open) => savedPicture(open, input, signal)),
  ),
  drawSheet: os.drawSheet.handler(({ input, signal }) =>
    streamed((watch) => sentSheet(input, watch), signal),
  ),
  runOfPicture: os.runOfPicture.handler(({ input: { name, ...rest } }) =>
    runOfPicture({ ...rest, run: name }),
  ),
  fits: os.fits.handler(({ input }) => withModel(input, (open) => misfits(open, input.recipe))),
  check: os.check.handler(({ input, signal }) =>
    withModel(input, async (open) => {
      const { source, recipe, stepIndex } = input;
      const region = await regionOf(open, input.module);
      return checkFluoHair(open, { source, recipe, stepIndex, region }, signal);
    }),
  ),
  reach: os.reach.handler(({ input, signal }) =>
    withModel(input, (open) => measureReach(open, input.recipe, signal === undefined ? {} : { signal })),
  ),
  judging: os.judging.handler(({ input }) => judgeModel(input)),
  bench: os.bench.handler(({ input }) =>
    withModel(input, (open) => stretchOnePicture(open, input.source, input.axis, input.factor)),
  ),
  knownModules: os.knownModules.handler(({ input }) => knownModulesForFluoHair(input)),
  findModules: os.findModules.handler(({ input, signal }) =>
    streamed((watch) => findModulesForFluoHair(input, watch), signal),
  ),
  encode: os.encode.handler(({ input, signal }) =>
    withModel(input, (open) => encodePhotos(open, input.photos, signal)),
  ),
  photos: {
    store: os.photos.store.handler(({ input }) => storePhotos(input)),
    read: os.photos.read.handler(() => readPhotos()),
    forget: os.photos.forget.handler(() => forgetPhotos()),
  },
  latents: os.latents.handler(({ input }) =>
    withModel(input, (open) => ({ latents: latentsOfSeeds(open, input.seeds) })),
  ),
  latentEffects: os.latentEffects.handler(({ input, signal }) =>
    withModel(input, (open) => latentEffects.of(open, null, signal === undefined ? {} : { signal })),
  ),
  recipes: {
    list: os.recipes.list.handler(({ input }) => recipesOfRuns(input.run)),
    save: os.recipes.save.handler(({ input }) =>
      saveRecipe(recipesFolder(input.run), input.recipe, input.history),
    ),
    history: os.recipes.history.handler(({ input }) => readHistory(input.recipe)),
    load: os.recipes.load.handler(({ input }) => loadRecipe(input.recipe)),
    read: os.recipes.read.handler(({ input }) => readRecipe(input.text, input.name)),
  },
});
