import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { z } from 'zod';
import { StudioError } from '../../../contract/errors.ts';
import type { Progress, Watch } from '../../../contract/progress.ts';
import { magenta } from '../../../contract/recipe.ts';
import type { Reach } from '../../../contract/reach.ts';
import type { Recipe } from '../../../contract/recipe.ts';
import type { demoResultSchema } from '../../../contract/contract.ts';
import { measureCheckpoint } from '../../analysis/measureCheckpoint.ts';
import { makeFaces } from '../../data/faces/makeFaces.ts';
import { writeWhole } from '../../files/safeFiles.ts';
import { writeRecipe } from '../../interventions/readRecipe.ts';
import { readMetrics } from '../../runs/metricsFile.ts';
import { runPaths } from '../../runs/runFolder.ts';
import { exportPictures } from '../../export/exportPictures.ts';
import { withModel } from '../../session/modelPool.ts';
import { fluoHairRecipe } from '../../modules/writeModules.ts';
import type { OpenModel } from '../../session/openModel.ts';
import { sdrOnPictures } from '../../analysis/modelSdr.ts';
import { heldOutIndices, withImages } from '../../session/trainingImages.ts';
import { createTrainingRun } from '../../training/createTrainingRun.ts';
import { trainRun } from '../../training/trainRun.ts';
import { searchModules } from '../../modules/searchModules.ts';
import { truthOf } from '../../data/faceTruth.ts';
import { demoColours } from './demoFigures.ts';
import { writeDemoReport } from './demoReport.ts';
import type { DemoInput, DemoResults } from './demoTypes.ts';
import { measureFluoHairOnFaces } from '../../analysis/fluoHairEffect.ts';
import { measureReach } from '../../reach/measureReach.ts';
import { measureStretching } from '../../analysis/stretchEffect.ts';

const measuredFaces = 400;
/** With each of the four recipes: 200 pictures. */
const exportedSeeds = 50;

/**
 * The whole main job: faces, training, modules, FluoHair, stretching, spectra, an augmented set, and a report.
 * Everything lies in one folder; an interrupted demo continues where it stopped.
 */
export async function runDemo(input: DemoInput, watch: Watch): Promise<z.infer<typeof demoResultSchema>> {
  const start = performance.now();
  const folder = resolve(input.out);
  const paths = { faces: join(folder, 'faces'), run: join(folder, 'run'), figures: join(folder, 'figures') };
  await mkdir(paths.figures, { recursive: true });
  await makeFaces({ out: paths.faces, count: input.count, seed: input.seed }, watch);
  await trainDemo(input, paths, watch);
  return withModel({ run: paths.run }, async (open) => {
    const results = await examine(open, folder, watch);
    const seconds = Math.round((performance.now() - start) / 1000);
    const { page, numbers } = await writeDemoReport({
      folder,
      figures: paths.figures,
      input,
      seconds,
      results,
    });
    return { folder, report: page, seconds, numbers: { ...numbers } };
  });
}

async function trainDemo(
  input: DemoInput,
  paths: { faces: string; run: string },
  watch: Watch,
): Promise<void> {
  if (!existsSync(runPaths(paths.run).run)) {
    await createTrainingRun(
      {
        data: paths.faces,
        folder: paths.run,
        preset: 'compact',
        steps: input.steps,
        seed: input.seed,
        checkpointEvery: Math.max(1, Math.ceil(input.steps / 7)),
      },
      watch,
    );
  }
  const { phase } = await trainRun({ run: paths.run }, measureCheckpoint, watch);
  if (phase === 'stopped') {
    throw new StudioError(
      'interrupted',
      `The demo was stopped; what was trained is saved. The same command continues from there: extrapolate demo --out ${input.out}`,
    );
  }
}

/** Everything that is measured on the trained model. */
async function examine(open: OpenModel, folder: string, watch: Watch): Promise<DemoResults> {
  const modules = await searchModules(
    open,
    { level: 'fine', pairs: 64, seed: 0, preparation: 'weighted' },
    watch,
  );
  const { hair } = modules;
  if (hair === undefined) throw new Error('the fine level always has a hair choice');
  const { channels } = hair.chosen.module;
  const recipes: Recipe[] = demoColours.map(({ name, colour }) =>
    fluoHairRecipe(`FluoHair ${name}`, channels, colour),
  );
  recipes.push({
    version: 1,
    name: 'Wider faces',
    steps: [{ kind: 'stretch', level: 'intermediate', axis: 'horizontal', factor: 1.2, enabled: true }],
  });
  await mkdir(join(folder, 'recipes'), { recursive: true });
  const recipeFiles: string[] = [];
  for (const recipe of recipes) {
    const file = join(folder, 'recipes', `${recipe.name.toLowerCase().replace(/\s+/g, '-')}.json`);
    await writeWhole(file, writeRecipe(recipe));
    recipeFiles.push(file);
  }
  const measured = await withImages(open.run, watch, async (images) => {
    const indices = heldOutIndices(images, measuredFaces);
    const truth = await truthOf(images, indices);
    if (truth === undefined) throw new Error('synthetic faces always have a ground truth');
    const fluoHair = await measureFluoHairOnFaces(
      open,
      images,
      indices,
      truth,
      channels,
      [
        { name: 'g = −I', map: { kind: 'negate' } },
        {
          name: `${magenta.name}, strength 1.5`,
          map: { kind: 'target', colour: magenta.colour, strength: 1.5 },
        },
        {
          name: `${magenta.name}, strength 3`,
          map: { kind: 'target', colour: magenta.colour, strength: 3 },
        },
      ],
      watch,
    );
    const stretching = await measureStretching(open, images, indices, truth, watch);
    return { fluoHair, stretching, indices, truth, originals: images.read(indices.slice(0, 64)) };
  });
  const reaches: (Reach | null)[] = [];
  for (const recipe of recipes) reaches.push(await measureReach(open, recipe, watch));
  report(watch, 'spectra');
  const spectra = await sdrOnPictures(open, { samples: 256, grid: 'filtered', seed: 0 }, watch);
  const augmented = await exportPictures(
    {
      run: open.folder,
      out: join(folder, 'augmented'),
      recipes: recipeFiles,
      count: exportedSeeds,
      seed: 1,
      format: 'png',
    },
    watch,
  );
  return {
    open: openFacts(open),
    model: open.model,
    modules,
    recipes,
    reaches,
    ...measured,
    spectra,
    augmented,
    metrics: await readMetrics(open.folder),
  };
}

function openFacts({ folder, id, run, step }: OpenModel): Pick<OpenModel, 'folder' | 'id' | 'run' | 'step'> {
  return { folder, id, run, step };
}

function report(watch: Watch, phase: Progress['phase']): void {
  watch.onProgress?.({ phase, done: 0, total: 0 });
}
