import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { StudioError } from '../../contract/errors.ts';
import { exportRequestSchema, exportManifestSchema } from '../../contract/exports.ts';
import type { ExportRequest, EarlierExport, FoundRecipe } from '../../contract/exports.ts';
import type { ModelRef } from '../../contract/shared.ts';
import { readStopped } from './exportFolder.ts';
import { writeWhole } from '../files/safeFiles.ts';
import { requireRecipeFits } from '../interventions/applyRecipe.ts';
import { describeRecipe } from '../interventions/describeRecipe.ts';
import { readRecipe, writeRecipe } from '../interventions/readRecipe.ts';
import type { LayeredGenerator } from '../models/layeredGenerator.ts';
import { workFolder } from '../runs/workFolder.ts';
import { readJson, runPaths } from '../runs/runFolder.ts';
import { recipesFolder } from '../interventions/recipeFiles.ts';
import { withModel } from '../session/modelPool.ts';

/** The recipes of a run, tried against a checkpoint, and the exports in its folder. */
export async function atHand(
  ref: ModelRef,
): Promise<{ recipes: FoundRecipe[]; exportsFolder: string; earlier: EarlierExport[] }> {
  return withModel(ref, async ({ model, folder }) => {
    const paths = runPaths(workFolder(folder));
    const recipes: FoundRecipe[] = [];
    for (const name of (await namesIn(paths.recipes)).filter((each) => each.endsWith('.json'))) {
      recipes.push(await recipeAt(model, join(paths.recipes, name), name));
    }
    return { recipes, exportsFolder: paths.exports, earlier: await exportsIn(paths.exports) };
  });
}

async function recipeAt(model: LayeredGenerator, file: string, name: string): Promise<FoundRecipe> {
  try {
    const recipe = readRecipe(await readFile(file, 'utf8'), name);
    const found = { file, name: recipe.name, recipe, description: describeRecipe(recipe) };
    return {
      ...found,
      error: errorOf(() => {
        requireRecipeFits(model, recipe);
      }),
    };
  } catch (error) {
    if (!(error instanceof StudioError)) throw error;
    return { file, name, recipe: null, description: [], error: error.message };
  }
}

function errorOf(check: () => void): string | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof StudioError) return error.message;
    throw error;
  }
}

async function exportsIn(folder: string): Promise<EarlierExport[]> {
  const found: EarlierExport[] = [];
  for (const name of await namesIn(folder)) {
    const manifest = await readJson(join(folder, name, 'manifest.json'), exportManifestSchema).catch(
      () => undefined,
    );
    if (manifest === undefined) continue;
    const { complete, counts, plan } = manifest;
    const stopped = complete ? undefined : await readStopped(join(folder, name));
    found.push({
      folder: join(folder, name),
      complete,
      pictures: counts.pictures,
      format: plan.options.format,
      step: plan.checkpoint.step,
      recipes: plan.recipes.map((recipe) => recipe.name),
      seed: plan.seed,
      finished: stopped?.finished ?? counts.pictures,
      resume: askedWith(stopped?.asked),
    });
  }
  return found;
}

/** What an export is asked with; earlier versions called its recipes `recipe`. */
const askedSchema = z.union([
  exportRequestSchema,
  z
    .looseObject({ recipe: z.array(z.string()) })
    .transform(({ recipe, ...rest }) => ({ ...rest, recipes: recipe }))
    .pipe(exportRequestSchema),
]);

/** Null where the file was made by hand or by a later version. */
export function askedWith(text: string | undefined): ExportRequest | null {
  try {
    return askedSchema.safeParse(JSON.parse(text ?? 'null')).data ?? null;
  } catch {
    return null;
  }
}

async function namesIn(folder: string): Promise<string[]> {
  return existsSync(folder) ? (await readdir(folder)).sort() : [];
}

/** A recipe that changes nothing, among the run's recipes. */
export async function addOriginalRecipe(ref: ModelRef): Promise<{ file: string }> {
  const recipes = recipesFolder(ref.run);
  await mkdir(recipes, { recursive: true });
  const file = join(recipes, 'original.json');
  await writeWhole(file, writeRecipe({ version: 1, name: 'original', steps: [] }));
  return { file };
}
