import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Recipe } from '../../../src/contract/recipe.ts';
import { exportSet } from '../../../src/engine/export/exportSet.ts';
import { seedSources } from '../../../src/engine/export/sources.ts';
import { keepGate } from '../../../src/engine/gates/keptGates.ts';
import { saveStrokes } from '../../../src/engine/gates/strokesFiles.ts';
import { gateFromFaces } from '../../../src/engine/gates/taughtGate.ts';
import { saveRecipe } from '../../../src/engine/interventions/recipeFiles.ts';
import { latentsFromSeeds } from '../../../src/engine/models/layeredGenerator.ts';
import { renameModule } from '../../../src/engine/modules/givenNames.ts';
import { modulesOfRun } from '../../../src/engine/modules/modulesOfRun.ts';
import type { SearchInput } from '../../../src/engine/modules/searchInput.ts';
import { closeModels } from '../../../src/engine/session/modelPool.ts';
import { closeModel, openModel } from '../../../src/engine/session/openModel.ts';
import type { OpenModel } from '../../../src/engine/session/openModel.ts';
import { createTrainingRun } from '../../../src/engine/training/createTrainingRun.ts';
import { trainRun } from '../../../src/engine/training/trainRun.ts';
import { smallGenerator } from '../../engine/interventions/smallGenerator.ts';

export const stepsOfRun = 2;
export const searched = {
  step: stepsOfRun,
  level: 'coarse',
  pairs: 8,
  seed: 0,
  preparation: 'weighted',
} as const;

export function searchIn(run: string): SearchInput {
  return { run, ...searched };
}

function recipeOf(seed: number): Recipe {
  const step = {
    kind: 'stretch' as const,
    level: 'fine' as const,
    axis: 'vertical' as const,
    factor: 1 + seed / 10,
  };
  return { version: 1, name: 'Wide', steps: [{ ...step, enabled: true }] };
}

/** A trained run with everything that is made with one; another seed gives another of the same shape. */
export async function makeWholeRun(data: string, run: string, seed: number): Promise<void> {
  await createTrainingRun(
    {
      ...{ data, folder: run, steps: stepsOfRun, checkpointEvery: 2, measureEvery: 1, seed },
      hyperParameters: { width: 2, fineChannels: 4, latent: 4, batch: 4 },
    },
    {},
  );
  await trainRun({ run }, () => Promise.resolve({}), {});
  const recipe = recipeOf(seed);
  const states = [{ words: 'Stretched', at: seed, what: 'stretch', recipe }];
  await saveRecipe(join(run, 'recipes'), recipe, { states, now: 0 });
  const open = await openModel(run, stepsOfRun);
  await teach(open, run, seed);
  closeModel(open);
  await modulesOfRun(searchIn(run), {});
  await closeModels();
  await renameModule({ run, ...searched, channels: [1, seed], name: `hair ${seed}` });
  await sharp({ create: { width: 64, height: 64, channels: 3, background: { r: seed, g: 0, b: 0 } } })
    .png()
    .toFile(join(run, 'samples', 'step-00000002.png'));
  await exportOf(join(run, 'exports', 'set'), seed);
}

async function teach(open: OpenModel, run: string, seed: number): Promise<void> {
  const z = latentsFromSeeds([seed], open.model.latent);
  const latents = Array.from(z.dataSync<'float32'>());
  z.dispose();
  const strokes = [{ isPart: true, width: 4, points: [[30, seed]] as [number, number][] }];
  await saveStrokes(open, run, { name: 'ear', faces: [{ face: { kind: 'seed', seed }, latents, strokes }] });
  const labels = Uint8Array.from({ length: 64 * 64 }, (_, pixel) => Number(pixel < 2048));
  const faces = [{ latents, labels }];
  const gate = await gateFromFaces(open, { name: 'ear', madeFrom: 'strokes', faces });
  if (gate === null) throw new Error('half of the face is the part');
  await keepGate(open, 'ear.json', gate);
}

/** Writes an export of three pictures, or goes on with it; it depends on the seed alone. */
export async function exportOf(out: string, seed: number): Promise<void> {
  const generator = smallGenerator();
  try {
    await exportSet({
      generator,
      origin: { studio: '0', run: `run ${seed}`, step: 1, weightsSha256: 'a'.repeat(64) },
      recipes: [{ version: 1, name: 'unchanged', steps: [] }],
      sources: seedSources(seed, 3),
      ...{ seed, format: 'png', quality: 95, out },
    });
  } finally {
    generator.dispose();
  }
}

/** Copies a run to where another file of it is damaged each time. */
export async function copyRun(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true, verbatimSymlinks: true });
}
